/**
 * Matrix products in float32: twice as fast as in float64, for what is settled in float64 afterwards or says that
 * it is not. Whatever the order of its sums, an element differs from the exact one by less than
 * γ·Σ|aᵢbᵢ| with γ = k·u/(1 − k·u), u being `singleRounding` (Higham, 2002, section 3.1).
 */
export interface SingleMatrixProduct {
  /**
   * a·bᵀ, shape m × n, row by row, into `out`, which holds m·n numbers or more; `a` is m × k and `b` is n × k, row
   * by row.
   */
  timesTransposed(
    a: Float32Array,
    b: Float32Array,
    m: number,
    n: number,
    k: number,
    out: Float32Array,
  ): Promise<void>;
}

/** Half a unit in the last place of 1. */
export const singleRounding = 2 ** -24;

/** The plain loops, with every sum rounded as a float32 kernel rounds it. */
export const plainSingleProduct: SingleMatrixProduct = {
  timesTransposed(a, b, m, n, k, out) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let t = 0; t < k; t++) sum = Math.fround(sum + Math.fround(a[i * k + t]! * b[j * k + t]!));
        out[i * n + j] = sum;
      }
    }
    return Promise.resolve();
  },
};
