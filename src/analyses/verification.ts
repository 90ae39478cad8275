import { AppError } from '../domain/appError.ts';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { pairClusters } from '../numerics/pairClusters.ts';
import { operatingPoints } from '../numerics/roc.ts';
import { pause, throwIfCancelled } from './cancellation.ts';
import { distancesOfPairs, type PairList, squaredLengths } from './listedDistances.ts';
import { canUseAllPairs, type MeanDistances, meansOfAllPairs, meansOfPairs } from './verificationMeans.ts';
import { verificationIntervals } from './verificationIntervals.ts';
import { measurePairs } from './verificationMeasures.ts';
import { type JudgedPairs, modalityRates } from './verificationModalities.ts';
import type { ModalityRates, VerificationOutcome } from './verificationOutcome.ts';
import {
  groupRows,
  pairsOfDataSet,
  pairsOfProtocol,
  type ProtocolPairs,
  type VerificationPairSets,
} from './verificationPairs.ts';

/** Row i of `embeddings` belongs to entry i of every other array. */
export interface VerificationInput {
  readonly embeddings: EmbeddingMatrix;
  readonly identities: Int32Array;
  /** False where each row is an identity of its own because nothing says who is who. */
  readonly identitiesKnown: boolean;
  readonly images: readonly string[];
  readonly attributes: readonly AttributeColumn[];
  /** The data set's own list of pairs; its pairs are then the only ones. */
  readonly pairs: ProtocolPairs | null;
}

export interface VerificationOptions {
  readonly metric: Metric;
  readonly seed: number;
  /** Of each kind, where there is no list of pairs; at most 10 million. */
  readonly maxPairs?: number;
  readonly farTargets?: readonly number[];
}

export interface VerificationContext {
  readonly signal: AbortSignal;
  readonly product: MatrixProduct;
  readonly diagnostics: DiagnosticLog;
  progress(done: number, total: number, item: string): void;
}

/**
 * How well an embedding tells people apart: distances of matched pairs (one person) against unmatched ones (two),
 * by the data set's list of pairs or by all or a sample of its own, and the same for each modality of each
 * attribute at the thresholds that all pairs gave.
 *
 * Images whose embedding is zero or not finite are left out and go to the diagnostics.
 * @throws AppError notEnoughIdentities: pairs of one kind are lacking; settingInvalid; cancelled.
 */
export async function runVerification(
  input: VerificationInput,
  options: VerificationOptions,
  context: VerificationContext,
): Promise<VerificationOutcome> {
  const { maxPairs = defaultMaxPairs, farTargets = defaultFarTargets, metric, seed } = options;
  checkInput(input, maxPairs, farTargets);
  const { identities, attributes, images } = input;
  const total = attributes.length + 3;
  const advance = (done: number, item: string): void => {
    throwIfCancelled(context.signal);
    context.progress(done, total, item);
  };
  advance(0, 'pairs');
  const squares = squaredLengths(input.embeddings);
  const usable = findUsableRows(squares, images, context.diagnostics);
  const sets = choosePairs(input, usable, maxPairs, seed, context.diagnostics);

  advance(1, 'distances');
  const judge = async (pairs: PairList): Promise<JudgedPairs> => ({
    ...pairs,
    distances: await distancesOfPairs(input.embeddings, squares, pairs, metric, () => pause(context.signal)),
    clusters: pairClusters(identitiesAt(pairs.left, identities), identitiesAt(pairs.right, identities)),
  });
  const matched = await judge(sets.matched);
  const unmatched = await judge(sets.unmatched);

  advance(2, 'curves');
  const points = operatingPoints(matched.distances, unmatched.distances);
  const measures = measurePairs(
    points,
    matched,
    unmatched,
    sets.folds,
    { metric, farTargets, images },
    context.diagnostics,
  );
  const means = await meanDistances(input, metric, usable, sets, matched, unmatched, context);
  const { order, ends } = groupRows(usable, identities);
  const thresholds = measures.tar.flatMap(({ far, threshold }) =>
    threshold === null ? [] : [{ far, threshold }],
  );
  const modalities: ModalityRates[] = [];
  for (const [i, attribute] of attributes.entries()) {
    advance(3 + i, attribute.name);
    modalities.push(...modalityRates(attribute, matched, unmatched, thresholds));
    await pause(context.signal);
  }
  advance(total, attributes.at(-1)?.name ?? '');
  return {
    metric,
    sampling: {
      pairs: input.pairs ? 'protocol' : 'dataSet',
      maxPairs,
      seed,
      nMatchedPossible: sets.nMatchedPossible,
      nUnmatchedPossible: sets.nUnmatchedPossible,
    },
    nImages: order.length,
    nIdentities: ends.length,
    nMatched: matched.distances.length,
    nUnmatched: unmatched.distances.length,
    ...means,
    ratio: ratio(means.meanWithin, means.meanBetween),
    ratioOverIdentities: ratio(means.meanWithinOverIdentities, means.meanBetween),
    ...measures,
    ...verificationIntervals(matched, unmatched, points, measures, means),
    modalities,
  };
}

