import { AppError, cancelledError } from '../domain/appError.ts';
import { type AttributeColumn, modalities, type Modality } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import { histogram } from '../numerics/histogram.ts';
import { ksPValue } from '../numerics/kolmogorov.ts';
import { compareKsSamples, type KsSample, ksSample } from '../numerics/ks.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { mean } from '../numerics/sums.ts';
import {
  type DistanceContext,
  distancesAcross,
  distancesWithin,
  gatherPoints,
  squaredLength,
} from './pairDistances.ts';
import { drawSelection, type Selection } from './selection.ts';

/** Row i of `embeddings` belongs to entry i of every other array. */
export interface MacroscaleInput {
  readonly embeddings: EmbeddingMatrix;
  readonly identities: Int32Array;
  readonly attributes: readonly AttributeColumn[];
  /** Names of the images, for diagnostics. */
  readonly images: readonly string[];
}

export interface MacroscaleOptions {
  readonly metric: Metric;
  readonly selection: 'random' | 'first';
  readonly maxIdentities: number;
  /** Whether cross distances leave out pairs of two images of one person; the paper includes them. */
  readonly sameIdentity: 'exclude' | 'include';
  readonly seed: number;
}

export interface MacroscaleContext {
  readonly signal: AbortSignal;
  readonly product: MatrixProduct;
  readonly diagnostics: DiagnosticLog;
  progress(done: number, total: number, item: string): void;
}

/** One modality of one attribute; names and meanings are the report's. */
export interface MacroscaleRow {
  readonly attribute: string;
  readonly modality: Modality;
  readonly nImages: number;
  readonly nIdentities: number;
  readonly nWithin: number;
  readonly nCross: number;
  readonly ks: number;
  readonly location: number;
  readonly cdfWithin: number;
  readonly cdfCross: number;
  readonly sign: 1 | -1;
  readonly meanWithin: number;
  readonly meanCross: number;
  readonly pNaive: number;
  readonly log10PNaive: number | null;
  readonly pMethod: 'exact' | 'asymptotic';
}

/** Counts in equal bins from `min` to `max`; the last bin holds `max`. */
export interface Distribution {
  readonly attribute: string;
  readonly min: number;
  readonly max: number;
  readonly withinPositive: number[];
  readonly withinNegative: number[];
  readonly cross: number[];
}

export interface MacroscaleOutcome {
  readonly rows: MacroscaleRow[];
  readonly distributions: Distribution[];
}

/**
 * For each attribute and modality, the KS distance between the distances within the modality and those across
 * the two modalities, one image of each identity. Leroy et al., «Attributes Shape the Embedding Space of Face
 * Recognition Models», ICML 2025, section 4; its p-values are naive, because pairs share their points.
 *
 * An attribute that cannot be tested, and an image whose embedding is zero or not finite, is left out and goes
 * to the diagnostics. Cancelling is noticed between two matrix products (`cancelled`).
 */
export async function runMacroscale(
  input: MacroscaleInput,
  options: MacroscaleOptions,
  context: MacroscaleContext,
): Promise<MacroscaleOutcome> {
  checkInput(input);
  const usable = findUsableRows(input, context.diagnostics);
  const buffers = new Buffers();
  const outcome: MacroscaleOutcome = { rows: [], distributions: [] };
  const total = input.attributes.length;
  for (const [done, attribute] of input.attributes.entries()) {
    context.progress(done, total, attribute.name);
    throwIfCancelled(context.signal);
    const selection = select(attribute, usable, input, options, context.diagnostics);
    if (selection) await compare(attribute.name, selection, input, options, context, buffers, outcome);
  }
  context.progress(total, total, input.attributes.at(-1)?.name ?? '');
  return outcome;
}

const distributionBins = 200;

/** 1 GiB of cross distances, and as much of within distances. */
const largestSide = 11_585;

function checkInput({ embeddings, identities, attributes, images }: MacroscaleInput): void {
  const { rows, dim, data } = embeddings;
  const lengths = [identities.length, images.length, ...attributes.map(({ values }) => values.length)];
  if (data.length !== rows * dim || lengths.some((length) => length !== rows)) {
    throw new AppError(
      'internal',
      `Embeddings of ${rows} × ${dim} in ${data.length} numbers do not fit columns of ${lengths.join(', ')} rows.`,
    );
  }
}

