import type { CurveTable, Stencils } from '../domain/curveTable.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import type { VectorField } from './fieldEnergy.ts';

/** The field of one identity along one attribute. */
export interface IdentityField extends VectorField {
  /** Number of each curve's base point, shared by attributes. */
  readonly basePoints: Int32Array;
  /** Curves left out because a point has no usable embedding. */
  readonly nBroken: number;
}

/** Numbers of the stencils of every identity and attribute, gathered once. */
export class StencilGroups {
  readonly #stencils: Stencils;
  readonly #groups = new Map<string, number[]>();

  constructor(stencils: Stencils) {
    this.#stencils = stencils;
    for (let s = 0; s < stencils.attribute.length; s++) {
      const key = `${stencils.identity[s]} ${stencils.attribute[s]}`;
      const group = this.#groups.get(key);
      if (group) group.push(s);
      else this.#groups.set(key, [s]);
    }
  }

  /** The field, from the embeddings of the identity's points. */
  field(
    identity: number,
    attribute: number,
    { firstPoint }: CurveTable,
    points: EmbeddingMatrix,
    usable: Uint8Array,
  ): IdentityField {
    const { start, base, end, basePoint } = this.#stencils;
    const first = firstPoint[identity]!;
    const group = this.#groups.get(`${identity} ${attribute}`) ?? [];
    const whole = group.filter((s) =>
      [start[s]!, base[s]!, end[s]!].every((point) => usable[point - first] === 1),
    );
    const { dim } = points;
    const gather = (numbers: Int32Array): Float32Array => {
      const rows = new Float32Array(whole.length * dim);
      whole.forEach((s, i) => {
        const row = numbers[s]! - first;
        rows.set(points.data.subarray(row * dim, (row + 1) * dim), i * dim);
      });
      return rows;
    };
    return {
      n: whole.length,
      dim,
      start: gather(start),
      base: gather(base),
      end: gather(end),
      basePoints: Int32Array.from(whole, (s) => basePoint[s]!),
      nBroken: group.length - whole.length,
    };
  }
}

/** 1 for each row of finite numbers that, for cosine, has a direction. */
export function usablePoints({ rows, dim, data }: EmbeddingMatrix, metric: Metric): Uint8Array {
  const usable = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    let square = 0;
    for (let t = row * dim; t < (row + 1) * dim; t++) square += data[t]! * data[t]!;
    if (square < Infinity && (square > 0 || metric === 'euclidean')) usable[row] = 1;
  }
  return usable;
}
