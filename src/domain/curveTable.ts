/**
 * Curves in the space of images: one identity moved along one attribute, step by step. Points are numbered identity
 * after identity, so that the embeddings of one can be in memory at a time.
 */
export interface CurveTable {
  readonly attributes: readonly string[];
  /** Steps of each attribute, ascending, as they are written. */
  readonly steps: readonly (readonly string[])[];
  readonly identities: readonly string[];
  /** Points of identity i: from `firstPoint[i]` to before `firstPoint[i + 1]`. */
  readonly firstPoint: Int32Array;
  /** Of each curve: index into `attributes` and `identities`. Curves of one identity come together. */
  readonly attribute: Int32Array;
  readonly identity: Int32Array;
  /** Points of curve c, step after step: from `offset[c]` to before `offset[c + 1]` of `points`. */
  readonly offset: Int32Array;
  readonly points: Int32Array;
  /** Curves of one base point, of several attributes, share a number. */
  readonly basePoint: Int32Array;
  /** Left out: a step of theirs is missing. */
  readonly nIncomplete: number;
}

/** Three points in a row of curves; the arrays have one entry for each. */
export interface Stencils {
  readonly attribute: Int32Array;
  readonly identity: Int32Array;
  readonly basePoint: Int32Array;
  readonly start: Int32Array;
  readonly base: Int32Array;
  readonly end: Int32Array;
}

/** Every three steps in a row of every curve; the one in the middle of the curve keeps the curve's base point. */
export function stencilsOf(table: CurveTable): Stencils {
  const { offset, points } = table;
  const nCurves = table.attribute.length;
  let n = 0;
  for (let c = 0; c < nCurves; c++) n += Math.max(0, offset[c + 1]! - offset[c]! - 2);
  const stencils: Stencils = {
    attribute: new Int32Array(n),
    identity: new Int32Array(n),
    basePoint: new Int32Array(n),
    start: new Int32Array(n),
    base: new Int32Array(n),
    end: new Int32Array(n),
  };
  const nBasePoints = table.basePoint.reduce((most, number) => Math.max(most, number), -1) + 1;
  let k = 0;
  for (let c = 0; c < nCurves; c++) {
    const nSteps = offset[c + 1]! - offset[c]!;
    const middle = Math.floor((nSteps - 1) / 2);
    for (let step = 1; step + 1 < nSteps; step++, k++) {
      const at = offset[c]! + step;
      stencils.attribute[k] = table.attribute[c]!;
      stencils.identity[k] = table.identity[c]!;
      stencils.basePoint[k] = step === middle ? table.basePoint[c]! : nBasePoints + k;
      stencils.start[k] = points[at - 1]!;
      stencils.base[k] = points[at]!;
      stencils.end[k] = points[at + 1]!;
    }
  }
  return stencils;
}

/** Gathers curves, which must come identity after identity. */
export class CurveBuilder {
  readonly #attributes: readonly string[];
  readonly #steps: readonly (readonly string[])[];
  readonly #identities: string[] = [];
  readonly #firstPoint: number[] = [];
  readonly #attribute: number[] = [];
  readonly #identity: number[] = [];
  readonly #offset: number[] = [0];
  readonly #points: number[] = [];
  readonly #basePoint: number[] = [];

  constructor(attributes: readonly string[], steps: readonly (readonly string[])[]) {
    this.#attributes = attributes;
    this.#steps = steps;
  }

  /** The identity that the curves to come are of; its first point has the number `firstPoint`. */
  startIdentity(name: string, firstPoint: number): void {
    this.#identities.push(name);
    this.#firstPoint.push(firstPoint);
  }

  add(attribute: number, basePoint: number, points: readonly number[]): void {
    this.#attribute.push(attribute);
    this.#identity.push(this.#identities.length - 1);
    this.#basePoint.push(basePoint);
    for (const point of points) this.#points.push(point);
    this.#offset.push(this.#points.length);
  }

  build(nPoints: number, nIncomplete: number): CurveTable {
    return {
      attributes: this.#attributes,
      steps: this.#steps,
      identities: this.#identities,
      firstPoint: Int32Array.from([...this.#firstPoint, nPoints]),
      attribute: Int32Array.from(this.#attribute),
      identity: Int32Array.from(this.#identity),
      offset: Int32Array.from(this.#offset),
      points: Int32Array.from(this.#points),
      basePoint: Int32Array.from(this.#basePoint),
      nIncomplete,
    };
  }
}
