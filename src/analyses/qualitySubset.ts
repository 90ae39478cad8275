import { AppError } from '../domain/appError.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import { pause } from './cancellation.ts';
import { distancesOfPairs, squaredLengths } from './listedDistances.ts';

/** Entry i of every array belongs to image i. */
export interface QualitySubsetInput {
  readonly identities: Int32Array;
  /** Names of the identities, for diagnostics. */
  readonly identityNames: readonly string[];
  readonly images: readonly string[];
  /** Faces found in each image; `null` where nobody looked, and then none is left out for it. */
  readonly faceCounts: Int32Array | null;
  /** `null`: no outlier filter. */
  readonly embeddings: EmbeddingMatrix | null;
}

export interface QualitySubsetOptions {
  /** Images an identity must have; the paper takes 30. */
  readonly minImages: number;
  readonly metric: Metric;
  /** Which nearest neighbour an image is judged by; the paper takes the first. */
  readonly neighbour?: number;
}

export interface QualitySubsetContext {
  readonly signal: AbortSignal;
  readonly diagnostics: DiagnosticLog;
  progress(done: number, total: number, item: string): void;
}

export type QualityStep = 'all' | 'oneFace' | 'minImages' | 'outliers' | 'minImagesAgain';

/** What is left after a step. */
export interface QualityStepCount {
  readonly step: QualityStep;
  readonly nImages: number;
  readonly nIdentities: number;
}

export interface QualitySubset {
  /** Rows that are kept, ascending. */
  readonly rows: Int32Array;
  /** `all` first, then the steps that were taken. */
  readonly steps: QualityStepCount[];
}

/**
 * The paper's preprocessing: images with exactly one face, identities with at least `minImages` of them, the
 * geometric outlier filter, and again identities with at least `minImages`.
 *
 * The filter keeps an image where the distance to its k-th nearest neighbour of the same identity is below the
 * median of the identity's matrix of distances. As in the paper's code that matrix is whole: each pair counts
 * twice, and the zeros of its diagonal pull the median down.
 *
 * An identity of k images or fewer cannot be judged: it is kept and named in the diagnostics. An embedding that is
 * zero or not finite is left out with the outliers, and named.
 */
export async function selectQualitySubset(
  input: QualitySubsetInput,
  { minImages, metric, neighbour = 1 }: QualitySubsetOptions,
  context: QualitySubsetContext,
): Promise<QualitySubset> {
  const { identities, images, faceCounts, embeddings } = input;
  checkInput(input, minImages, neighbour);
  let rows = Int32Array.from(images, (_, row) => row);
  const steps: QualityStepCount[] = [];
  const take = (step: QualityStep, kept: Int32Array<ArrayBuffer>): void => {
    rows = kept;
    steps.push({ step, nImages: rows.length, nIdentities: groupByIdentity(rows, identities).size });
  };
  take('all', rows);
  if (faceCounts) {
    take(
      'oneFace',
      rows.filter((row) => faceCounts[row] === 1),
    );
  }
  take('minImages', withEnoughImages(rows, identities, minImages));
  if (embeddings) {
    take('outliers', await withoutOutliers(rows, embeddings, input, metric, neighbour, context));
    take('minImagesAgain', withEnoughImages(rows, identities, minImages));
  }
  return { rows, steps };
}

/** 1 GB of pairs and distances. */
const largestIdentity = 9000;

function checkInput(
  { identities, images, faceCounts, embeddings }: QualitySubsetInput,
  minImages: number,
  neighbour: number,
): void {
  const n = images.length;
  const lengths = [identities.length, faceCounts?.length ?? n, embeddings?.rows ?? n];
  if (lengths.some((length) => length !== n)) {
    throw new AppError('internal', `${n} images do not fit columns of ${lengths.join(', ')} rows.`);
  }
  for (const [name, value] of Object.entries({ minImages, neighbour })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new AppError('settingInvalid', `${name} must be a whole number from 1, not ${value}.`, {
      [name]: value,
    });
  }
}

