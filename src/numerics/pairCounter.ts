import { instantiate, type WasmMemory } from './wasm/instantiate.ts';
import { pairCountsBytes } from './wasm/pairCountsBytes.ts';

/** Pairs of points in order of the bins that their distances fall into. */
export interface BinnedPairs {
  readonly nPoints: number;
  readonly nBins: number;
  /** Point numbers of each pair. */
  readonly left: Uint16Array;
  readonly right: Uint16Array;
  /** Pairs of bin b: from `starts[b]` to before `starts[b + 1]`. */
  readonly starts: Uint32Array;
}

/** How often each point counts as positive and as negative, in each of several replicates. */
export interface PairWeights {
  readonly nReplicates: number;
  /** nPoints × nReplicates, row by row, as is `negative`. A permutation has 0 and 1, a bootstrap multiplicities. */
  readonly positive: Uint8Array;
  readonly negative: Uint8Array;
}

/** nReplicates × nBins, row by row, each. */
export interface PairCounts {
  /** Σ p_i·p_j over the pairs of the bin. */
  readonly withinPositive: Uint32Array;
  /** Σ n_i·n_j */
  readonly withinNegative: Uint32Array;
  /** Σ p_i·n_j + n_i·p_j */
  readonly cross: Uint32Array;
}

interface Kernel {
  readonly memory: WasmMemory;
  count(pairs: number, starts: number, nBins: number, points: number, out: number): void;
}

const lanes = 4;

/**
 * Counts the pairs of each bin for many weightings of the points, four at a time with SIMD. The pairs are copied
 * into the module's memory once: 4 bytes a pair. Counts stay exact below 2³¹ for each bin.
 */
export class PairCounter {
  readonly #pairs: BinnedPairs;
  readonly #kernel: Kernel;
  readonly #startsAt: number;
  readonly #pointsAt: number;
  readonly #outAt: number;

  constructor(pairs: BinnedPairs) {
    const { nPoints, nBins, left, right, starts } = pairs;
    this.#pairs = pairs;
    this.#startsAt = align(4 * left.length);
    this.#pointsAt = align(this.#startsAt + 4 * (nBins + 1));
    this.#outAt = align(this.#pointsAt + 16 * nPoints);
    const bytes = this.#outAt + 48 * nBins;
    this.#kernel = instantiate(pairCountsBytes, bytes) as Kernel;
    const { buffer } = this.#kernel.memory;
    const both = new Uint16Array(buffer, 0, 2 * left.length);
    for (let pair = 0; pair < left.length; pair++) {
      both[2 * pair] = left[pair]!;
      both[2 * pair + 1] = right[pair]!;
    }
    new Uint32Array(buffer, this.#startsAt, nBins + 1).set(starts);
  }

  count({ nReplicates, positive, negative }: PairWeights): PairCounts {
    const { nPoints, nBins } = this.#pairs;
    const counts: PairCounts = {
      withinPositive: new Uint32Array(nReplicates * nBins),
      withinNegative: new Uint32Array(nReplicates * nBins),
      cross: new Uint32Array(nReplicates * nBins),
    };
    const { buffer } = this.#kernel.memory;
    const points = new Int16Array(buffer, this.#pointsAt, 8 * nPoints);
    const out = new Uint32Array(buffer, this.#outAt, 12 * nBins);
    for (let first = 0; first < nReplicates; first += lanes) {
      const n = Math.min(lanes, nReplicates - first);
      points.fill(0);
      for (let i = 0; i < nPoints; i++) {
        for (let lane = 0; lane < n; lane++) {
          points[8 * i + 2 * lane] = positive[i * nReplicates + first + lane]!;
          points[8 * i + 2 * lane + 1] = negative[i * nReplicates + first + lane]!;
        }
      }
      this.#kernel.count(0, this.#startsAt, nBins, this.#pointsAt, this.#outAt);
      for (let lane = 0; lane < n; lane++) {
        const row = (first + lane) * nBins;
        for (let bin = 0; bin < nBins; bin++) {
          const within = out[12 * bin + lane]!;
          counts.withinPositive[row + bin] = within;
          counts.withinNegative[row + bin] = out[12 * bin + 4 + lane]! - within;
          counts.cross[row + bin] = out[12 * bin + 8 + lane]!;
        }
      }
    }
    return counts;
  }
}

/** The plain loops that `PairCounter` is checked against. */
export function countPairsPlainly(
  { nBins, left, right, starts }: BinnedPairs,
  { nReplicates, positive, negative }: PairWeights,
): PairCounts {
  const counts: PairCounts = {
    withinPositive: new Uint32Array(nReplicates * nBins),
    withinNegative: new Uint32Array(nReplicates * nBins),
    cross: new Uint32Array(nReplicates * nBins),
  };
  for (let bin = 0; bin < nBins; bin++) {
    for (let pair = starts[bin]!; pair < starts[bin + 1]!; pair++) {
      const i = left[pair]! * nReplicates;
      const j = right[pair]! * nReplicates;
      for (let r = 0; r < nReplicates; r++) {
        const at = r * nBins + bin;
        counts.withinPositive[at]! += positive[i + r]! * positive[j + r]!;
        counts.withinNegative[at]! += negative[i + r]! * negative[j + r]!;
        counts.cross[at]! += positive[i + r]! * negative[j + r]! + negative[i + r]! * positive[j + r]!;
      }
    }
  }
  return counts;
}

/** A v128 may lie anywhere, but is fastest on its own boundary. */
function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
