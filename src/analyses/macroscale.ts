import { AppError } from '../domain/appError.ts';
import { type AttributeColumn, modalities } from '../domain/attributeColumn.ts';
import { SeededRandom } from '../numerics/random.ts';
import { binDistances, nInferenceBins, type TwoSidedDistances } from './binnedDistances.ts';
import { throwIfCancelled } from './cancellation.ts';
import { type AttributeExtremes, extremesOfSelection } from './extremePairs.ts';
import type { InferenceResult } from './inference.ts';
import type {
  AttributeAggregate,
  AttributeDeviations,
  MacroscaleContext,
  MacroscaleInput,
  MacroscaleOptions,
  MacroscaleOutcome,
  MacroscaleRow,
  Repeats,
} from './macroscaleOutcome.ts';
import { compareModalities, distributionOf, type ExactComparisons } from './modalityComparison.ts';
import { drawSelection, type Selection } from './selection.ts';
import { DistanceBuffers, selectionDistances } from './selectionDistances.ts';
import { findUsableRows } from './usableRows.ts';

/**
 * For each attribute and modality, the KS distance between the distances within the modality and those across
 * the two modalities, one image of each identity. Leroy et al., «Attributes Shape the Embedding Space of Face
 * Recognition Models», ICML 2025, section 4. The naive p-values take pairs for independent, which they are not;
 * those of `infer` do not.
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
  const study = { input, options, context, usable, buffers: new DistanceBuffers() };
  const { permutations, bootstraps } = options;
  const done: Promise<AttributeResult>[] = [];
  const total = input.attributes.length;
  for (const [i, attribute] of input.attributes.entries()) {
    context.progress(i, total, attribute.name);
    throwIfCancelled(context.signal);
    const analysed = await analyseAttribute(study, attribute);
    if (analysed) done.push(analysed.result);
    // Inference runs beside the next attribute's distances, but never far behind: its pairs take memory.
    if (done.length >= inFlight) await done.at(-inFlight);
  }
  const results = await Promise.all(done);
  context.progress(total, total, input.attributes.at(-1)?.name ?? '');
  return {
    inference: {
      permutations,
      bootstraps,
      nBins: nInferenceBins,
      maxPoints: results.some(({ isSubsample }) => isSubsample) ? 2 * maxInferenceSide : null,
    },
    rows: results.flatMap(({ rows }) => rows),
    attributes: results.map(({ aggregate }) => aggregate),
    distributions: results.map(({ distribution }) => distribution),
    extremes: results.map(({ extremes }) => extremes),
    deviations: new Map(results.map(({ aggregate, deviations }) => [aggregate.attribute, deviations])),
  };
}

const inFlight = 3;

/** On either side: 8 million pairs. Larger samples get their p-values and intervals from so many of them. */
export const maxInferenceSide = 2000;

/** 1 GiB of cross distances, and as much of within distances. */
const largestSide = 11_585;

interface Study {
  readonly input: MacroscaleInput;
  readonly options: MacroscaleOptions;
  readonly context: MacroscaleContext;
  readonly usable: Uint8Array;
  readonly buffers: DistanceBuffers;
}

interface AttributeResult {
  readonly rows: MacroscaleRow[];
  readonly aggregate: AttributeAggregate;
  readonly distribution: ReturnType<typeof distributionOf>;
  readonly extremes: AttributeExtremes;
  readonly deviations: AttributeDeviations;
  readonly isSubsample: boolean;
}

/** `null` where it cannot be tested. When this resolves the distances are done, and inference may still run. */
async function analyseAttribute(
  study: Study,
  attribute: AttributeColumn,
): Promise<{ readonly result: Promise<AttributeResult> } | null> {
  const { options, context } = study;
  const values = attribute.values.map((value, row) => value * study.usable[row]!);
  if (!values.includes(1) || !values.includes(-1)) {
    context.diagnostics.add('modalityEmpty', attribute.name);
    return null;
  }
  const draw = (maxIdentities: number, repeat = 0): Selection =>
    drawSelection(
      attribute.name,
      values,
      study.input.identities,
      maxIdentities,
      options.selection === 'first'
        ? { kind: 'first' }
        : { kind: 'random', seed: seedOf(options.seed, repeat) },
    );
  const selection = draw(options.maxIdentities);
  const side = selection.positive.length;
  if (side < 2) {
    context.diagnostics.add('modalityTooSmall', attribute.name);
    return null;
  }
  if (side > largestSide) throw tooMany(attribute.name, side);
  const distances = await distancesOf(study, selection);
  const extremes = extremesOfSelection(attribute.name, study.input.images, selection, distances);
  const exact = compareModalities(distances);
  if (exact.allEqual) context.diagnostics.add('modalityDistancesEqual', attribute.name);
  const distribution = distributionOf(attribute.name, distances);
  const isSubsample = side > maxInferenceSide;
  const sample = isSubsample ? draw(maxInferenceSide) : selection;
  const inferred = inferAttribute(
    study,
    attribute.name,
    isSubsample ? await distancesOf(study, sample) : distances,
  );
  const repeats = await repeatSigned(study, draw, exact);
  const result = inferred.then((outcome) => ({
    rows: rowsOf(attribute.name, side, exact, outcome, repeats),
    aggregate: aggregateOf(attribute, exact, outcome),
    distribution,
    extremes,
    deviations: {
      rows: Int32Array.from([...sample.positive, ...sample.negative]),
      deviations: outcome.deviations,
    },
    isSubsample,
  }));
  // Awaited later, or not at all where another attribute fails first.
  result.catch(() => undefined);
  return { result };
}