function groupByIdentity(rows: Int32Array, identities: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const group = groups.get(identities[row]!);
    if (group) group.push(row);
    else groups.set(identities[row]!, [row]);
  }
  return groups;
}

function withEnoughImages(
  rows: Int32Array<ArrayBuffer>,
  identities: Int32Array,
  minImages: number,
): Int32Array<ArrayBuffer> {
  const groups = groupByIdentity(rows, identities);
  return rows.filter((row) => groups.get(identities[row]!)!.length >= minImages);
}

async function withoutOutliers(
  rows: Int32Array<ArrayBuffer>,
  embeddings: EmbeddingMatrix,
  { identities, identityNames, images }: QualitySubsetInput,
  metric: Metric,
  neighbour: number,
  context: QualitySubsetContext,
): Promise<Int32Array<ArrayBuffer>> {
  const { signal, diagnostics } = context;
  const squares = squaredLengths(embeddings);
  const usable = rows.filter((row) => {
    if (squares[row]! > 0 && squares[row]! < Infinity) return true;
    diagnostics.add('embeddingInvalid', images[row]);
    return false;
  });
  const groups = groupByIdentity(usable, identities);
  const kept = new Uint8Array(images.length);
  let done = 0;
  for (const [identity, group] of groups) {
    const name = identityNames[identity] ?? String(identity);
    context.progress(done++, groups.size, name);
    if (group.length <= neighbour) {
      diagnostics.add('identityNotFiltered', name);
      for (const row of group) kept[row] = 1;
      continue;
    }
    if (group.length > largestIdentity) {
      throw new AppError(
        'dataSetInvalid',
        `«${name}» has ${group.length} images, too many for the outlier filter, which compares each with each. Switch the filter off, or give it ${largestIdentity} images at most.`,
        { identity: name, nImages: group.length, limit: largestIdentity },
      );
    }
    const pairs = allPairs(group);
    const distances = await distancesOfPairs(embeddings, squares, pairs, metric, () => pause(signal));
    const mask = filterOutliers(distances, group.length, neighbour);
    for (const [i, row] of group.entries()) kept[row] = mask[i]!;
    if (!mask.includes(1)) diagnostics.add('identityAllOutliers', name);
  }
  context.progress(groups.size, groups.size, '');
  return usable.filter((row) => kept[row] === 1);
}

/** 1 for each of n images that passes; `distances` are those of the pairs i < j, row by row. */
function filterOutliers(distances: Float64Array, n: number, neighbour: number): Uint8Array {
  const median = medianOfMatrix(distances, n);
  const ofRow = new Float64Array(n - 1);
  return Uint8Array.from({ length: n }, (_, i) => {
    for (let j = 0, k = 0; j < n; j++) if (j !== i) ofRow[k++] = distances[pairIndex(i, j, n)]!;
    return Number(ofRow.sort()[neighbour - 1]! < median);
  });
}

/** The median of the n² entries: n zeros, and each distance twice. */
function medianOfMatrix(distances: Float64Array, n: number): number {
  const sorted = distances.toSorted();
  const entry = (position: number): number => (position < n ? 0 : sorted[(position - n) >> 1]!);
  const total = n * n;
  return (entry((total - 1) >> 1) + entry(total >> 1)) / 2;
}

function pairIndex(i: number, j: number, n: number): number {
  const first = Math.min(i, j);
  const second = Math.max(i, j);
  return first * n - (first * (first + 1)) / 2 + second - first - 1;
}

function allPairs(rows: readonly number[]): { left: Int32Array; right: Int32Array } {
  const n = rows.length;
  const left = new Int32Array((n * (n - 1)) / 2);
  const right = new Int32Array(left.length);
  for (let i = 0, k = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, k++) {
      left[k] = rows[i]!;
      right[k] = rows[j]!;
    }
  }
  return { left, right };
}
