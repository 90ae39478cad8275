/** Matrix products in float64. The engine computes them with ONNX Runtime, tests with plain loops. */
export interface MatrixProduct {
  /**
   * a·bᵀ, shape m × n, row by row; `a` is m × k and `b` is n × k, row by row. The answer may lie in `out`, which
   * holds m·n numbers or more: one memory for many products saves the system from clearing new pages for each.
   */
  timesTransposed(
    a: Float64Array,
    b: Float64Array,
    m: number,
    n: number,
    k: number,
    out?: Float64Array,
  ): Promise<Float64Array>;
}

/** The plain loops: a reference, and fast enough for small matrices. */
export const plainMatrixProduct: MatrixProduct = {
  timesTransposed(a, b, m, n, k, memory) {
    const out = memory?.subarray(0, m * n) ?? new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let t = 0; t < k; t++) sum += a[i * k + t]! * b[j * k + t]!;
        out[i * n + j] = sum;
      }
    }
    return Promise.resolve(out);
  },
};
