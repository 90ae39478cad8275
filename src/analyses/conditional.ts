import { type AttributeColumn, modalities, type Modality } from '../domain/attributeColumn.ts';
import { compareKsSamples, ksSample } from '../numerics/ks.ts';
import { SeededRandom } from '../numerics/random.ts';
import { binDistances, type TwoSidedDistances } from './binnedDistances.ts';
import { throwIfCancelled } from './cancellation.ts';
import { maxInferenceSide } from './macroscale.ts';
import type { MacroscaleContext, MacroscaleInput, MacroscaleOptions } from './macroscaleOutcome.ts';
import type { Selection } from './selection.ts';
import { DistanceBuffers, selectionDistances } from './selectionDistances.ts';
import { findUsableRows } from './usableRows.ts';
import { DiagnosticLog } from '../domain/diagnostic.ts';

/** An attribute, and one to be held fixed. */
export interface Condition {
  readonly attribute: string;
  readonly given: string;
}

export interface ConditionalRow extends Condition {
  readonly modality: Modality;
  readonly nIdentities: number;
  readonly nWithin: number;
  readonly nCross: number;
  readonly ks: number;
  readonly sign: 1 | -1;
  readonly ksUnmatched: number;
  readonly signUnmatched: 1 | -1;
  readonly permutations: number;
  readonly pPermutation: number | null;
  readonly null95: number | null;
}

export type ConditionalOptions = Pick<
  MacroscaleOptions,
  'metric' | 'maxIdentities' | 'sameIdentity' | 'permutations' | 'seed'
>;

/** Enough to tell a remnant from chance; there are several conditions for each attribute. */
export const maxConditionalPermutations = 500;

/**
 * What is left of an attribute's KS distance where another one is held fixed. Of each identity one image is drawn
 * among those that show both attributes; in either stratum of the given attribute as many identities of one
 * modality as of the other are kept, at random. Then the given attribute has the same share on both sides, and
 * whatever it does to distances it does to within and cross distances alike. Beside it the KS distance of as many
 * identities of the same draw, not matched. Labels are permuted within strata.
 *
 * A condition with fewer than two matched identities on a side is left out and goes to the diagnostics.
 */
export async function runConditional(
  input: MacroscaleInput,
  conditions: readonly Condition[],
  options: ConditionalOptions,
  context: MacroscaleContext,
): Promise<ConditionalRow[]> {
  // What is amiss with rows has been said by the macroscale itself.
  const usable = findUsableRows(input, new DiagnosticLog());
  const columns = new Map(input.attributes.map((column) => [column.name, column]));
  const buffers = new DistanceBuffers();
  const results: Promise<ConditionalRow[]>[] = [];
  for (const [i, condition] of conditions.entries()) {
    context.progress(i, conditions.length, condition.attribute);
    throwIfCancelled(context.signal);
    const attribute = columns.get(condition.attribute)!;
    const sample = drawMatched(attribute, columns.get(condition.given)!, usable, input.identities, options);
    if (sample.matched.positive.length < 2) {
      context.diagnostics.add('conditionTooSmall', `${condition.attribute} given ${condition.given}`);
      continue;
    }
    const distances = (selection: Selection): Promise<TwoSidedDistances> =>
      selectionDistances(input, selection, options, buffers, {
        product: context.product,
        checkpoint: () => {
          throwIfCancelled(context.signal);
        },
      });
    const unmatched = compare(await distances(sample.unmatched));
    const matchedDistances = await distances(sample.matched);
    const matched = compare(matchedDistances);
    const inferred = inferWithin(sample.strata, matchedDistances, condition, options, context);
    const rows = inferred.then((p) =>
      modalities.map((modality): ConditionalRow => ({
        ...condition,
        modality,
        nIdentities: sample.matched.positive.length,
        nWithin: matched[modality].nFirst,
        nCross: matched[modality].nSecond,
        ks: matched[modality].statistic,
        sign: matched[modality].sign,
        ksUnmatched: unmatched[modality].statistic,
        signUnmatched: unmatched[modality].sign,
        permutations: Math.min(options.permutations, maxConditionalPermutations),
        pPermutation: p?.[modality].pPermutation ?? null,
        null95: p?.[modality].null95 ?? null,
      })),
    );
    rows.catch(() => undefined);
    results.push(rows);
    if (results.length >= inFlight) await results.at(-inFlight);
  }
  context.progress(conditions.length, conditions.length, conditions.at(-1)?.attribute ?? '');
  return (await Promise.all(results)).flat();
}

