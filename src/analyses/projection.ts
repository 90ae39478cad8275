import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { SeededRandom } from '../numerics/random.ts';
import type { SingleMatrixProduct } from '../numerics/singleMatrixProduct.ts';
import { umapCurve } from '../numerics/umap/curve.ts';
import { fuzzyGraph, type NeighbourLists } from '../numerics/umap/fuzzyGraph.ts';
import { defaultEpochs, startingPlaces, UmapLayout } from '../numerics/umap/layout.ts';
import { pause } from './cancellation.ts';
import { type Nearest, nearestInSpace, type SpacePoints } from './nearestInSpace.ts';
import { type PrincipalPlane, principalPlane } from './principalPlane.ts';

export interface ProjectionOptions {
  readonly metric: Metric;
  /** As umap-learn's `n_neighbors`: the point itself is one of them. */
  readonly neighbours: number;
  /** As umap-learn's `min_dist`. */
  readonly minDistance: number;
  readonly seed: number;
}

export const projectionSteps = ['neighbours', 'layout'] as const;
export type ProjectionStep = (typeof projectionSteps)[number];

export interface ProjectionContext {
  readonly signal: AbortSignal;
  /** `share` of the whole that is done: grows from 0 to 1. */
  readonly progress: (share: number, step: ProjectionStep) => void;
  readonly product: MatrixProduct;
  readonly singleProduct: SingleMatrixProduct;
}

/** Two pictures of the same points, and what is near what in truth. */
export interface PointProjection {
  readonly umap: { readonly x: Float64Array; readonly y: Float64Array };
  readonly pca: PrincipalPlane;
  readonly neighbours: NeighbourLists;
  readonly epochs: number;
}

/**
 * Projects embeddings to the plane: principal components, and UMAP (McInnes, Healy and Melville, 2018) that starts from
 * these. Where the metric is cosine, points are taken at unit length and distances are 1 − cos; else points and
 * distances are Euclidean. Neighbours are exact, see `nearestInSpace`. Takes three points or more.
 */
export async function projectEmbeddings(
  matrix: EmbeddingMatrix,
  { metric, neighbours, minDistance, seed }: ProjectionOptions,
  { signal, progress, product, singleProduct }: ProjectionContext,
): Promise<PointProjection> {
  const n = matrix.rows;
  if (!(n >= 3)) throw new RangeError(`projectEmbeddings needs three points or more, not ${n}.`);
  const random = new SeededRandom(seed);
  const points = centredPoints(matrix, metric);
  const pca = await principalPlane(points, product, random.fork('principal plane'), signal);
  const k = Math.min(Math.max(1, neighbours - 1), n - 1);
  const nearest = await nearestInSpace(points, k, singleProduct, {
    signal,
    progress: (done, total) => progress((done / total) * neighbourShare, 'neighbours'),
  });
  const lists = neighbourLists(nearest, n, metric);
  const epochs = defaultEpochs(n);
  const places = startingPlaces(pca.x, pca.y, random.fork('starting places'));
  const layout = new UmapLayout(
    fuzzyGraph(lists),
    places,
    umapCurve(minDistance),
    epochs,
    random.fork('layout'),
  );
  for (let done = 0; done < epochs;) {
    done = layout.step();
    progress(neighbourShare + (1 - neighbourShare) * (done / epochs), 'layout');
    await pause(signal);
  }
  const along = (axis: 0 | 1) => Float64Array.from({ length: n }, (_, i) => places[2 * i + axis]!);
  return { umap: { x: along(0), y: along(1) }, pca, neighbours: lists, epochs };
}

/** Of the time; an estimate for many points. */
const neighbourShare = 0.4;

/** Neither Euclidean distances nor principal components know where the origin was. */
function centredPoints({ rows, dim, data }: EmbeddingMatrix, metric: Metric): SpacePoints {
  const points = new Float32Array(rows * dim);
  const mean = new Float64Array(dim);
  for (let i = 0; i < rows; i++) {
    const scale = metric === 'cosine' ? 1 / (lengthOf(data.subarray(i * dim, (i + 1) * dim)) || 1) : 1;
    for (let t = 0; t < dim; t++) {
      const value = data[i * dim + t]! * scale;
      points[i * dim + t] = value;
      mean[t] = mean[t]! + value / rows;
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let t = 0; t < dim; t++) points[i * dim + t] = points[i * dim + t]! - mean[t]!;
  }
  return { n: rows, dim, data: points };
}

function lengthOf(row: Float32Array): number {
  let square = 0;
  for (const value of row) square += value * value;
  return Math.sqrt(square);
}

/** |a − b|² = 2(1 − cos) for unit vectors. */
function neighbourLists({ k, index, square }: Nearest, n: number, metric: Metric): NeighbourLists {
  const distance = square.map((one) => (metric === 'cosine' ? one / 2 : Math.sqrt(one)));
  return { n, k, index, distance };
}
