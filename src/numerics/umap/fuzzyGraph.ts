/** Of each of `n` points its `k` nearest others, row by row, nearest first. */
export interface NeighbourLists {
  readonly n: number;
  readonly k: number;
  readonly index: Int32Array;
  readonly distance: Float64Array;
}

/** Edges of a graph, both directions of each, in the order of `head`. */
export interface FuzzyGraph {
  readonly n: number;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  /** In (0, 1]. */
  readonly weight: Float64Array;
}

/** Where the memberships of a point's neighbours begin to fall, and how fast. */
export interface NeighbourScale {
  /** Distance of the nearest that is not at the same place; 0 where all are. */
  readonly rho: number;
  readonly sigma: number;
}

/**
 * The fuzzy simplicial set of the points: the union, by the probabilistic t-conorm a + b − a·b, of what each point
 * sees of its neighbours (McInnes, Healy and Melville, 2018, algorithms 2 and 3; `fuzzy_simplicial_set` of
 * umap-learn). As there, a point counts as one of its own neighbours: umap-learn's `n_neighbors` is k + 1.
 */
export function fuzzyGraph(lists: NeighbourLists): FuzzyGraph {
  const strengths = membershipStrengths(lists);
  const { n, k, index } = lists;
  const degrees = new Int32Array(n);
  let nEdges = 0;
  eachPair(lists, strengths, (i, j) => {
    degrees[i]!++;
    degrees[j]!++;
    nEdges += 2;
  });
  const places = new Int32Array(n);
  for (let i = 1; i < n; i++) places[i] = places[i - 1]! + degrees[i - 1]!;
  const head = new Int32Array(nEdges);
  const tail = new Int32Array(nEdges);
  const weight = new Float64Array(nEdges);
  const put = (from: number, to: number, strength: number): void => {
    const at = places[from]!++;
    head[at] = from;
    tail[at] = to;
    weight[at] = strength;
  };
  eachPair({ n, k, index }, strengths, (i, j, strength) => {
    put(i, j, strength);
    put(j, i, strength);
  });
  return { n, head, tail, weight };
}

/**
 * Σ exp(−max(0, d − ρ)/σ) over the neighbours is log₂(k + 1), found by bisection; σ is at least a thousandth of
 * the mean distance, of the point itself or, where ρ is 0, of all points.
 * @param distances of one point's neighbours, ascending.
 */
export function neighbourScale(distances: Float64Array, meanOfAll: number): NeighbourScale {
  const rho = distances.find((distance) => distance > 0) ?? 0;
  const target = Math.log2(distances.length + 1);
  let [low, high, sigma] = [0, Infinity, 1];
  for (let step = 0; step < 64; step++) {
    let sum = 0;
    for (const distance of distances) sum += distance > rho ? Math.exp(-(distance - rho) / sigma) : 1;
    if (Math.abs(sum - target) < tolerance) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? 2 * sigma : (low + high) / 2;
  }
  const least = leastScale * (rho > 0 ? meanWithSelf(distances) : meanOfAll);
  return { rho, sigma: Math.max(sigma, least) };
}

const tolerance = 1e-5;
const leastScale = 1e-3;

/** What each point sees of its neighbours, n × k. */
export function membershipStrengths({ n, k, distance }: Omit<NeighbourLists, 'index'>): Float64Array {
  const meanOfAll = (distance.reduce((sum, one) => sum + one, 0) / Math.max(1, n * k)) * (k / (k + 1));
  const strengths = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const { rho, sigma } = neighbourScale(distance.subarray(i * k, (i + 1) * k), meanOfAll);
    for (let at = i * k; at < (i + 1) * k; at++) {
      const beyond = distance[at]! - rho;
      strengths[at] = beyond > 0 && sigma > 0 ? Math.exp(-beyond / sigma) : 1;
    }
  }
  return strengths;
}

function meanWithSelf(distances: Float64Array): number {
  return distances.reduce((sum, distance) => sum + distance, 0) / (distances.length + 1);
}

/** Each unordered pair of which one is the other's neighbour, once, with the strength of the union. */
function eachPair(
  { n, k, index }: Omit<NeighbourLists, 'distance'>,
  strengths: Float64Array,
  visit: (i: number, j: number, strength: number) => void,
): void {
  for (let i = 0; i < n; i++) {
    for (let at = i * k; at < (i + 1) * k; at++) {
      const j = index[at]!;
      const back = placeOf(index, j * k, k, i);
      if (back < 0) visitPositive(i, j, strengths[at]!, visit);
      else if (i < j) {
        const [a, b] = [strengths[at]!, strengths[back]!];
        visitPositive(i, j, a + b - a * b, visit);
      }
    }
  }
}

/** An exponential far out is zero: no edge. */
function visitPositive(
  i: number,
  j: number,
  strength: number,
  visit: (i: number, j: number, strength: number) => void,
): void {
  if (strength > 0) visit(i, j, strength);
}

function placeOf(index: Int32Array, from: number, k: number, wanted: number): number {
  for (let at = from; at < from + k; at++) if (index[at] === wanted) return at;
  return -1;
}
