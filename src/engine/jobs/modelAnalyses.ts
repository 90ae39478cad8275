import { adjustPValues } from '../../analyses/adjustPValues.ts';
import { runConditional } from '../../analyses/conditional.ts';
import { likelyConfounders } from '../../analyses/confounders.ts';
import { correlateWithEntropies } from '../../analyses/correlations.ts';
import { runDiscriminative } from '../../analyses/discriminative.ts';
import { faceExamples } from '../../analyses/faceExamples.ts';
import { runExhaustiveMacroscale } from '../../analyses/exhaustiveMacroscale.ts';
import type { InferenceRunner } from '../../analyses/inference.ts';
import { runMacroscale } from '../../analyses/macroscale.ts';
import type {
  MacroscaleContext,
  MacroscaleInput,
  MacroscaleOutcome,
} from '../../analyses/macroscaleOutcome.ts';
import { compareModels } from '../../analyses/modelComparison.ts';
import { runVerification } from '../../analyses/verification.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { MatrixProduct } from '../../numerics/matrixProduct.ts';
import type { AnalyzeJob } from '../../protocol/jobs.ts';
import type { MacroscaleResult, Report } from '../../protocol/report.ts';
import { openWorkerScanner } from '../workers/workerScanner.ts';
import type { AnalysisInput } from './analysisInput.ts';
import type { DatasetResults } from './datasetReport.ts';

export type Analysed = Pick<
  Report['results'],
  'macroscale' | 'comparisons' | 'discriminative' | 'verification' | 'faces' | 'extremes'
>;

/** What computes beside, or instead of, this thread. */
export interface Runners {
  readonly infer: InferenceRunner;
  readonly product: MatrixProduct;
}

/** The parts that progress is told of, one after another. */
type Part = 'macroscale' | 'conditional' | 'discriminative' | 'verification';

/**
 * The analyses of every model on the same rows; each part gets an equal share of the phase's progress. What is
 * tested over all models is put together at the end.
 */
export async function analyzeModels(
  job: AnalyzeJob,
  { table, models }: AnalysisInput,
  dataset: DatasetResults,
  { infer, product }: Runners,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<Analysed> {
  const results: Analysed = {
    macroscale: [],
    comparisons: [],
    discriminative: [],
    verification: [],
    faces: [],
    extremes: [],
  };
  const outcomes: { readonly model: string; readonly outcome: MacroscaleOutcome }[] = [];
  const parts = partsOf(job);
  // Of every part alike, so that the total stands from the beginning.
  const steps = Math.max(1, table.attributes.length);
  let part = 0;
  for (const [i, { input, embeddings }] of models.entries()) {
    const { name: model, metric } = input;
    const rows = {
      embeddings: embeddings(),
      identities: table.identities.index,
      attributes: table.attributes,
      images: table.images,
    };
    const partContext = () => {
      const before = part++;
      return {
        signal: context.signal,
        product,
        infer,
        // The rows are the same for every model, and so is what is amiss with them: said once.
        diagnostics: i === 0 ? diagnostics : new DiagnosticLog(),
        progress: (done: number, total: number, item: string) =>
          context.progress({
            phase: 'analyze',
            done: before * steps + Math.round((steps * done) / total),
            total: models.length * parts.length * steps,
            item,
          }),
      };
    };
    if (parts.includes('macroscale')) {
      const outcome = await macroscaleOf(rows, metric, job, partContext());
      outcomes.push({ model, outcome });
      results.extremes.push(...outcome.extremes.map((extremes) => ({ model, ...extremes })));
      const conditions = likelyConfounders(table.attributes, dataset.associations, job.confounders).filter(
        ({ attribute }) => outcome.attributes.some((one) => one.attribute === attribute),
      );
      const conditional = parts.includes('conditional')
        ? await runConditional(rows, conditions, { ...job, metric }, partContext())
        : [];
      results.macroscale.push(macroscaleResult(model, metric, job, outcome, conditional, dataset));
    }
    const people = { ...rows, identitiesKnown: table.identities.known };
    if (parts.includes('discriminative')) {
      const { discriminativeImages: maxImages, seed } = job;
      const outcome = await runDiscriminative(
        people,
        { metric, maxImages, seed, nFolds: 5, c: 1 },
        partContext(),
      );
      results.discriminative.push({ model, ...outcome });
    }
    if (parts.includes('verification')) {
      const outcome = await runVerification(
        { ...people, pairs: table.pairs },
        { metric, seed: job.seed },
        partContext(),
      );
      results.verification.push({ model, ...outcome });
    }
  }
  const adjusted = adjustPValues(results.macroscale);
  return {
    ...results,
    faces: parts.includes('macroscale')
      ? faceExamples(table.identities.index, table.attributes, table.images, job.seed)
      : [],
    macroscale: results.macroscale.map((result, i) => ({ ...result, ...adjusted[i]! })),
    comparisons: pairsOf(outcomes).map(([a, b]) => ({
      modelA: a.model,
      modelB: b.model,
      bootstraps: job.bootstraps,
      rows: compareModels(a.outcome, b.outcome, diagnostics),
    })),
  };
}

/** Of a drawn sample, or of all pairs of the points that were asked for. */
function macroscaleOf(
  input: MacroscaleInput,
  metric: MacroscaleResult['metric'],
  job: AnalyzeJob,
  context: MacroscaleContext,
): Promise<MacroscaleOutcome> {
  const { points } = job;
  if (points === 'sample') return runMacroscale(input, { ...job, metric }, context);
  return runExhaustiveMacroscale(
    input,
    { ...job, points, metric },
    { ...context, openScanner: openWorkerScanner },
  );
}

function partsOf({ analyses, confounders, discriminativeImages }: AnalyzeJob): readonly Part[] {
  return analyses.flatMap((analysis): Part[] => {
    if (analysis !== 'macroscale') return [analysis];
    return [
      'macroscale',
      ...(confounders > 0 ? (['conditional'] as const) : []),
      ...(discriminativeImages > 0 ? (['discriminative'] as const) : []),
    ];
  });
}

function macroscaleResult(
  model: string,
  metric: MacroscaleResult['metric'],
  { selection, maxIdentities, sameIdentity, points, repeats, seed }: AnalyzeJob,
  { inference, rows, attributes, distributions }: MacroscaleOutcome,
  conditional: MacroscaleResult['conditional'],
  dataset: DatasetResults,
): MacroscaleResult {
  return {
    model,
    metric,
    sampling: { points, selection, maxIdentities, sameIdentity, repeats, seed },
    inference,
    rows,
    attributes,
    correlations: correlateWithEntropies(attributes, dataset.attributes),
    conditional,
    distributions,
  };
}

function pairsOf<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const));
}
