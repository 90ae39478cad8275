import * as paths from 'node:path';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { version } from '../../domain/version.ts';
import { type DeviceProducts, openDeviceProducts } from '../../models/deviceProducts.ts';
import { jobRecord } from '../../protocol/jobRecord.ts';
import type { AnalyzeJob, JobResult } from '../../protocol/jobs.ts';
import { type Report, reportVersion } from '../../protocol/report.ts';
import { InferencePool } from '../workers/inferencePool.ts';
import { type AnalysisInput, openAnalysisInput } from './analysisInput.ts';
import { datasetInput, type DatasetResults, datasetResults } from './datasetReport.ts';
import { emptyResults, unusedOptions } from './emptyResults.ts';
import { libraryVersions } from './libraryVersions.ts';
import { type Analysed, analyzeModels } from './modelAnalyses.ts';
import { PhaseClock, type RunTimes } from './phaseClock.ts';
import { writeReport } from './writeReport.ts';

/** Analyses of a data set by one or more models, or of ready embeddings; ends with a report file. */
export async function runAnalyzeJob(job: AnalyzeJob, outer: JobContext): Promise<JobResult> {
  const clock = new PhaseClock();
  const context = { ...outer, progress: clock.watch((update) => outer.progress(update)) };
  const diagnostics = new DiagnosticLog();
  const libraries = await libraryVersions();
  const input = await openAnalysisInput(job, libraries, context, diagnostics);
  const pool = new InferencePool(context.signal);
  const products = await openDeviceProducts(input.models[0]?.input.provider?.ran ?? 'cpu');
  try {
    const dataset = datasetResults(input.table, job);
    const analysed = await analyzeModels(
      job,
      input,
      dataset,
      { infer: pool.run, product: products.double },
      context,
      diagnostics,
    );
    context.progress({ phase: 'write', done: 0, total: 1, item: job.report });
    const report = assembleReport(
      job,
      input,
      { ...dataset, ...analysed },
      libraries,
      products.record,
      diagnostics,
      clock.finish(input.models),
    );
    await writeReport(job.report, report);
    context.progress({ phase: 'write', done: 1, total: 1, item: job.report });
  } finally {
    await pool.close();
    await products.release();
    input.close();
  }
  return { kind: 'analyze', report: job.report };
}

function assembleReport(
  job: AnalyzeJob,
  { table, keys, models, subset, source }: AnalysisInput,
  results: DatasetResults & Analysed,
  libraries: Readonly<Record<string, string>>,
  products: DeviceProducts['record'],
  diagnostics: DiagnosticLog,
  times: RunTimes,
): Report {
  const { mode: alignment, faces } = job.alignment;
  return {
    schema: 'attribute-lens.report',
    version: reportVersion,
    createdBy: { name: 'attribute-lens', version },
    inputs: {
      dataset: datasetInput(table, keys, subset, job.report, source),
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
      job: jobRecord(job, paths),
      products,
      libraries,
    },
    results: { ...emptyResults, ...results },
    diagnostics: diagnostics.toArray().map((diagnostic) => ({ ...diagnostic, items: [...diagnostic.items] })),
    times,
  };
}
