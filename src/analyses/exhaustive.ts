import { modalities, type Modality, modalitySign } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { binnedMoments, binnedProbabilityOfSmaller, totalOf } from '../numerics/binnedKs.ts';
import { ksPValue } from '../numerics/kolmogorov.ts';
import type { LabelCounts, OpenPairScanner } from '../numerics/pairScanner.ts';
import { binEdges } from '../numerics/scanBinning.ts';
import { countExhaustively, type ExhaustiveCounts, pilotPoints } from './exhaustivePasses.ts';
import {
  type ExhaustivePointOptions,
  type ExhaustivePoints,
  exhaustivePoints,
  firstPartners,
} from './exhaustivePoints.ts';
import { griddedDistribution } from './griddedDistribution.ts';
import type { ModalityInference } from './inference.ts';
import type {
  AttributeAggregate,
  Distribution,
  MacroscaleInput,
  MacroscaleRow,
} from './macroscaleOutcome.ts';
import { cosineMeans, type PairMeans } from './pairMeans.ts';
import type { BoundedKs } from './refineKs.ts';

export interface ExhaustiveOptions extends ExhaustivePointOptions {
  /** `exclude` leaves pairs of two images of one person out of within and cross distances. */
  readonly sameIdentity: 'exclude' | 'include';
  /** Passes over all pairs that bring `ks` and `ksUpper` closer; each takes as long as the first. */
  readonly refinementPasses: number;
}

export interface ExhaustiveContext {
  readonly signal: AbortSignal;
  readonly openScanner: OpenPairScanner;
  readonly diagnostics: DiagnosticLog;
  progress(done: number, total: number, item: string): void;
}

/** What all pairs tell without resampling. */
export type ExhaustiveRow = Omit<
  MacroscaleRow,
  keyof ModalityInference | 'repeats' | 'pAdjusted' | 'pHolm' | 'ksUpper'
> & {
  /** The KS distance lies between `ks` and this. */
  readonly ksUpper: number;
};

export interface ExhaustiveOutcome {
  readonly rows: ExhaustiveRow[];
  readonly attributes: Omit<AttributeAggregate, 'pEnergy' | 'pEnergyAdjusted' | 'energyDistanceCi'>[];
  readonly distributions: Distribution[];
  readonly nPoints: number;
}

/**
 * As `runMacroscale`, over all pairs of all identities at once, without a list of distances: they are counted in
 * bins, in single precision. Counts of pairs are exact. `ks` is the largest gap at the end of a bin, so a lower
 * bound, and `ksUpper` the upper one. AUC takes distances in one bin for equal. Standard deviations are of the
 * middles of bins, which are 1/1024 of the possible range wide at most, and far narrower where pairs are many; so
 * are means, but for cosine with few points, where they come exactly from sums of vectors.
 *
 * An attribute that cannot be tested is left out and goes to the diagnostics, as are embeddings and centroids
 * that are zero or not finite. Cancelling is noticed within a tile of pairs (`cancelled`).
 */
export async function runExhaustive(
  input: MacroscaleInput,
  options: ExhaustiveOptions,
  context: ExhaustiveContext,
): Promise<ExhaustiveOutcome> {
  const all = exhaustivePoints(input, options, context.diagnostics);
  const tested = input.attributes.flatMap(({ name }, i) =>
    canBeTested(name, all.labels[i]!, all.identities, context.diagnostics) ? [i] : [],
  );
  const outcome: ExhaustiveOutcome = { rows: [], attributes: [], distributions: [], nPoints: all.n };
  if (tested.length === 0) return outcome;
  const points = { ...all, labels: tested.map((i) => all.labels[i]!) };
  const progress = (share: number): void =>
    context.progress(Math.round(share * progressSteps), progressSteps, '');
  const counted = await countExhaustively(
    { ...points, firstPartners: firstPartners(points.identities, options.sameIdentity) },
    pilotPoints(points, options.sameIdentity),
    options.refinementPasses,
    context.openScanner,
    context.signal,
    progress,
  );
  progress(1);
  const isQuick = points.n * points.dim * tested.length <= maxAdditions;
  const meansOf = options.metric === 'cosine' && isQuick ? cosineMeans(points, options.sameIdentity) : null;
  tested.forEach((attribute, i) => {
    const { name, values } = input.attributes[attribute]!;
    const rows = rowsOf(name, i, points, counted, meansOf);
    if (isOneBin(counted.counts[i]!)) context.diagnostics.add('modalityDistancesEqual', name);
    outcome.rows.push(...rows);
    outcome.attributes.push(aggregateOf(name, values, rows));
    outcome.distributions.push(griddedDistribution(name, counted.counts[i]!, counted.bins));
  });
  return outcome;
}

