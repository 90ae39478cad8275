import { runMacroscale } from '../../analyses/macroscale.ts';
import { runVerification } from '../../analyses/verification.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { version } from '../../domain/version.ts';
import { ortMatrixProduct } from '../../models/onnxRuntime.ts';
import type { AnalyzeJob, JobResult } from '../../protocol/jobs.ts';
import { type Report, reportVersion } from '../../protocol/report.ts';
import { type AnalysisInput, openAnalysisInput } from './analysisInput.ts';
import { datasetInput, datasetResults } from './datasetReport.ts';
import { emptyResults, unusedOptions } from './emptyResults.ts';
import { libraryVersions } from './libraryVersions.ts';
import { PhaseClock, type RunTimes } from './phaseClock.ts';
import { writeReport } from './writeReport.ts';

/** Analyses of a data set by one or more models, or of ready embeddings; ends with a report file. */
export async function runAnalyzeJob(job: AnalyzeJob, outer: JobContext): Promise<JobResult> {
  const clock = new PhaseClock();
  const context = { ...outer, progress: clock.watch((update) => outer.progress(update)) };
  const diagnostics = new DiagnosticLog();
  const libraries = await libraryVersions();
  const input = await openAnalysisInput(job, libraries, context, diagnostics);
  try {
    const analysed = await analyzeModels(job, input, context, diagnostics);
    context.progress({ phase: 'write', done: 0, total: 1, item: job.report });
    const report = assembleReport(job, input, analysed, libraries, diagnostics, clock.finish());
    await writeReport(job.report, report);
    context.progress({ phase: 'write', done: 1, total: 1, item: job.report });
  } finally {
    input.close();
  }
  return { kind: 'analyze', report: job.report };
}

type Analysed = Pick<Report['results'], 'macroscale' | 'comparisons' | 'discriminative' | 'verification'>;

/** Each analysis of each model; every one gets an equal part of the phase's progress. */
async function analyzeModels(
  job: AnalyzeJob,
  { table, models }: AnalysisInput,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<Analysed> {
  const { selection, maxIdentities, sameIdentity, points, repeats, seed } = job;
  const results: Analysed = { macroscale: [], comparisons: [], discriminative: [], verification: [] };
  const nParts = models.length * job.analyses.length;
  let part = 0;
  for (const [i, { input, embeddings }] of models.entries()) {
    const { name: model, metric } = input;
    const rows = {
      embeddings: embeddings(),
      identities: table.identities.index,
      attributes: table.attributes,
      images: table.images,
    };
    for (const analysis of job.analyses) {
      const before = part++;
      const analysisContext = {
        signal: context.signal,
        product: ortMatrixProduct,
        // The rows are the same for every model, and so is what is amiss with them: said once.
        diagnostics: i === 0 ? diagnostics : new DiagnosticLog(),
        progress: (done: number, total: number, item: string) =>
          context.progress({ phase: 'analyze', done: before * total + done, total: nParts * total, item }),
      };
      switch (analysis) {
        case 'macroscale': {
          const options = { metric, selection, maxIdentities, sameIdentity, seed };
          const outcome = await runMacroscale(rows, options, analysisContext);
          const sampling = { selection, maxIdentities, sameIdentity, points, repeats, seed };
          results.macroscale.push({
            model,
            metric,
            sampling,
            inference: { permutations: 0, bootstraps: 0, nBins: 0, maxPoints: null },
            attributes: [],
            correlations: [],
            conditional: [],
            distributions: outcome.distributions,
            rows: outcome.rows.map((row) => ({ ...row, ...notInferred })),
          });
          break;
        }
        case 'verification': {
          const { pairs, identities } = table;
          const people = { ...rows, identitiesKnown: identities.known, pairs };
          const outcome = await runVerification(people, { metric, seed }, analysisContext);
          results.verification.push({ model, ...outcome });
          break;
        }
      }
    }
  }
  return results;
}

function assembleReport(
  job: AnalyzeJob,
  { table, keys, models, subset }: AnalysisInput,
  analysed: Analysed,
  libraries: Readonly<Record<string, string>>,
  diagnostics: DiagnosticLog,
  times: RunTimes,
): Report {
  const { mode: alignment, faces } = job.alignment;
  return {
    schema: 'attribute-lens.report',
    version: reportVersion,
    createdBy: { name: 'attribute-lens', version },
    inputs: {
      dataset: datasetInput(table, keys, subset, job.report),
      models: models.map(({ input }) => input),
      lattice: null,
      options: {
        ...unusedOptions,
        metric: job.metric,
        maxIdentities: job.maxIdentities,
        selection: job.selection,
        sameIdentity: job.sameIdentity,
        points: job.points,
        repeats: job.repeats,
        permutations: job.permutations,
        bootstraps: job.bootstraps,
        confounders: job.confounders,
        discriminativeImages: job.discriminativeImages,
        interEntropyBandwidth: job.interEntropyBandwidth,
        combinations: job.combinations,
        pairwiseValues: job.pairwiseValues,
        alignment,
        faces,
        minImages: job.minImages,
        outlierFilter: job.outlierFilter,
        paperCompat: job.paperCompat,
      },
      seed: job.seed,
      libraries,
    },
    results: { ...emptyResults, ...datasetResults(table, job), ...analysed },
    diagnostics: diagnostics.toArray().map((diagnostic) => ({ ...diagnostic, items: [...diagnostic.items] })),
    times: { ...times, phases: [...times.phases] },
  };
}

const notInferred = {
  ksUpper: null,
  pPermutation: null,
  pAdjusted: null,
  pHolm: null,
  null95: null,
  nEffective: null,
  ci: null,
  auc: null,
  aucCi: null,
  meanDifference: null,
  meanDifferenceCi: null,
  repeats: null,
};
