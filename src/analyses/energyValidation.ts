import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { SeededRandom } from '../numerics/random.ts';
import { drawVonMisesFisher, vonMisesFisherEnergy } from '../numerics/vonMisesFisher.ts';
import { throwIfCancelled } from './cancellation.ts';
import { fieldEnergies, type VectorField } from './fieldEnergy.ts';
import { parseNeighbourRule } from './neighbourRule.ts';

export const validationFields = [
  'vonMisesFisher',
  'aligned',
  'clustered',
  'halfMixed',
  'random',
  'linearInvariant',
  'linearAligned',
] as const;

export type ValidationField = (typeof validationFields)[number];

/** One kind of field under one rule; names and meanings are the report's. */
export interface EnergyValidation {
  readonly field: ValidationField;
  readonly dim: number;
  readonly kappa: number | null;
  readonly nCurves: number;
  readonly nDraws: number;
  readonly neighbours: string;
  readonly measured: number | null;
  readonly standardError: number | null;
  readonly analytic: number | null;
  readonly z: number | null;
}

export interface ValidationContext {
  readonly signal: AbortSignal;
  readonly product: MatrixProduct;
  progress(done: number, total: number, item: string): void;
}

interface Plan {
  readonly field: ValidationField;
  readonly kappa: number | null;
  readonly rules: readonly string[];
  /** `null`: the field does not move. */
  readonly analytic: number | null;
  readonly draw: (random: SeededRandom) => VectorField;
}

const dim = 64;
const nCurves = 400;
const nDraws = 12;
const nClusters = 8;

/**
 * The metric on fields whose energy is known: independent von Mises-Fisher vectors of several concentrations,
 * 1 − A_d(κ)² whatever the neighbours; one common direction, 0; random directions, 1; clusters that each have a
 * direction, 0 among near neighbours; half of the clusters aligned and half random, ½ among near neighbours; linear
 * encoders of a plain input that is moved along one coordinate, either one that the encoder does not see (it does
 * not move) or one that it does (0). Each is drawn several times; the standard error is over draws.
 */
export async function validateEnergy(seed: number, context: ValidationContext): Promise<EnergyValidation[]> {
  const plans = validationPlans();
  const rows: EnergyValidation[] = [];
  for (const [i, plan] of plans.entries()) {
    context.progress(i, plans.length, plan.field);
    throwIfCancelled(context.signal);
    const random = new SeededRandom(seed).fork(`validate ${plan.field} ${plan.kappa}`);
    const draws = await measureDraws(plan, random, context);
    plan.rules.forEach((neighbours, r) => {
      rows.push({
        field: plan.field,
        dim,
        kappa: plan.kappa,
        nCurves,
        nDraws,
        neighbours,
        analytic: plan.analytic,
        ...summarise(draws[r]!, plan.analytic),
      });
    });
  }
  context.progress(plans.length, plans.length, plans.at(-1)!.field);
  return rows;
}

function validationPlans(): Plan[] {
  const everywhere = ['knn:10', 'ball:0.9', 'inverse', 'all'];
  const near = ['knn:10'];
  const concentrations = [1, 8, 20, 60, 200];
  return [
    ...concentrations.map((kappa): Plan => ({
      field: 'vonMisesFisher',
      kappa,
      rules: everywhere,
      analytic: vonMisesFisherEnergy(dim, kappa),
      draw: (random) => fieldOf(random, () => drawVonMisesFisher(dim, kappa, random)),
    })),
    {
      field: 'aligned',
      kappa: null,
      rules: everywhere,
      analytic: 0,
      draw: (random) => {
        const common = drawDirection(random);
        return fieldOf(random, () => common);
      },
    },
    {
      field: 'random',
      kappa: 0,
      rules: everywhere,
      analytic: 1,
      draw: (random) => fieldOf(random, () => drawDirection(random)),
    },
    {
      field: 'clustered',
      kappa: null,
      rules: near,
      analytic: 0,
      draw: (random) => clusteredField(random, nClusters),
    },
    {
      field: 'halfMixed',
      kappa: null,
      rules: near,
      analytic: 0.5,
      draw: (random) => clusteredField(random, nClusters / 2),
    },
    {
      field: 'linearInvariant',
      kappa: null,
      rules: near,
      analytic: null,
      draw: (random) => linearField(random, 0),
    },
    {
      field: 'linearAligned',
      kappa: null,
      rules: near,
      analytic: 0,
      draw: (random) => linearField(random, 1),
    },
  ];
}

