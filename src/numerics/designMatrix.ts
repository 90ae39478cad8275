import type { MatrixProduct } from './matrixProduct.ts';

/** Rows of a float32 matrix, each multiplied by a factor of its own. */
export interface DesignSource {
  readonly data: Float32Array;
  readonly dim: number;
  /** Rows of `data` that are used, in this order. */
  readonly rows: Int32Array;
  /** One factor for each entry of `rows`. */
  readonly factors: Float64Array;
}

/**
 * The matrix X of a regression, n × (dim + 1), its last column 1 for the intercept. It is never held in float64 as
 * a whole: blocks of rows are made for each product. A number that is not finite: `RangeError`.
 */
export class DesignMatrix {
  readonly n: number;
  readonly width: number;
  readonly #source: DesignSource;
  readonly #product: MatrixProduct;

  constructor(source: DesignSource, product: MatrixProduct) {
    this.n = source.rows.length;
    this.width = source.dim + 1;
    this.#source = source;
    this.#product = product;
    checkFinite(source);
  }

  /** W·Xᵀ, m × n, into `out`; `weights` is m × width. */
  async margins(weights: Float64Array, m: number, out: Float64Array): Promise<void> {
    const { n, width } = this;
    const block = new Float64Array(Math.min(n, blockRows) * width);
    const memory = new Float64Array(m * Math.min(n, blockRows));
    for (let start = 0; start < n; start += blockRows) {
      const size = Math.min(blockRows, n - start);
      this.#fill(block, start, size, width, 1);
      const part = await this.#product.timesTransposed(
        weights.subarray(0, m * width),
        block.subarray(0, size * width),
        m,
        size,
        width,
        memory,
      );
      for (let i = 0; i < m; i++) out.set(part.subarray(i * size, (i + 1) * size), i * n + start);
    }
  }

  /** R·X, m × width, into `out`; `residuals` is m × n. */
  async gradients(residuals: Float64Array, m: number, out: Float64Array): Promise<void> {
    const { n, width } = this;
    const transposed = new Float64Array(Math.min(n, blockRows) * width);
    const slice = new Float64Array(m * Math.min(n, blockRows));
    const memory = new Float64Array(m * width);
    out.fill(0, 0, m * width);
    for (let start = 0; start < n; start += blockRows) {
      const size = Math.min(blockRows, n - start);
      this.#fill(transposed, start, size, 1, size);
      for (let i = 0; i < m; i++) {
        slice.set(residuals.subarray(i * n + start, i * n + start + size), i * size);
      }
      const part = await this.#product.timesTransposed(
        slice.subarray(0, m * size),
        transposed.subarray(0, size * width),
        m,
        width,
        size,
        memory,
      );
      for (let i = 0; i < m * width; i++) out[i]! += part[i]!;
    }
  }

  /** XᵀX, width × width. */
  async gram(): Promise<Float64Array> {
    const { n, width } = this;
    const transposed = new Float64Array(Math.min(n, blockRows) * width);
    const memory = new Float64Array(width * width);
    const sum = new Float64Array(width * width);
    for (let start = 0; start < n; start += blockRows) {
      const size = Math.min(blockRows, n - start);
      this.#fill(transposed, start, size, 1, size);
      const columns = transposed.subarray(0, size * width);
      const part = await this.#product.timesTransposed(columns, columns, width, width, size, memory);
      for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
    }
    return sum;
  }

  /** Sums of squares of the columns: the diagonal of XᵀX. */
  columnSquares(): Float64Array {
    const { dim, data, rows, factors } = this.#source;
    const sums = new Float64Array(this.width);
    rows.forEach((row, i) => {
      for (let t = 0; t < dim; t++) sums[t]! += (data[row * dim + t]! * factors[i]!) ** 2;
    });
    sums[dim] = this.n;
    return sums;
  }

  /** Writes a block of rows so that entry (row, column) lies at row · `rowStep` + column · `columnStep`. */
  #fill(out: Float64Array, start: number, size: number, rowStep: number, columnStep: number): void {
    const { dim, data, rows, factors } = this.#source;
    for (let i = 0; i < size; i++) {
      const from = rows[start + i]! * dim;
      const factor = factors[start + i]!;
      const to = i * rowStep;
      for (let t = 0; t < dim; t++) out[to + t * columnStep] = data[from + t]! * factor;
      out[to + dim * columnStep] = 1;
    }
  }
}

function checkFinite({ data, dim, rows, factors }: DesignSource): void {
  rows.forEach((row, i) => {
    for (let t = 0; t < dim; t++) {
      const value = data[row * dim + t]! * factors[i]!;
      if (!Number.isFinite(value)) throw new RangeError(`Number ${t} of row ${row} is ${value}.`);
    }
  });
}

/** 1024 rows of 513 numbers are 4 MB. */
const blockRows = 1024;
