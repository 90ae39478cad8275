import { DiagnosticLog } from '../domain/diagnostic.ts';
import type { OpenPairScanner } from '../numerics/pairScanner.ts';
import { nInferenceBins } from './binnedDistances.ts';
import { throwIfCancelled } from './cancellation.ts';
import { type ExhaustiveOptions, runExhaustive } from './exhaustive.ts';
import { type AttributeExtremes, extremesOfPoints } from './extremePairs.ts';
import { maxInferencePoints, type ResampledPoints, resampledPoints } from './exhaustiveInference.ts';
import { type ExhaustivePoints, exhaustivePoints } from './exhaustivePoints.ts';
import type { InferenceResult } from './inference.ts';
import { nothingInferred } from './macroscale.ts';
import type {
  AttributeDeviations,
  MacroscaleContext,
  MacroscaleInput,
  MacroscaleOptions,
  MacroscaleOutcome,
} from './macroscaleOutcome.ts';
import type { DistanceContext } from './pairDistances.ts';

export type ExhaustiveMacroscaleOptions = Omit<ExhaustiveOptions, 'refinementPasses'> &
  Pick<MacroscaleOptions, 'permutations' | 'bootstraps'>;

export interface ExhaustiveMacroscaleContext extends MacroscaleContext {
  readonly openScanner: OpenPairScanner;
}

/** A pass takes as long as the counting itself: worth it where that is a second or two. */
function refinementPasses(nRows: number, { points }: Pick<ExhaustiveOptions, 'points'>): number {
  return points === 'everyImage' && nRows > 15_000 ? 0 : 3;
}

/**
 * `runExhaustive` with the inference of `runMacroscale`: on all points where these are not too many, else on whole
 * identities drawn until `maxInferencePoints`; then p-values and intervals are of the KS distance among these.
 */
export async function runExhaustiveMacroscale(
  input: MacroscaleInput,
  options: ExhaustiveMacroscaleOptions,
  context: ExhaustiveMacroscaleContext,
): Promise<MacroscaleOutcome> {
  const { permutations, bootstraps } = options;
  const half = (done: number, total: number, from: number, item: string): void =>
    context.progress(from * total + done, 2 * total, item);
  const outcome = await runExhaustive(
    input,
    { ...options, refinementPasses: refinementPasses(input.embeddings.rows, options) },
    { ...context, progress: (done, total, item) => half(done, total, 0, item) },
  );
  // What is amiss with points has been said by then.
  const points = exhaustivePoints(input, options, new DiagnosticLog());
  const distanceContext: DistanceContext = {
    product: context.product,
    checkpoint: () => {
      throwIfCancelled(context.signal);
    },
  };
  const resampled =
    permutations + bootstraps === 0 || outcome.attributes.length === 0
      ? null
      : await resampledPoints(points, options.sameIdentity, options.seed, distanceContext);
  const inferred = new Map<string, InferenceResult>();
  const numberOf = new Map(input.attributes.map(({ name }, i) => [name, i]));
  const total = outcome.attributes.length;
  let done = 0;
  await Promise.all(
    outcome.attributes.map(async ({ attribute }) => {
      const result = resampled
        ? await inferOn(points, resampled, attribute, numberOf.get(attribute)!, options, context)
        : nothingInferred;
      inferred.set(attribute, result);
      half(++done, total, 1, attribute);
    }),
  );
  return {
    inference: {
      permutations,
      bootstraps,
      nBins: nInferenceBins,
      maxPoints: resampled?.isWhole === false ? maxInferencePoints : null,
    },
    rows: outcome.rows.map((row) => ({
      ...row,
      ...inferred.get(row.attribute)![row.modality],
      repeats: null,
      pAdjusted: null,
      pHolm: null,
    })),
    attributes: outcome.attributes.map((one) => {
      const { pEnergy, energyDistanceCi } = inferred.get(one.attribute)!;
      return { ...one, pEnergy, energyDistanceCi, pEnergyAdjusted: null };
    }),
    distributions: outcome.distributions,
    extremes: await extremesAmong(points, input, outcome.attributes, options, distanceContext),
    deviations: new Map(
      outcome.attributes.map(({ attribute }): [string, AttributeDeviations] => [
        attribute,
        {
          rows: resampled?.identities ?? new Int32Array(0),
          deviations: inferred.get(attribute)!.deviations,
        },
      ]),
    ),
  };
}

/** Among some of the points: the scan counts distances and keeps none. */
async function extremesAmong(
  { rows, labels }: ExhaustivePoints,
  { embeddings, identities, images, attributes }: MacroscaleInput,
  tested: readonly { readonly attribute: string }[],
  options: ExhaustiveMacroscaleOptions,
  context: DistanceContext,
): Promise<AttributeExtremes[]> {
  if (rows === null || tested.length === 0) return [];
  const names = new Set(tested.map(({ attribute }) => attribute));
  const labelled = attributes.flatMap(({ name }, i) =>
    names.has(name) ? [{ name, labels: labels[i]! }] : [],
  );
  return extremesOfPoints({ embeddings, identities, images, rows, attributes: labelled }, options, context);
}

/** Nothing, where the drawn identities lack a modality. */
function inferOn(
  points: ExhaustivePoints,
  { numbers, identities, pairs, bins }: ResampledPoints,
  label: string,
  attribute: number,
  { permutations, bootstraps, seed }: ExhaustiveMacroscaleOptions,
  context: MacroscaleContext,
): Promise<InferenceResult> {
  const labels = numbers.map((point) => points.labels[attribute]![point]!);
  const people = (sign: number): number => new Set(identities.filter((_, i) => labels[i] === sign)).size;
  if (people(1) < 2 || people(-1) < 2) return Promise.resolve(nothingInferred);
  return context.infer({
    pairs,
    bins,
    labels: Int8Array.from(labels),
    identities,
    strata: null,
    permutations,
    bootstraps,
    seed,
    label,
  });
}
