import { AppError } from '../domain/appError.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { SeededRandom } from '../numerics/random.ts';
import { sampleIndices } from '../numerics/sampleIndices.ts';
import type { PairList } from './listedDistances.ts';

/** A data set's own list of pairs, such as LFW's `pairs.txt`: row numbers, 1 where both are one person, the fold. */
export interface ProtocolPairs extends PairList {
  readonly same: Uint8Array;
  readonly fold: Uint8Array;
}

/** The pairs that are evaluated, and of how many. */
export interface VerificationPairSets {
  readonly matched: PairList;
  readonly unmatched: PairList;
  readonly nMatchedPossible: number;
  readonly nUnmatchedPossible: number;
  /** Fold of each pair, matched ones first; `null` where there is no protocol. */
  readonly folds: Uint8Array | null;
}

/**
 * Pairs of usable rows: all of one person and all of two people, or `maxPairs` of each kind drawn without repeats,
 * every set of pairs equally likely. A person thus weighs by the number of their pairs, as among all pairs. The
 * draw depends on the seed, the usable rows and their identities alone.
 *
 * @param usable 1 for each row that takes part.
 * @throws AppError notEnoughIdentities where there are no pairs of either kind.
 */
export function pairsOfDataSet(
  usable: Uint8Array,
  identities: Int32Array,
  maxPairs: number,
  seed: number,
): VerificationPairSets {
  const { order, ends } = groupRows(usable, identities);
  const n = order.length;
  const starts = ends.map((_, group) => (group === 0 ? 0 : ends[group - 1]!));
  const sizes = ends.map((end, group) => end - starts[group]!);
  const matchedCounts = sizes.map((size) => (size * (size - 1)) / 2);
  const unmatchedCounts = sizes.map((size, group) => size * (n - ends[group]!));
  const nMatchedPossible = sum(matchedCounts);
  const nUnmatchedPossible = sum(unmatchedCounts);
  if (ends.length < 2 || nMatchedPossible === 0) throw tooFew(n, ends.length);

  const random = new SeededRandom(seed);
  const matched = decode(
    sampleIndices(nMatchedPossible, maxPairs, random.fork('matched')),
    matchedCounts,
    (index, group) => {
      const [later, earlier] = fromTriangle(index);
      return [order[starts[group]! + earlier]!, order[starts[group]! + later]!];
    },
  );
  const unmatched = decode(
    sampleIndices(nUnmatchedPossible, maxPairs, random.fork('unmatched')),
    unmatchedCounts,
    (index, group) => {
      const nAfter = n - ends[group]!;
      const row = Math.floor(index / nAfter);
      return [order[starts[group]! + row]!, order[ends[group]! + index - row * nAfter]!];
    },
  );
  return { matched, unmatched, nMatchedPossible, nUnmatchedPossible, folds: null };
}

/**
 * The protocol's pairs, without those that have an unusable row, which are counted in the diagnostics.
 *
 * @throws AppError notEnoughIdentities where no pair of one person is left, or none of two.
 */
export function pairsOfProtocol(
  protocol: ProtocolPairs,
  usable: Uint8Array,
  images: readonly string[],
  diagnostics: DiagnosticLog,
): VerificationPairSets {
  const kept: Record<'matched' | 'unmatched', number[]> = { matched: [], unmatched: [] };
  for (let i = 0; i < protocol.left.length; i++) {
    const left = protocol.left[i]!;
    const right = protocol.right[i]!;
    if (usable[left] === 1 && usable[right] === 1) {
      kept[protocol.same[i] === 1 ? 'matched' : 'unmatched'].push(i);
    } else diagnostics.add('pairUnusable', `${images[left]}, ${images[right]}`);
  }
  const { matched, unmatched } = kept;
  if (matched.length === 0 || unmatched.length === 0) {
    throw new AppError(
      'notEnoughIdentities',
      `The list of pairs has ${matched.length} usable pairs of one person and ${unmatched.length} of two, and verification needs both. Check that its images are in the data set.`,
      { nMatched: matched.length, nUnmatched: unmatched.length },
    );
  }
  const list = (pairs: readonly number[]): PairList => ({
    left: Int32Array.from(pairs, (i) => protocol.left[i]!),
    right: Int32Array.from(pairs, (i) => protocol.right[i]!),
  });
  return {
    matched: list(matched),
    unmatched: list(unmatched),
    nMatchedPossible: matched.length,
    nUnmatchedPossible: unmatched.length,
    folds: Uint8Array.from([...matched, ...unmatched], (i) => protocol.fold[i]!),
  };
}

/** Usable rows by identity, ascending in each, and where each identity ends. */
export function groupRows(
  usable: Uint8Array,
  identities: Int32Array,
): { readonly order: Int32Array; readonly ends: readonly number[] } {
  const rows: number[] = [];
  for (let row = 0; row < usable.length; row++) if (usable[row] === 1) rows.push(row);
  rows.sort((a, b) => identities[a]! - identities[b]! || a - b);
  const ends: number[] = [];
  for (let i = 1; i <= rows.length; i++) {
    if (i === rows.length || identities[rows[i]!] !== identities[rows[i - 1]!]) ends.push(i);
  }
  return { order: Int32Array.from(rows), ends };
}

function tooFew(nImages: number, nIdentities: number): AppError {
  const images = `${nImages} usable ${nImages === 1 ? 'image' : 'images'}`;
  const people = `${nIdentities} ${nIdentities === 1 ? 'person' : 'people'}`;
  const lacking =
    nIdentities < 2 ? 'and pairs of two people need a second one' : 'and nobody has a second image';
  return new AppError(
    'notEnoughIdentities',
    `Verification compares pairs of one person with pairs of two: there are ${images} of ${people}, ${lacking}. Use a data set with at least two people, one of them with two images or more.`,
    { nImages, nIdentities },
  );
}

/** Finds the group of each ascending index among groups of `counts` pairs each, and the pair in it. */
function decode(
  indices: Float64Array,
  counts: readonly number[],
  pair: (index: number, group: number) => readonly [left: number, right: number],
): PairList {
  const left = new Int32Array(indices.length);
  const right = new Int32Array(indices.length);
  let group = 0;
  let before = 0;
  for (let i = 0; i < indices.length; i++) {
    while (indices[i]! >= before + counts[group]!) before += counts[group++]!;
    [left[i], right[i]] = pair(indices[i]! - before, group);
  }
  return { left, right };
}

/** Pair number k of 1-0, 2-0, 2-1, 3-0, … */
function fromTriangle(k: number): readonly [later: number, earlier: number] {
  let later = Math.floor((1 + Math.sqrt(1 + 8 * k)) / 2);
  while ((later * (later - 1)) / 2 > k) later--;
  while ((later * (later + 1)) / 2 <= k) later++;
  return [later, k - (later * (later - 1)) / 2];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