const progressSteps = 1000;

/** For means by sums of vectors: half a second, where a pass over all pairs takes as long. */
const maxAdditions = 2e8;

function canBeTested(
  name: string,
  labels: Int8Array,
  identities: Int32Array,
  diagnostics: DiagnosticLog,
): boolean {
  const people = modalities.map((modality) => identitiesOf(labels, identities, modality));
  if (people.every((n) => n >= 2)) return true;
  diagnostics.add(people.includes(0) ? 'modalityEmpty' : 'modalityTooSmall', name);
  return false;
}

/** Points are in order of their identities. */
function identitiesOf(labels: Int8Array, identities: Int32Array, modality: Modality): number {
  const sign = modalitySign(modality);
  let n = 0;
  let last = -1;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== sign || (n > 0 && identities[i] === last)) continue;
    last = identities[i]!;
    n++;
  }
  return n;
}

function rowsOf(
  attribute: string,
  index: number,
  points: ExhaustivePoints,
  { bins, counts, ks }: ExhaustiveCounts,
  meansOf: ((labels: Int8Array) => PairMeans) | null,
): ExhaustiveRow[] {
  const labels = points.labels[index]!;
  const { cross, ...within } = counts[index]!;
  const withinOf = { positive: within.withinPositive, negative: within.withinNegative };
  const edges = binEdges(bins);
  const middles = Float64Array.from(cross, (_, bin) => (edges[bin]! + edges[bin + 1]!) / 2);
  const crossMoments = binnedMoments(cross, middles);
  const means = meansOf?.(labels) ?? {
    positive: binnedMoments(within.withinPositive, middles).mean,
    negative: binnedMoments(within.withinNegative, middles).mean,
    cross: crossMoments.mean,
  };
  // A single bin has no spread that could be told.
  const deviation = crossMoments.deviation;
  return modalities.map((modality) => ({
    attribute,
    modality,
    nImages: labels.reduce((n, label) => n + Number(label === modalitySign(modality)), 0),
    nIdentities: identitiesOf(labels, points.identities, modality),
    ...testOf(withinOf[modality], cross, ks[index]![modality]),
    meanWithin: means[modality],
    meanCross: means.cross,
    auc: binnedProbabilityOfSmaller(withinOf[modality], cross),
    meanDifference: deviation > 0 ? (means.cross - means[modality]) / deviation : null,
  }));
}

function testOf(within: Float64Array, cross: Float64Array, ks: BoundedKs) {
  const nWithin = totalOf(within);
  const nCross = totalOf(cross);
  const { p, log10P, method } = ksPValue({
    statistic: ks.statistic,
    nFirst: nWithin,
    nSecond: nCross,
  });
  return {
    nWithin,
    nCross,
    ks: ks.statistic,
    ksUpper: ks.upper,
    location: ks.location,
    cdfWithin: ks.cdfFirst,
    cdfCross: ks.cdfSecond,
    sign: ks.sign,
    pNaive: p,
    log10PNaive: log10P,
    pMethod: method,
  };
}

function isOneBin({ withinPositive, withinNegative, cross }: LabelCounts): boolean {
  const occupied = cross.map((count, bin) => Number(count + withinPositive[bin]! + withinNegative[bin]! > 0));
  return totalOf(occupied) === 1;
}

/** Weights are the images of the data set, as in the sampled mode. */
function aggregateOf(
  attribute: string,
  values: Int8Array,
  [positive, negative]: readonly ExhaustiveRow[],
): ExhaustiveOutcome['attributes'][number] {
  let nPositive = 0;
  let nNegative = 0;
  for (const value of values) {
    if (value > 0) nPositive++;
    else if (value < 0) nNegative++;
  }
  const ksWeightedSum = nPositive * positive!.ks + nNegative * negative!.ks;
  return {
    attribute,
    ksMax: Math.max(positive!.ks, negative!.ks),
    ksMean: (positive!.ks + negative!.ks) / 2,
    ksWeightedSum,
    ksWeightedMean: ksWeightedSum / (nPositive + nNegative),
    energyDistance: 2 * positive!.meanCross - positive!.meanWithin - negative!.meanWithin,
  };
}