const inFlight = 3;

function compare({ withinPositive, withinNegative, cross }: TwoSidedDistances) {
  const across = ksSample(cross, 'cross');
  return {
    positive: compareKsSamples(ksSample(withinPositive, 'within-positive'), across),
    negative: compareKsSamples(ksSample(withinNegative, 'within-negative'), across),
  };
}

async function inferWithin(
  strata: Int32Array,
  distances: TwoSidedDistances,
  { attribute, given }: Condition,
  { permutations, seed }: ConditionalOptions,
  context: MacroscaleContext,
) {
  if (permutations === 0) return null;
  const { nPositive, nNegative, identities } = distances;
  return context.infer({
    ...binDistances(distances),
    labels: new Int8Array(nPositive + nNegative).fill(1, 0, nPositive).fill(-1, nPositive),
    identities,
    strata,
    permutations: Math.min(permutations, maxConditionalPermutations),
    bootstraps: 0,
    seed,
    label: `${attribute} given ${given}`,
  });
}

interface MatchedSample {
  readonly matched: Selection;
  /** The given attribute of each matched row, positives first. */
  readonly strata: Int32Array;
  readonly unmatched: Selection;
}

function drawMatched(
  attribute: AttributeColumn,
  given: AttributeColumn,
  usable: Uint8Array,
  identities: Int32Array,
  { maxIdentities, seed }: ConditionalOptions,
): MatchedSample {
  const stream = new SeededRandom(seed).fork(attribute.name).fork(`given ${given.name}`);
  const rows = oneRowOfEach(attribute, given, usable, identities, stream.fork('image'));
  stream.fork('identity').shuffle(rows);
  const of = (sign: number, stratum: number): Int32Array =>
    rows.filter((row) => attribute.values[row] === sign && given.values[row] === stratum);
  const strata = [1, -1].map((stratum) => {
    const [positive, negative] = [of(1, stratum), of(-1, stratum)];
    return { stratum, positive, negative, n: Math.min(positive.length, negative.length) };
  });
  const all = strata.reduce((sum, { n }) => sum + n, 0);
  const share = Math.min(1, Math.min(maxIdentities, maxInferenceSide) / Math.max(1, all));
  const kept = strata.map((one) => ({ ...one, n: Math.floor(one.n * share) }));
  const matched = {
    positive: Int32Array.from(kept.flatMap(({ positive, n }) => [...positive.slice(0, n)])),
    negative: Int32Array.from(kept.flatMap(({ negative, n }) => [...negative.slice(0, n)])),
  };
  const n = matched.positive.length;
  const side = kept.flatMap((one) => Array.from({ length: one.n }, () => one.stratum));
  return {
    matched,
    strata: Int32Array.from([...side, ...side]),
    unmatched: {
      positive: rows.filter((row) => attribute.values[row] === 1).slice(0, n),
      negative: rows.filter((row) => attribute.values[row] === -1).slice(0, n),
    },
  };
}

/** A row of each identity in which both attributes are known, any of them equally likely. */
function oneRowOfEach(
  attribute: AttributeColumn,
  given: AttributeColumn,
  usable: Uint8Array,
  identities: Int32Array,
  random: SeededRandom,
): Int32Array {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < usable.length; row++) {
    if (usable[row] === 0 || attribute.values[row] === 0 || given.values[row] === 0) continue;
    const group = groups.get(identities[row]!);
    if (group) group.push(row);
    else groups.set(identities[row]!, [row]);
  }
  return Int32Array.from(groups.values(), (group) => group[random.nextInt(group.length)]!);
}
