import { dirname, relative, sep } from 'node:path';
import { summarizeAttributes } from '../../analyses/attributeSummary.ts';
import { runMacroscale } from '../../analyses/macroscale.ts';
import { datasetDigest } from '../../datasets/datasetDigest.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { version } from '../../domain/version.ts';
import { ortMatrixProduct } from '../../models/onnxRuntime.ts';
import type { AnalyzeJob, JobResult } from '../../protocol/jobs.ts';
import {
  type AttributeResult,
  type MacroscaleResult,
  type Report,
  reportVersion,
} from '../../protocol/report.ts';
import { type AnalysisInput, openAnalysisInput } from './analysisInput.ts';
import { libraryVersions } from './libraryVersions.ts';
import { countIdentities } from './openImages.ts';
import { PhaseClock, type RunTimes } from './phaseClock.ts';
import { writeReport } from './writeReport.ts';

/** The macroscale analysis of a data set by one or more models, or of ready embeddings; ends with a report file. */
export async function runAnalyzeJob(job: AnalyzeJob, outer: JobContext): Promise<JobResult> {
  const clock = new PhaseClock();
  const context = { ...outer, progress: clock.watch((update) => outer.progress(update)) };
  const diagnostics = new DiagnosticLog();
  const libraries = await libraryVersions();
  const input = await openAnalysisInput(job, libraries, context, diagnostics);
  try {
    const macroscale = await analyzeModels(job, input, context, diagnostics);
    context.progress({ phase: 'write', done: 0, total: 1, item: job.report });
    await writeReport(
      job.report,
      assembleReport(job, input, macroscale, libraries, diagnostics, clock.finish()),
    );
    context.progress({ phase: 'write', done: 1, total: 1, item: job.report });
  } finally {
    input.close();
  }
  return { kind: 'analyze', report: job.report };
}

async function analyzeModels(
  job: AnalyzeJob,
  { table, models }: AnalysisInput,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<MacroscaleResult[]> {
  const { selection, maxIdentities, sameIdentity, seed } = job;
  const results: MacroscaleResult[] = [];
  for (const [i, { input, embeddings }] of models.entries()) {
    const { metric } = input;
    const outcome = await runMacroscale(
      {
        embeddings: embeddings(),
        identities: table.identities.index,
        attributes: table.attributes,
        images: table.images,
      },
      { metric, selection, maxIdentities, sameIdentity, seed },
      {
        signal: context.signal,
        product: ortMatrixProduct,
        // The rows are the same for every model, and so is what is amiss with an attribute: said once.
        diagnostics: i === 0 ? diagnostics : new DiagnosticLog(),
        progress: (done, total, item) =>
          context.progress({ phase: 'analyze', done: i * total + done, total: models.length * total, item }),
      },
    );
    results.push({
      model: input.name,
      metric,
      sampling: { selection, maxIdentities, sameIdentity, seed },
      ...outcome,
    });
  }
  return results;
}

function assembleReport(
  job: AnalyzeJob,
  { table, keys, models }: AnalysisInput,
  macroscale: MacroscaleResult[],
  libraries: Readonly<Record<string, string>>,
  diagnostics: DiagnosticLog,
  times: RunTimes,
): Report {
  const { metric, maxIdentities, selection, sameIdentity, seed } = job;
  return {
    schema: 'attribute-lens.report',
    version: reportVersion,
    createdBy: { name: 'attribute-lens', version },
    inputs: {
      dataset: {
        name: table.name,
        kind: table.kind,
        root: relativePath(dirname(job.report), table.root),
        digest: datasetDigest(table, keys),
        nImages: table.images.length,
        nIdentities: countIdentities(table),
        identitiesKnown: table.identities.known,
        attributes: table.attributes.map(({ name, rule }) => ({ name, rule })),
      },
      models: models.map(({ input }) => input),
      options: { metric, maxIdentities, selection, sameIdentity },
      seed,
      libraries,
    },
    results: {
      attributes: attributeResults(table),
      macroscale,
    },
    diagnostics: diagnostics.toArray().map((diagnostic) => ({ ...diagnostic, items: [...diagnostic.items] })),
    times: { ...times, phases: [...times.phases] },
  };
}

/** Entropies are about people: where nobody is known there are none. */
function attributeResults({ identities, attributes }: DatasetTable): AttributeResult[] {
  const summaries = summarizeAttributes(identities.index, attributes);
  if (identities.known) return summaries;
  return summaries.map((summary) => ({ ...summary, intraEntropy: null, interEntropy: null }));
}

/** As a link in a document: with forward slashes, so that a report moved with its images still finds them. */
function relativePath(from: string, to: string): string {
  const path = relative(from, to).split(sep).join('/');
  return path === '' ? '.' : path;
}
