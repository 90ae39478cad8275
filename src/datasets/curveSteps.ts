/** Points of curves as they are read: by attribute, curve and step. */
export class CurveSteps {
  /** Attributes in order of appearance. */
  readonly #attributes = new Map<string, Map<string, Map<string, number>>>();

  /** Returns false where this curve has this step already. */
  add(attribute: string, curve: string, step: string, point: number): boolean {
    const curves = childOf(this.#attributes, attribute);
    const steps = childOf(curves, curve);
    if (steps.has(step)) return false;
    steps.set(step, point);
    return true;
  }

  get attributes(): readonly string[] {
    return [...this.#attributes.keys()];
  }

  /** All steps that any curve of the attribute has, ascending. */
  stepsOf(attribute: string): string[] {
    const all = new Set<string>();
    for (const steps of this.#curves(attribute).values()) for (const step of steps.keys()) all.add(step);
    return [...all].sort(bySize);
  }

  /** Curves that have all of `steps`, of which there must be three, their points in that order; and how many have not. */
  whole(attribute: string, steps: readonly string[]): { curves: number[][]; nIncomplete: number } {
    const curves: number[][] = [];
    let nIncomplete = 0;
    for (const points of this.#curves(attribute).values()) {
      const line = steps.map((step) => points.get(step));
      if (steps.length >= 3 && line.every((point) => point !== undefined)) curves.push(line);
      else nIncomplete++;
    }
    return { curves, nIncomplete };
  }

  #curves(attribute: string): Map<string, Map<string, number>> {
    return this.#attributes.get(attribute) ?? new Map<string, Map<string, number>>();
  }
}

/** Numbers by size, before any other text. */
function bySize(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  if (Number.isFinite(x) !== Number.isFinite(y)) return Number.isFinite(x) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function childOf<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = map.get(key);
  if (known) return known;
  const child = new Map<string, T>();
  map.set(key, child);
  return child;
}
