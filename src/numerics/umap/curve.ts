/** 1/(1 + a·d^(2b)): how strongly two points at distance d of the picture belong together. */
export interface UmapCurve {
  readonly a: number;
  readonly b: number;
}

/**
 * The curve nearest, in least squares at 300 places from 0 to 3·spread, to 1 below `minDistance` and to
 * exp(−(d − minDistance)/spread) beyond it (McInnes, Healy and Melville, «UMAP: Uniform manifold approximation and
 * projection for dimension reduction», 2018, definition 11; `find_ab_params` of umap-learn). By Levenberg and
 * Marquardt's method, from a = b = 1.
 */
export function umapCurve(minDistance: number, spread = 1): UmapCurve {
  if (!(minDistance >= 0 && spread > 0 && minDistance < 3 * spread)) {
    throw new RangeError(`umapCurve needs 0 ≤ minDistance < 3·spread, not ${minDistance} and ${spread}.`);
  }
  const places = Float64Array.from({ length: 300 }, (_, i) => (3 * spread * i) / 299);
  const wanted = places.map((d) => (d < minDistance ? 1 : Math.exp(-(d - minDistance) / spread)));
  let curve: UmapCurve = { a: 1, b: 1 };
  let normal = normalEquations(curve, places, wanted);
  let damping = 1e-3;
  for (let step = 0; step < maxSteps && damping < 1e12; step++) {
    const [stepA, stepB] = solve(normal, damping);
    const next = { a: curve.a + stepA, b: curve.b + stepB };
    const tried = next.a > 0 && next.b > 0 ? normalEquations(next, places, wanted) : null;
    if (tried === null || !(tried.error < normal.error)) {
      damping *= 10;
      continue;
    }
    const isSettled = normal.error - tried.error < 1e-14 * normal.error;
    [curve, normal, damping] = [next, tried, damping / 10];
    if (isSettled) break;
  }
  return curve;
}

const maxSteps = 500;

/** JᵀJ and Jᵀr of the residuals r, and their sum of squares. */
interface NormalEquations {
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
  readonly ra: number;
  readonly rb: number;
  readonly error: number;
}

function normalEquations({ a, b }: UmapCurve, places: Float64Array, wanted: Float64Array): NormalEquations {
  let [aa, ab, bb, ra, rb, error] = [0, 0, 0, 0, 0, 0];
  places.forEach((d, i) => {
    const power = d ** (2 * b);
    const value = 1 / (1 + a * power);
    const residual = wanted[i]! - value;
    const byA = -value * value * power;
    const byB = d === 0 ? 0 : -value * value * a * power * 2 * Math.log(d);
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra += byA * residual;
    rb += byB * residual;
    error += residual * residual;
  });
  return { aa, ab, bb, ra, rb, error };
}

function solve({ aa, ab, bb, ra, rb }: NormalEquations, damping: number): readonly [a: number, b: number] {
  const first = aa * (1 + damping);
  const last = bb * (1 + damping);
  const determinant = first * last - ab * ab;
  return [(ra * last - rb * ab) / determinant, (rb * first - ra * ab) / determinant];
}
