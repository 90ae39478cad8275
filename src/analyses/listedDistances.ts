import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import { distanceOfSquare, squaredLength } from './pairDistances.ts';

/** Pairs of rows. */
export interface PairList {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Squared length of every row in float64; a row that is zero or not finite cannot be used. */
export function squaredLengths(embeddings: EmbeddingMatrix): Float64Array {
  return Float64Array.from({ length: embeddings.rows }, (_, row) => squaredLength(embeddings, row));
}

/**
 * Distances of listed pairs, each from its two rows and summed in float64; no copy of the embeddings is made.
 * `checkpoint` is awaited every few thousand pairs and may throw.
 */
export async function distancesOfPairs(
  embeddings: EmbeddingMatrix,
  squares: Float64Array,
  { left, right }: PairList,
  metric: Metric,
  checkpoint: () => Promise<void>,
): Promise<Float64Array> {
  const distances = new Float64Array(left.length);
  for (let start = 0; start < left.length; start += pairsBetweenCheckpoints) {
    await checkpoint();
    const end = Math.min(start + pairsBetweenCheckpoints, left.length);
    for (let i = start; i < end; i++) {
      distances[i] =
        metric === 'cosine'
          ? cosineDistance(embeddings, squares, left[i]!, right[i]!)
          : distanceOfSquare(squaredDifference(embeddings, left[i]!, 1, right[i]!, 1), false);
    }
  }
  return distances;
}

const pairsBetweenCheckpoints = 8192;

function cosineDistance(
  embeddings: EmbeddingMatrix,
  squares: Float64Array,
  left: number,
  right: number,
): number {
  const { dim, data } = embeddings;
  const a = left * dim;
  const b = right * dim;
  let dot = 0;
  for (let t = 0; t < dim; t++) dot += data[a + t]! * data[b + t]!;
  let squared = 2 - (2 * dot) / Math.sqrt(squares[left]! * squares[right]!);
  // Near rows: 1 − cos would lose its digits.
  if (!(squared >= 0.02)) {
    const scaleLeft = 1 / Math.sqrt(squares[left]!);
    const scaleRight = 1 / Math.sqrt(squares[right]!);
    squared = squaredDifference(embeddings, left, scaleLeft, right, scaleRight);
  }
  return distanceOfSquare(squared, true);
}

function squaredDifference(
  { dim, data }: EmbeddingMatrix,
  left: number,
  scaleLeft: number,
  right: number,
  scaleRight: number,
): number {
  let sum = 0;
  for (let t = 0; t < dim; t++) {
    const difference = data[left * dim + t]! * scaleLeft - data[right * dim + t]! * scaleRight;
    sum += difference * difference;
  }
  return sum;
}
