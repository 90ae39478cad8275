import type { VectorField } from './fieldEnergy.ts';
import type { IdentityField } from './identityFields.ts';
import type { FieldAlignment } from './microscaleOutcome.ts';

/**
 * Whether two attributes move the embedding the same way: 1 − cos of their vectors at the same base point, averaged
 * over the base points of an identity, then over identities. The diagonal is 0.
 */
export class AlignmentMeans {
  readonly #attributes: readonly string[];
  readonly #sums: Float64Array;
  readonly #identities: Int32Array;
  readonly #curves: Int32Array;

  constructor(attributes: readonly string[]) {
    this.#attributes = attributes;
    const n = attributes.length;
    this.#sums = new Float64Array(n * n);
    this.#identities = new Int32Array(n * n);
    this.#curves = new Int32Array(n * n);
  }

  /** One identity; a field for each attribute. */
  add(fields: readonly IdentityField[]): void {
    const units = fields.map((field) => unitVectors(field));
    for (let a = 0; a < fields.length; a++) {
      for (let b = a; b < fields.length; b++) {
        const { mean, n } = meanEnergy(units[a]!, units[b]!);
        if (n === 0) continue;
        for (const at of new Set([a * fields.length + b, b * fields.length + a])) {
          this.#sums[at]! += mean;
          this.#identities[at]!++;
          this.#curves[at]! += n;
        }
      }
    }
  }

  result(): FieldAlignment {
    const n = this.#attributes.length;
    const row = <T>(value: (at: number) => T, a: number): T[] =>
      Array.from({ length: n }, (_, b) => value(a * n + b));
    return {
      attributes: [...this.#attributes],
      values: this.#attributes.map((_, a) =>
        row((at) => (this.#identities[at]! > 0 ? clamp(this.#sums[at]! / this.#identities[at]!) : null), a),
      ),
      nCurves: this.#attributes.map((_, a) => row((at) => this.#curves[at]!, a)),
    };
  }
}

/** Unit vectors by base point; curves that do not move have none. */
function unitVectors(field: VectorField & { readonly basePoints: Int32Array }): Map<number, Float64Array> {
  const units = new Map<number, Float64Array>();
  const { dim, start, end } = field;
  field.basePoints.forEach((point, row) => {
    const unit = new Float64Array(dim);
    let square = 0;
    for (let t = 0; t < dim; t++) {
      unit[t] = end[row * dim + t]! - start[row * dim + t]!;
      square += unit[t]! * unit[t]!;
    }
    if (square === 0) return;
    const scale = 1 / Math.sqrt(square);
    for (let t = 0; t < dim; t++) unit[t]! *= scale;
    units.set(point, unit);
  });
  return units;
}

function meanEnergy(a: ReadonlyMap<number, Float64Array>, b: ReadonlyMap<number, Float64Array>) {
  let sum = 0;
  let n = 0;
  for (const [point, u] of a) {
    const w = b.get(point);
    if (!w) continue;
    let cosine = 0;
    for (let t = 0; t < u.length; t++) cosine += u[t]! * w[t]!;
    sum += 1 - cosine;
    n++;
  }
  return { mean: sum / n, n };
}

/** Rounding may reach past the ends of 0..2. */
function clamp(value: number): number {
  return Math.min(2, Math.max(0, value));
}