function findUsableRows({ embeddings, images }: MacroscaleInput, diagnostics: DiagnosticLog): Uint8Array {
  const usable = new Uint8Array(embeddings.rows);
  for (let row = 0; row < embeddings.rows; row++) {
    const square = squaredLength(embeddings, row);
    if (square > 0 && square < Infinity) usable[row] = 1;
    else diagnostics.add('embeddingInvalid', images[row]);
  }
  return usable;
}

function select(
  attribute: AttributeColumn,
  usable: Uint8Array,
  { identities }: MacroscaleInput,
  options: MacroscaleOptions,
  diagnostics: DiagnosticLog,
): Selection | null {
  const values = attribute.values.map((value, row) => value * usable[row]!);
  if (!values.includes(1) || !values.includes(-1)) {
    diagnostics.add('modalityEmpty', attribute.name);
    return null;
  }
  const rule =
    options.selection === 'first'
      ? { kind: options.selection }
      : { kind: options.selection, seed: options.seed };
  const selection = drawSelection(attribute.name, values, identities, options.maxIdentities, rule);
  if (selection.positive.length < 2) {
    diagnostics.add('modalityTooSmall', attribute.name);
    return null;
  }
  return selection;
}

async function compare(
  attribute: string,
  selection: Selection,
  { embeddings, identities }: MacroscaleInput,
  { metric, sameIdentity }: MacroscaleOptions,
  context: MacroscaleContext,
  buffers: Buffers,
  outcome: MacroscaleOutcome,
): Promise<void> {
  const positive = gatherPoints(embeddings, identities, selection.positive, metric);
  const negative = gatherPoints(embeddings, identities, selection.negative, metric);
  if (positive.n > largestSide) {
    throw new AppError(
      'settingInvalid',
      `Attribute «${attribute}» has ${positive.n} identities on either side, too many to hold all distances. Set maxIdentities to ${largestSide} or less.`,
      { attribute, nIdentities: positive.n, limit: largestSide },
    );
  }
  buffers.reserve(positive.n);
  const distanceContext: DistanceContext = {
    product: context.product,
    checkpoint: () => {
      throwIfCancelled(context.signal);
    },
  };
  const nPositive = await distancesWithin(positive, buffers.positive, distanceContext);
  const nNegative = await distancesWithin(negative, buffers.negative, distanceContext);
  const nCross = await distancesAcross(positive, negative, sameIdentity, buffers.cross, distanceContext);
  const within = {
    positive: ksSample(buffers.positive.subarray(0, nPositive), 'within-positive'),
    negative: ksSample(buffers.negative.subarray(0, nNegative), 'within-negative'),
  } satisfies Record<Modality, KsSample>;
  const cross = ksSample(buffers.cross.subarray(0, nCross), 'cross');

  const meanCross = mean(cross.values);
  for (const modality of modalities) {
    outcome.rows.push({
      attribute,
      modality,
      nImages: positive.n,
      nIdentities: positive.n,
      ...compareSamples(within[modality], cross),
      meanCross,
    });
  }
  const min = Math.min(within.positive.min, within.negative.min, cross.min);
  const max = Math.max(within.positive.max, within.negative.max, cross.max);
  const count = ({ values }: KsSample): number[] => [...histogram(values, min, max, distributionBins)];
  outcome.distributions.push({
    attribute,
    min,
    max,
    withinPositive: count(within.positive),
    withinNegative: count(within.negative),
    cross: count(cross),
  });
}

function compareSamples(within: KsSample, cross: KsSample) {
  const result = compareKsSamples(within, cross);
  const { p, log10P, method } = ksPValue(result);
  return {
    nWithin: result.nFirst,
    nCross: result.nSecond,
    ks: result.statistic,
    location: result.location,
    cdfWithin: result.cdfFirst,
    cdfCross: result.cdfSecond,
    sign: result.sign,
    meanWithin: mean(within.values),
    pNaive: p,
    log10PNaive: log10P,
    pMethod: method,
  };
}

/** Distances of one attribute after another, in memory that only grows. */
class Buffers {
  positive = new Float64Array(0);
  negative = new Float64Array(0);
  cross = new Float64Array(0);

  reserve(n: number): void {
    if (this.cross.length >= n * n) return;
    this.positive = new Float64Array((n * (n - 1)) / 2);
    this.negative = new Float64Array((n * (n - 1)) / 2);
    this.cross = new Float64Array(n * n);
  }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError();
}
