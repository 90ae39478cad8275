import { readFileSync } from 'node:fs';
import { readFloat32Npy } from './npy.ts';

const folder = new URL('../fixtures/verification/', import.meta.url);

interface ExpectedTar {
  readonly tar: number;
  readonly far_reached: number;
  readonly threshold: number | '-Infinity';
}

export interface ExpectedSet {
  readonly n_matched: number;
  readonly n_unmatched: number;
  readonly mean_within: number;
  readonly mean_between: number;
  readonly ratio_within_over_between: number;
  readonly roc_auc: number;
  readonly eer: number;
  readonly 'tar_at_far_1e-2': ExpectedTar;
  readonly 'tar_at_far_1e-3': ExpectedTar;
  readonly lowest_balanced_error_over_thresholds: number;
}

interface ExpectedOverlap {
  readonly value: number;
  readonly grid_min: number;
  readonly grid_max: number;
}

interface ExpectedFolds {
  readonly folds: readonly {
    readonly fold: number;
    readonly threshold: number;
    readonly tied_best_cuts: number;
    readonly accuracy: number;
    readonly grid_threshold: number;
    readonly grid_accuracy: number;
  }[];
  readonly mean_accuracy: number;
  readonly standard_error: number;
  readonly grid_mean_accuracy: number;
  readonly grid_standard_error: number;
  readonly pooled: ExpectedSet;
}

interface ExpectedPair {
  readonly row_a: number;
  readonly row_b: number;
  readonly same: boolean;
  readonly cosine: number;
  readonly euclidean: number;
}

interface ExpectedSpread {
  readonly within_pairs: number;
  readonly between_pairs: number;
  readonly mean_within_over_pairs: number;
  readonly mean_between_over_pairs: number;
  readonly ratio_over_pairs: number;
  readonly mean_within_over_identities: number;
  readonly ratio_over_identities: number;
}

interface InlineSet {
  readonly matched: readonly number[];
  readonly unmatched: readonly number[];
  readonly expected: ExpectedSet;
}

interface Expected {
  readonly sets: ExpectedSet & {
    readonly kde_overlap_reference_grid: ExpectedOverlap;
    readonly kde_overlap_full_grid: ExpectedOverlap;
    readonly bayes_error_equal_priors: number;
  };
  readonly small_with_ties: InlineSet;
  readonly perfect: InlineSet;
  readonly reversed: InlineSet;
  readonly lfw: {
    readonly n_people: number;
    readonly first_pair: ExpectedPair;
    readonly last_pair: ExpectedPair;
    readonly cosine: ExpectedFolds;
    readonly euclidean: ExpectedFolds;
  };
  readonly macroscale_embeddings: Readonly<Record<'cosine' | 'euclidean', ExpectedSpread>>;
  readonly config: { readonly bandwidth: number };
}

export const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected;

/** Distances of the large set; float32 widened to float64. */
export const matched: Float64Array = readVector('matched.npy');
export const unmatched: Float64Array = readVector('unmatched.npy');

const lfw = new URL('lfw/', folder);
const imageLines = lines('images.csv').slice(1);
const rowOf = new Map(
  imageLines.map((line, row) => {
    const [, name, number] = line.split(',');
    return [`${name} ${number}`, row];
  }),
);

/** Images of `pairs.txt`'s people: rows × 16 numbers. */
export const lfwEmbeddings = readFloat32Npy(new URL('embeddings.npy', lfw));
export const lfwImages: readonly string[] = imageLines.map((line) => line.split(',')[3]!);
const names = imageLines.map((line) => line.split(',')[1]!);
const people = [...new Set(names)];
export const lfwIdentities: Int32Array = Int32Array.from(names, (name) => people.indexOf(name));
export const lfwPairs = readPairs(lines('pairs.txt'));

function readPairs([header, ...rows]: readonly string[]) {
  const pairsPerHalfFold = Number(header!.split('\t')[1]);
  const cells = rows.map((row) => row.split('\t'));
  const ends = cells.map(([a, i, b, j]) =>
    j === undefined ? [`${a} ${i}`, `${a} ${b}`] : [`${a} ${i}`, `${b} ${j}`],
  );
  return {
    left: Int32Array.from(ends, ([left]) => rowOf.get(left!)!),
    right: Int32Array.from(ends, ([, right]) => rowOf.get(right!)!),
    same: Uint8Array.from(cells, (row) => (row.length === 3 ? 1 : 0)),
    fold: Uint8Array.from(cells, (_, i) => Math.floor(i / (2 * pairsPerHalfFold))),
    nMissing: 0,
  };
}

function lines(name: string): string[] {
  return readFileSync(new URL(name, lfw), 'utf8').trim().split('\n');
}

function readVector(name: string): Float64Array {
  const bytes = readFileSync(new URL(name, folder));
  const start = 10 + bytes.readUInt16LE(8);
  if (!bytes.toString('latin1', 10, start).includes("'<f4'")) throw new Error(`${name} is not float32.`);
  return Float64Array.from(new Float32Array(new Uint8Array(bytes.subarray(start)).buffer));
}
