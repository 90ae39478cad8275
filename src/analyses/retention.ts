import type { CurveTable } from '../domain/curveTable.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import { rowDistance } from './fieldEnergy.ts';
import type { Retention } from './microscaleOutcome.ts';

/** Longer segments are not drawn: the matrix would say nothing to a reader. */
const maxSteps = 25;

/**
 * Whether a segment stays with its person: mean distance of each step to each other over all segments of an
 * attribute, and the share of segments in which it is beyond the verification threshold.
 */
export class RetentionMeans {
  readonly #curves: CurveTable;
  readonly #metric: Metric;
  readonly #threshold: number | null;
  readonly #sums: Float64Array[];
  readonly #beyond: Float64Array[];
  readonly #counts: Int32Array;

  constructor(curves: CurveTable, metric: Metric, threshold: number | null) {
    this.#curves = curves;
    this.#metric = metric;
    this.#threshold = threshold;
    const matrix = (steps: readonly string[]): Float64Array =>
      new Float64Array(steps.length <= maxSteps ? steps.length ** 2 : 0);
    this.#sums = curves.steps.map(matrix);
    this.#beyond = curves.steps.map(matrix);
    this.#counts = new Int32Array(curves.attributes.length);
  }

  /** One identity: its embeddings, and which of them can be used. */
  add(identity: number, points: EmbeddingMatrix, usable: Uint8Array): void {
    const { attribute, offset, firstPoint } = this.#curves;
    const first = firstPoint[identity]!;
    for (let c = 0; c < attribute.length; c++) {
      if (this.#curves.identity[c] !== identity) continue;
      const rows = this.#curves.points.subarray(offset[c], offset[c + 1]).map((point) => point - first);
      const a = attribute[c]!;
      if (this.#sums[a]!.length !== rows.length ** 2 || rows.some((row) => usable[row] === 0)) continue;
      this.#counts[a]!++;
      this.#addSegment(this.#sums[a]!, this.#beyond[a]!, points, rows);
    }
  }

  results(): Retention[] {
    const { attributes, steps } = this.#curves;
    return attributes.flatMap((attribute, a) => {
      const n = this.#counts[a]!;
      if (n === 0) return [];
      const size = steps[a]!.length;
      const square = (sums: Float64Array): number[][] =>
        Array.from({ length: size }, (_, i) =>
          Array.from(sums.subarray(i * size, (i + 1) * size), (sum) => sum / n),
        );
      return [
        {
          attribute,
          steps: [...steps[a]!],
          nCurves: n,
          distances: square(this.#sums[a]!),
          beyond: this.#threshold === null ? null : square(this.#beyond[a]!),
          threshold: this.#threshold,
        },
      ];
    });
  }

  #addSegment(
    sums: Float64Array,
    beyond: Float64Array,
    { dim, data }: EmbeddingMatrix,
    rows: Int32Array,
  ): void {
    const size = rows.length;
    const point = (i: number): Float32Array => data.subarray(rows[i]! * dim, (rows[i]! + 1) * dim);
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) {
        const distance = rowDistance(point(i), point(j), 0, dim, this.#metric);
        for (const at of [i * size + j, j * size + i]) {
          sums[at]! += distance;
          if (this.#threshold !== null && distance > this.#threshold) beyond[at]!++;
        }
      }
    }
  }
}