/** The first draw is that of the seed itself. */
function seedOf(seed: number, repeat: number): number {
  return repeat === 0 ? seed : new SeededRandom(seed).fork(`repeat ${repeat}`).nextUint32();
}

function distancesOf({ input, options, context, buffers }: Study, selection: Selection) {
  return selectionDistances(input, selection, options, buffers, {
    product: context.product,
    checkpoint: () => {
      throwIfCancelled(context.signal);
    },
  });
}

function inferAttribute(
  { options: { permutations, bootstraps, seed }, context }: Study,
  label: string,
  distances: TwoSidedDistances,
): Promise<InferenceResult> {
  if (permutations === 0 && bootstraps === 0) return Promise.resolve(nothingInferred);
  const { nPositive, nNegative, identities } = distances;
  const labels = new Int8Array(nPositive + nNegative).fill(1, 0, nPositive).fill(-1, nPositive);
  const { pairs, bins } = binDistances(distances);
  const task = { pairs, bins, labels, identities, strata: null, permutations, bootstraps, seed, label };
  return context.infer(task);
}

async function repeatSigned(
  study: Study,
  draw: (maxIdentities: number, repeat: number) => Selection,
  first: ExactComparisons,
): Promise<{ readonly positive: Repeats; readonly negative: Repeats } | null> {
  const { repeats, selection, maxIdentities } = study.options;
  if (repeats < 2 || selection === 'first') return null;
  const positive = [first.positive.sign * first.positive.ks];
  const negative = [first.negative.sign * first.negative.ks];
  for (let repeat = 1; repeat < repeats; repeat++) {
    const next = compareModalities(await distancesOf(study, draw(maxIdentities, repeat)));
    positive.push(next.positive.sign * next.positive.ks);
    negative.push(next.negative.sign * next.negative.ks);
  }
  return { positive: spreadOf(positive), negative: spreadOf(negative) };
}

function spreadOf(values: readonly number[]): Repeats {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, sd: Math.sqrt(squares / (n - 1)), min: Math.min(...values), max: Math.max(...values) };
}

function rowsOf(
  attribute: string,
  side: number,
  exact: ExactComparisons,
  inferred: InferenceResult,
  repeats: { readonly positive: Repeats; readonly negative: Repeats } | null,
): MacroscaleRow[] {
  return modalities.map((modality) => ({
    attribute,
    modality,
    nImages: side,
    nIdentities: side,
    ...exact[modality],
    ...inferred[modality],
    repeats: repeats?.[modality] ?? null,
    pAdjusted: null,
    pHolm: null,
  }));
}

function aggregateOf(
  { name, values }: AttributeColumn,
  { positive, negative, energyDistance }: ExactComparisons,
  { pEnergy, energyDistanceCi }: InferenceResult,
): AttributeAggregate {
  let nPositive = 0;
  let nNegative = 0;
  for (const value of values) {
    if (value > 0) nPositive++;
    else if (value < 0) nNegative++;
  }
  const ksWeightedSum = nPositive * positive.ks + nNegative * negative.ks;
  return {
    attribute: name,
    ksMax: Math.max(positive.ks, negative.ks),
    ksMean: (positive.ks + negative.ks) / 2,
    ksWeightedSum,
    ksWeightedMean: ksWeightedSum / (nPositive + nNegative),
    energyDistance,
    pEnergy,
    pEnergyAdjusted: null,
    energyDistanceCi,
  };
}

const notInferred = {
  pPermutation: null,
  null95: null,
  nEffective: null,
  ci: null,
  aucCi: null,
  meanDifferenceCi: null,
} as const;

export const nothingInferred: InferenceResult = {
  positive: notInferred,
  negative: notInferred,
  pEnergy: null,
  energyDistanceCi: null,
  deviations: { positive: new Float64Array(0), negative: new Float64Array(0) },
};

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

function tooMany(attribute: string, nIdentities: number): AppError {
  return new AppError(
    'settingInvalid',
    `Attribute «${attribute}» has ${nIdentities} identities on either side, too many to hold all distances. Set maxIdentities to ${largestSide} or less, or points to «oneImage».`,
    { attribute, nIdentities, limit: largestSide },
  );
}