/** Energies by rule, then by draw; NaN where the field does not move. */
async function measureDraws(
  { rules, draw, analytic }: Plan,
  random: SeededRandom,
  { product, signal }: ValidationContext,
): Promise<number[][]> {
  const energies = rules.map((): number[] => []);
  for (let n = 0; n < nDraws; n++) {
    const field = draw(random);
    if (analytic === null && field.start.every((value, at) => value === field.end[at])) {
      energies.forEach((list) => list.push(Number.NaN));
      continue;
    }
    const found = await fieldEnergies(field, rules.map(parseNeighbourRule), 'euclidean', {
      product,
      checkpoint: () => {
        throwIfCancelled(signal);
      },
    });
    found.rules.forEach(({ energy }, r) => energies[r]!.push(energy ?? Number.NaN));
  }
  return energies;
}

function summarise(
  draws: readonly number[],
  analytic: number | null,
): Pick<EnergyValidation, 'measured' | 'standardError' | 'z'> {
  if (!draws.every(Number.isFinite)) return { measured: null, standardError: null, z: null };
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const squares = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (draws.length - 1) / draws.length);
  const measured = Math.min(2, Math.max(0, mean));
  // Single precision of the field's points, which is no error of the metric.
  const isExact = standardError < 1e-9;
  return {
    measured,
    standardError,
    z: analytic === null || isExact ? null : (mean - analytic) / standardError,
  };
}

/** Independent normal base points; steps of different length, and base points that are not in the middle. */
function fieldOf(
  random: SeededRandom,
  direction: (row: number) => Float64Array,
  centre?: (row: number) => Float64Array,
): VectorField {
  const field = emptyField();
  for (let row = 0; row < nCurves; row++) {
    const along = direction(row);
    const middle = centre?.(row);
    const before = 0.2 + 0.5 * random.nextFloat();
    const after = 0.2 + 0.5 * random.nextFloat();
    for (let t = 0; t < dim; t++) {
      const at = row * dim + t;
      const base = (middle?.[t] ?? 0) + random.nextNormal();
      field.base[at] = base;
      field.start[at] = base - before * along[t]!;
      field.end[at] = base + after * along[t]!;
    }
  }
  return field;
}

/** Clusters far apart: the first `nAligned` have a direction each, the others a new one for every curve. */
function clusteredField(random: SeededRandom, nAligned: number): VectorField {
  const centres = Array.from({ length: nClusters }, () => drawDirection(random).map((value) => 200 * value));
  const own = Array.from({ length: nClusters }, () => drawDirection(random));
  const clusterOf = (row: number): number => row % nClusters;
  return fieldOf(
    random,
    (row) => (clusterOf(row) < nAligned ? own[clusterOf(row)]! : drawDirection(random)),
    (row) => centres[clusterOf(row)]!,
  );
}

/** x → Wx, W blind to coordinate 0; the input is moved along coordinate `moved`. */
function linearField(random: SeededRandom, moved: 0 | 1): VectorField {
  const nInputs = 32;
  const weights = Float64Array.from({ length: dim * nInputs }, (_, at) =>
    at % nInputs === 0 ? 0 : random.nextNormal() / Math.sqrt(nInputs),
  );
  const encode = (input: Float64Array, to: Float32Array, row: number): void => {
    for (let t = 0; t < dim; t++) {
      let sum = 0;
      for (let k = 0; k < nInputs; k++) sum += weights[t * nInputs + k]! * input[k]!;
      to[row * dim + t] = sum;
    }
  };
  const field = emptyField();
  for (let row = 0; row < nCurves; row++) {
    const input = Float64Array.from({ length: nInputs }, () => random.nextNormal());
    const at = (step: number): Float64Array => input.map((value, k) => (k === moved ? value + step : value));
    encode(at(-1), field.start, row);
    encode(input, field.base, row);
    encode(at(1), field.end, row);
  }
  return field;
}

function emptyField() {
  const points = (): Float32Array => new Float32Array(nCurves * dim);
  return { n: nCurves, dim, start: points(), base: points(), end: points() };
}

function drawDirection(random: SeededRandom): Float64Array {
  const vector = Float64Array.from({ length: dim }, () => random.nextNormal());
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