const defaultMaxPairs = 100_000;
const largestMaxPairs = 10_000_000;
const defaultFarTargets: readonly number[] = [1e-2, 1e-3, 1e-4];

function checkInput(
  { embeddings, identities, identitiesKnown, images, attributes, pairs }: VerificationInput,
  maxPairs: number,
  farTargets: readonly number[],
): void {
  const { rows, dim, data } = embeddings;
  const lengths = [identities.length, images.length, ...attributes.map(({ values }) => values.length)];
  if (data.length !== rows * dim || lengths.some((length) => length !== rows)) {
    throw new AppError(
      'internal',
      `Embeddings of ${rows} × ${dim} in ${data.length} numbers do not fit columns of ${lengths.join(', ')} rows.`,
    );
  }
  if (!(Number.isInteger(maxPairs) && maxPairs >= 1 && maxPairs <= largestMaxPairs)) {
    throw new AppError(
      'settingInvalid',
      `The number of pairs must be a whole number from 1 to ${largestMaxPairs}, not ${maxPairs}.`,
      { maxPairs, limit: largestMaxPairs },
    );
  }
  const wrong = farTargets.find((far) => !(far > 0 && far < 1));
  if (wrong !== undefined) {
    throw new AppError('settingInvalid', `A false accept rate lies between 0 and 1, not at ${wrong}.`, {
      far: wrong,
    });
  }
  if (!identitiesKnown && !pairs) {
    throw new AppError(
      'notEnoughIdentities',
      `Verification needs to know who is who, and none of the ${rows} images has an identity. Name them in an identity column or file, put each person's images in a folder of their own, or add a list of pairs.`,
      { nImages: rows },
    );
  }
}

function findUsableRows(
  squares: Float64Array,
  images: readonly string[],
  diagnostics: DiagnosticLog,
): Uint8Array {
  return Uint8Array.from(squares, (square, row) => {
    if (square > 0 && square < Infinity) return 1;
    diagnostics.add('embeddingInvalid', images[row]);
    return 0;
  });
}

function choosePairs(
  { pairs, identities, images }: VerificationInput,
  usable: Uint8Array,
  maxPairs: number,
  seed: number,
  diagnostics: DiagnosticLog,
): VerificationPairSets {
  return pairs
    ? pairsOfProtocol(pairs, usable, images, diagnostics)
    : pairsOfDataSet(usable, identities, maxPairs, seed);
}

/** A sample's means stand in for those of all pairs only where these would take minutes. */
async function meanDistances(
  { embeddings, identities, pairs }: VerificationInput,
  metric: Metric,
  usable: Uint8Array,
  sets: VerificationPairSets,
  matched: JudgedPairs,
  unmatched: JudgedPairs,
  { product, signal }: VerificationContext,
): Promise<MeanDistances & Pick<VerificationOutcome, 'meansOver'>> {
  const nEvaluated = matched.distances.length + unmatched.distances.length;
  const isSample = nEvaluated < sets.nMatchedPossible + sets.nUnmatchedPossible;
  const { order } = groupRows(usable, identities);
  if (isSample && canUseAllPairs(order.length, embeddings.dim)) {
    const context = { product, checkpoint: () => throwIfCancelled(signal) };
    const means = await meansOfAllPairs(embeddings, identities, order, metric, context, () => pause(signal));
    return { meansOver: 'allPairs', ...means };
  }
  return {
    meansOver: isSample || pairs ? 'evaluatedPairs' : 'allPairs',
    ...meansOfPairs(matched.distances, unmatched.distances, matched, identities),
  };
}

function identitiesAt(rows: Int32Array, identities: Int32Array): Int32Array {
  return rows.map((row) => identities[row]!);
}

function ratio(within: number, between: number): number | null {
  return between > 0 ? within / between : null;
}
