/** Pairs of points, each as the number of the bin that its distance falls into. */
export interface BinnedPairs {
  readonly nPoints: number;
  readonly nBins: number;
  /** One for each pair i < j, row by row: n(n − 1)/2. `nBins` itself: the pair takes no part. */
  readonly bins: Uint16Array;
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

/** Counts all pairs for all replicates; the engine does it with SIMD on all cores, tests with plain loops. */
export interface PairCounter {
  count(pairs: BinnedPairs, weights: PairWeights): Promise<PairCounts>;
}

/** The plain loops: a reference, and fast enough for small data. */
export const plainPairCounter: PairCounter = {
  count({ nPoints, nBins, bins }, { nReplicates, positive, negative }) {
    const counts = {
      withinPositive: new Uint32Array(nReplicates * nBins),
      withinNegative: new Uint32Array(nReplicates * nBins),
      cross: new Uint32Array(nReplicates * nBins),
    };
    let pair = 0;
    for (let i = 0; i < nPoints; i++) {
      for (let j = i + 1; j < nPoints; j++) {
        const bin = bins[pair++]!;
        if (bin === nBins) continue;
        for (let r = 0; r < nReplicates; r++) {
          const at = r * nBins + bin;
          const pi = positive[i * nReplicates + r]!;
          const ni = negative[i * nReplicates + r]!;
          const pj = positive[j * nReplicates + r]!;
          const nj = negative[j * nReplicates + r]!;
          counts.withinPositive[at]! += pi * pj;
          counts.withinNegative[at]! += ni * nj;
          counts.cross[at]! += pi * nj + ni * pj;
        }
      }
    }
    return Promise.resolve(counts);
  },
};
