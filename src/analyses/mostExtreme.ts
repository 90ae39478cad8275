export interface FoundPair {
  readonly i: number;
  readonly j: number;
  readonly distance: number;
}

/** Visits pairs of points, always in the same order. */
export type PairWalk = (visit: (i: number, j: number, distance: number) => void) => void;

const maxPairs = 6;

/** So that one odd image, say one under a wrong name, does not fill the list. */
const maxPairsOfPoint = 2;

/**
 * At most 6 pairs of smallest or largest distance, the most extreme first: always the next of which neither point is
 * in two pairs already, and of equals the one that is visited first. Pairs whose distance is no number are passed over.
 *
 * @param kept bounds the memory: of so many pairs of one point alone, another walk is needed
 */
export function mostExtreme(
  order: 'smallest' | 'largest',
  nPoints: number,
  walk: PairWalk,
  kept = 256,
): readonly FoundPair[] {
  const sign = order === 'smallest' ? 1 : -1;
  const uses = new Uint8Array(nPoints);
  const found: FoundPair[] = [];
  const isFree = (i: number, j: number): boolean =>
    uses[i]! < maxPairsOfPoint &&
    uses[j]! < maxPairsOfPoint &&
    !found.some((pair) => pair.i === i && pair.j === j);
  for (let isCut = true; isCut && found.length < maxPairs;) {
    const best = new BestPairs(sign, kept);
    walk((i, j, distance) => {
      if (sign * distance < best.threshold && isFree(i, j)) best.add({ i, j, distance });
    });
    for (const pair of best.sorted()) {
      if (found.length === maxPairs || !isFree(pair.i, pair.j)) continue;
      uses[pair.i]!++;
      uses[pair.j]!++;
      found.push(pair);
    }
    isCut = best.isCut;
  }
  return found;
}

/** The first so many by distance, then by the order in which they came. */
class BestPairs {
  /** What is not below it, times the sign, need not be added. */
  threshold = Infinity;
  isCut = false;
  readonly #sign: 1 | -1;
  readonly #kept: number;
  #pairs: FoundPair[] = [];

  constructor(sign: 1 | -1, kept: number) {
    this.#sign = sign;
    this.#kept = kept;
  }

  add(pair: FoundPair): void {
    this.#pairs.push(pair);
    if (this.#pairs.length < 2 * this.#kept) return;
    this.#pairs = this.sorted().slice(0, this.#kept);
    this.threshold = this.#sign * this.#pairs.at(-1)!.distance;
    this.isCut = true;
  }

  /** Sorting is stable, so equal pairs stay in the order in which they came. */
  sorted(): FoundPair[] {
    return this.#pairs.toSorted((a, b) => this.#sign * (a.distance - b.distance));
  }
}
