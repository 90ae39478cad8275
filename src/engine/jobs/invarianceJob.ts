import * as paths from 'node:path';
import { compareEnergies } from '../../analyses/microscaleComparison.ts';
import { runMicroscale } from '../../analyses/microscale.ts';
import type { MicroscaleOutcome } from '../../analyses/microscaleOutcome.ts';
import { runVerification } from '../../analyses/verification.ts';
import { isAppError } from '../../domain/appError.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { version } from '../../domain/version.ts';
import { type DeviceProducts, openDeviceProducts } from '../../models/deviceProducts.ts';
import type { MatrixProduct } from '../../numerics/matrixProduct.ts';
import { jobRecord } from '../../protocol/jobRecord.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { InvarianceJob } from '../../protocol/microscaleJobs.ts';
import { type Report, reportVersion } from '../../protocol/report.ts';
import { datasetInput } from './datasetReport.ts';
import { emptyResults, unusedOptions } from './emptyResults.ts';
import { type InvarianceInput, type InvarianceModel, openInvarianceInput } from './invarianceInput.ts';
import { libraryVersions } from './libraryVersions.ts';
import { PhaseClock, type RunTimes } from './phaseClock.ts';
import { writeReport } from './writeReport.ts';

/** The microscale of one or more models; ends with a report file. */
export async function runInvarianceJob(job: InvarianceJob, outer: JobContext): Promise<JobResult> {
  const clock = new PhaseClock();
  const context = { ...outer, progress: clock.watch((update) => outer.progress(update)) };
  const diagnostics = new DiagnosticLog();
  const libraries = await libraryVersions();
  const input = await openInvarianceInput(job, libraries, context, diagnostics);
  const products = await openDeviceProducts(input.models[0]?.input.provider?.ran ?? 'cpu');
  try {
    const results = await measureModels(job, input, products, context, diagnostics);
    context.progress({ phase: 'write', done: 0, total: 1, item: job.report });
    const report = assembleReport(
      job,
      input,
      results,
      libraries,
      products.record,
      diagnostics,
      clock.finish(input.models),
    );
    await writeReport(job.report, report);
    context.progress({ phase: 'write', done: 1, total: 1, item: job.report });
  } finally {
    input.close();
    await products.release();
  }
  return { kind: 'invariance', report: job.report };
}

type Microscale = Pick<
  Report['results'],
  'microscale' | 'microscaleComparisons' | 'fieldAlignments' | 'retentions' | 'fieldDrawings'
>;

async function measureModels(
  job: InvarianceJob,
  { models }: InvarianceInput,
  products: DeviceProducts,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<Microscale> {
  const { neighbours, bootstraps, seed } = job;
  const outcomes: { readonly model: string; readonly outcome: MicroscaleOutcome }[] = [];
  for (const [i, model] of models.entries()) {
    const reference = await referenceDistances(job, model, products.double, context);
    const outcome = await runMicroscale(
      model,
      { metric: model.input.metric, neighbours, bootstraps, seed, ...reference },
      {
        signal: context.signal,
        product: products.double,
        single: products.single,
        // The curves are the same for every model, and so is what is amiss with them: said once.
        diagnostics: i === 0 ? diagnostics : new DiagnosticLog(),
        progress: (done, total, item) =>
          context.progress({ phase: 'analyze', done: i * total + done, total: models.length * total, item }),
      },
    );
    outcomes.push({ model: model.input.name, outcome });
  }
  return {
    microscale: outcomes.flatMap(({ model, outcome }) => outcome.rules.map((rule) => ({ model, ...rule }))),
    microscaleComparisons: outcomes.flatMap((a, i) =>
      outcomes.slice(i + 1).flatMap((b) =>
        a.outcome.rules.map((rule, r) => ({
          modelA: a.model,
          modelB: b.model,
          neighbours: rule.neighbours,
          rows: compareEnergies(rule, b.outcome.rules[r]!),
        })),
      ),
    ),
    fieldAlignments: outcomes.map(({ model, outcome }) => ({ model, ...outcome.alignment })),
    retentions: outcomes.flatMap(({ model, outcome }) =>
      outcome.retentions.map((retention) => ({ model, ...retention })),
    ),
    fieldDrawings: outcomes.flatMap(({ model, outcome }) =>
      outcome.drawings.map((drawing) => ({ model, ...drawing })),
    ),
  };
}

/**
 * What a step is long or short against: distances of the images as they are. The threshold is that of equal error
 * rates on them, unless one was given. All unknown where nobody is, or where pairs of one kind are lacking.
 */
async function referenceDistances(
  { threshold, seed }: InvarianceJob,
  { input, photographs }: InvarianceModel,
  product: MatrixProduct,
  { signal }: JobContext,
) {
  const unknown = { meanWithin: null, meanBetween: null, threshold };
  if (!photographs?.identities.known) return unknown;
  const { embeddings, identities } = photographs;
  try {
    const { meanWithin, meanBetween, eerThreshold } = await runVerification(
      {
        embeddings,
        identities: identities.index,
        identitiesKnown: true,
        images: Array.from({ length: embeddings.rows }, (_, row) => String(row)),
        attributes: [],
        pairs: null,
      },
      { metric: input.metric, seed },
      { signal, product, diagnostics: new DiagnosticLog(), progress: () => undefined },
    );
    return { meanWithin, meanBetween, threshold: threshold ?? eerThreshold };
  } catch (error) {
    if (isAppError(error, 'notEnoughIdentities')) return unknown;
    throw error;
  }
}

function assembleReport(
  job: InvarianceJob,
  { table, keys, models, lattice, source }: InvarianceInput,
  results: Microscale,
  libraries: Readonly<Record<string, string>>,
  products: DeviceProducts['record'],
  diagnostics: DiagnosticLog,
  times: RunTimes,
): Report {
  return {
    schema: 'attribute-lens.report',
    version: reportVersion,
    createdBy: { name: 'attribute-lens', version },
    inputs: {
      dataset: datasetInput(table, keys, [], job.report, source),
      models: models.map(({ input }) => input),
      lattice,
      options: {
        ...unusedOptions,
        metric: job.metric,
        bootstraps: job.bootstraps,
        neighbours: job.neighbours,
        alignment: job.alignment.mode,
        faces: job.alignment.faces,
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
