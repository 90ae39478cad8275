import type { Metric } from '../domain/embeddingMatrix.ts';

/** Embeddings of test images, of which some show the same person. */
export interface TestEmbeddings {
  /** nFaces × dim, as the model gave them. */
  readonly embeddings: Float32Array;
  /** Where the model gives them apart. */
  readonly norms: Float32Array | null;
  readonly dim: number;
  /** Who is on each image. */
  readonly people: readonly number[];
}

export interface SelfTestOutcome {
  readonly nFaces: number;
  readonly dim: number;
  /** Vectors with a value that is not finite. */
  readonly nNotFinite: number;
  /** All finite vectors are the same. */
  readonly isConstant: boolean;
  /** `null` where no vector is finite. */
  readonly norm: { readonly min: number; readonly mean: number; readonly max: number } | null;
  /** Mean distance of two images of one person, and of two people; `null` where there is no such pair. */
  readonly meanWithin: number | null;
  readonly meanBetween: number | null;
  readonly passed: boolean;
  /** What is amiss, in words; empty where it passed. */
  readonly problems: readonly string[];
}

/** Whether embeddings of known people are what a face model should give. */
export function judgeEmbeddings(test: TestEmbeddings, metric: Metric): SelfTestOutcome {
  const { dim, people, norms } = test;
  const rows = people.map((_, i) => test.embeddings.subarray(i * dim, (i + 1) * dim));
  const finite = rows.flatMap((row, i) => (row.every(Number.isFinite) ? [i] : []));
  const lengths = finite.map((i) => norms?.[i] ?? Math.hypot(...rows[i]!)).filter(Number.isFinite);
  const pointing = finite.filter((i) => rows[i]!.some((value) => value !== 0));
  const { within, between } = meanDistances(rows, pointing, people, metric);
  const [first] = finite;
  const isConstant =
    first !== undefined && finite.length > 1 && finite.every((i) => isSame(rows[i]!, rows[first]!));
  const facts = {
    nFaces: people.length,
    nNotFinite: people.length - finite.length,
    nZero: finite.length - pointing.length,
    isConstant,
    within,
    between,
  };
  const problems = problemsOf(facts);
  return {
    nFaces: facts.nFaces,
    dim,
    nNotFinite: facts.nNotFinite,
    isConstant,
    norm:
      lengths.length === 0
        ? null
        : { min: Math.min(...lengths), mean: meanOf(lengths), max: Math.max(...lengths) },
    meanWithin: within,
    meanBetween: between,
    passed: problems.length === 0,
    problems,
  };
}

interface Facts {
  readonly nFaces: number;
  readonly nNotFinite: number;
  readonly nZero: number;
  readonly isConstant: boolean;
  readonly within: number | null;
  readonly between: number | null;
}

function problemsOf({ nFaces, nNotFinite, nZero, isConstant, within, between }: Facts): readonly string[] {
  const problems: string[] = [];
  if (nNotFinite > 0) problems.push(`${nNotFinite} of ${nFaces} vectors hold values that are not finite.`);
  if (nZero > 0) problems.push(`${nZero} of ${nFaces} vectors are zero.`);
  if (isConstant) problems.push('All faces give the same vector.');
  else if (within !== null && between !== null && !(within < between))
    problems.push(
      `Two images of one person are no nearer (${within.toFixed(3)}) than those of two people (${between.toFixed(3)}).`,
    );
  return problems;
}

function meanDistances(
  rows: readonly Float32Array[],
  usable: readonly number[],
  people: readonly number[],
  metric: Metric,
): { readonly within: number | null; readonly between: number | null } {
  const within: number[] = [];
  const between: number[] = [];
  usable.forEach((i, at) => {
    for (const j of usable.slice(at + 1)) {
      const side = people[i] === people[j] ? within : between;
      side.push(distance(rows[i]!, rows[j]!, metric));
    }
  });
  return {
    within: within.length === 0 ? null : meanOf(within),
    between: between.length === 0 ? null : meanOf(between),
  };
}

function distance(a: Float32Array, b: Float32Array, metric: Metric): number {
  let [ab, aa, bb, squares] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    ab += x * y;
    aa += x * x;
    bb += y * y;
    squares += (x - y) ** 2;
  }
  return metric === 'cosine' ? 1 - ab / Math.sqrt(aa * bb) : Math.sqrt(squares);
}

/** Equal but for rounding: a net whose output hangs on its input moves it by far more. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  const size = Math.hypot(...b);
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(squares) <= 1e-6 * size;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
