import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import { SeededRandom } from '../numerics/random.ts';
import type { TwoSidedDistances } from './binnedDistances.ts';
import { type DistanceContext, distancesWithin, gatherPoints } from './pairDistances.ts';
import { mostExtreme, type PairWalk } from './mostExtreme.ts';
import type { Selection } from './selection.ts';

/** Two images and their distance; of a cross pair, `left` shows the attribute and `right` does not. */
export interface ExtremePair {
  readonly left: string;
  readonly right: string;
  readonly distance: number;
}

/** What the ends of the distributions of an attribute look like; names are the report's. */
export interface AttributeExtremes {
  readonly attribute: string;
  /** By rising distance. */
  readonly closestCross: ExtremePair[];
  /** By falling distance. */
  readonly farthestPositive: ExtremePair[];
  readonly farthestNegative: ExtremePair[];
}

/**
 * The closest cross pairs and the farthest pairs within each modality, among the distances that the KS distance is
 * of, always of two people; see `mostExtreme`. To be called before the distances are sorted.
 *
 * @param distances as `selectionDistances` gives them for `selection`
 */
export function extremesOfSelection(
  attribute: string,
  images: readonly string[],
  { positive, negative }: Selection,
  distances: TwoSidedDistances,
): AttributeExtremes {
  const { nPositive, nNegative } = distances;
  const n = nPositive + nNegative;
  const imageOf = (point: number): string =>
    images[point < nPositive ? positive[point]! : negative[point - nPositive]!]!;
  return extremesOf(attribute, n, imageOf, {
    cross: walkAcross(distances),
    positive: walkWithin(0, nPositive, distances.withinPositive),
    negative: walkWithin(nPositive, nNegative, distances.withinNegative),
  });
}

export interface PointsWithImages {
  readonly embeddings: EmbeddingMatrix;
  readonly identities: Int32Array;
  readonly images: readonly string[];
  /** Row of each point. */
  readonly rows: Int32Array;
  /** Label of each point, +1, −1 or 0. */
  readonly attributes: readonly { readonly name: string; readonly labels: Int8Array }[];
}

/** 2 million distances, 16 MB. */
export const maxExtremePoints = 2_000;

/**
 * The same of points that are compared all with all: among at most `maxPoints` of them, drawn by seed, the same for
 * every attribute. Where there are more points, pairs more extreme than these exist.
 */
export async function extremesOfPoints(
  { embeddings, identities, images, rows, attributes }: PointsWithImages,
  { metric, seed }: { readonly metric: Metric; readonly seed: number },
  context: DistanceContext,
  maxPoints = maxExtremePoints,
): Promise<AttributeExtremes[]> {
  const chosen = drawPoints(rows.length, seed, maxPoints);
  const points = gatherPoints(
    embeddings,
    identities,
    chosen.map((point) => rows[point]!),
    metric,
  );
  const distances = new Float64Array((points.n * (points.n - 1)) / 2);
  await distancesWithin(points, distances, context);
  const imageOf = (point: number): string => images[rows[chosen[point]!]!]!;
  return attributes.map(({ name, labels }) => {
    const positive = showing(1, labels, chosen);
    const negative = showing(-1, labels, chosen);
    const walk = (left: Int32Array, right: Int32Array): PairWalk =>
      walkChosen(left, right, points.identities, distances);
    return extremesOf(name, points.n, imageOf, {
      cross: walk(positive, negative),
      positive: walk(positive, positive),
      negative: walk(negative, negative),
    });
  });
}

function extremesOf(
  attribute: string,
  nPoints: number,
  imageOf: (point: number) => string,
  walks: Readonly<Record<'cross' | 'positive' | 'negative', PairWalk>>,
): AttributeExtremes {
  const named = (order: 'smallest' | 'largest', walk: PairWalk): ExtremePair[] =>
    mostExtreme(order, nPoints, walk).map(({ i, j, distance }) => ({
      left: imageOf(i),
      right: imageOf(j),
      distance,
    }));
  return {
    attribute,
    closestCross: named('smallest', walks.cross),
    farthestPositive: named('largest', walks.positive),
    farthestNegative: named('largest', walks.negative),
  };
}

/** All, or some by seed; rising. */
function drawPoints(n: number, seed: number, maxPoints: number): Int32Array {
  const points = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= maxPoints) return points;
  new SeededRandom(seed).fork('extreme pairs').shuffle(points);
  return points.slice(0, maxPoints).sort();
}

/** Numbers among the chosen. */
function showing(sign: 1 | -1, labels: Int8Array, chosen: Int32Array): Int32Array {
  return Int32Array.from(chosen.keys()).filter((i) => labels[chosen[i]!] === sign);
}

function walkWithin(first: number, n: number, distances: Float64Array): PairWalk {
  return (visit) => {
    let k = 0;
    for (let i = first; i < first + n; i++) {
      for (let j = i + 1; j < first + n; j++) visit(i, j, distances[k++]!);
    }
  };
}

/** Pairs of one person are not among the distances where they are excluded, and are passed over where they are. */
function walkAcross({ nPositive, nNegative, identities, cross, sameIdentity }: TwoSidedDistances): PairWalk {
  return (visit) => {
    let k = 0;
    for (let i = 0; i < nPositive; i++) {
      for (let j = nPositive; j < nPositive + nNegative; j++) {
        const isSame = identities[i] === identities[j];
        if (!isSame) visit(i, j, cross[k]!);
        if (!isSame || sameIdentity === 'include') k++;
      }
    }
  };
}

/** Pairs of two people, of two lists of points or within one; `distances` are of all pairs i < j, row by row. */
function walkChosen(
  left: Int32Array,
  right: Int32Array,
  identities: Int32Array,
  distances: Float64Array,
): PairWalk {
  const n = identities.length;
  const isWithin = left === right;
  return (visit) => {
    for (let a = 0; a < left.length; a++) {
      const i = left[a]!;
      for (let b = isWithin ? a + 1 : 0; b < right.length; b++) {
        const j = right[b]!;
        if (identities[i] === identities[j]) continue;
        const [low, high] = i < j ? [i, j] : [j, i];
        visit(i, j, distances[low * n - (low * (low + 1)) / 2 + high - low - 1]!);
      }
    }
  };
}
