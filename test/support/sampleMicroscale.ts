import { latticeAxes, type LatticeAttribute } from '../../src/domain/latticeAttribute.ts';
import type { SeededRandom } from '../../src/numerics/random.ts';
import type {
  EnergyValidation,
  FieldAlignment,
  FieldDrawing,
  LatticeInput,
  MicroscaleComparison,
  MicroscaleResult,
  MicroscaleRow,
  Retention,
} from '../../src/protocol/microscaleSchema.ts';

/** How predictable the made-up models find each attribute, and how far it moves them; `null`: not at all. */
const kinds: readonly (readonly [LatticeAttribute, energy: number | null, step: number])[] = [
  ['brightness', 0.58, 0.05],
  ['contrast', 0.47, 0.07],
  ['saturation', 0.86, 0.02],
  ['hue', null, 0],
  ['blur', 0.21, 0.16],
  ['noise', 0.93, 0.11],
  ['jpegQuality', 0.78, 0.06],
  ['roll', 0.34, 0.21],
  ['scale', 0.29, 0.18],
  ['shift', 0.38, 0.24],
  ['grey', 0.96, 0.008],
  ['occlusion', 0.14, 0.39],
];

const curvesPerIdentity = 20;
const within = 0.42;
const between = 0.97;
const bootstraps = 1000;

export interface SampleMicroscale {
  readonly microscale: MicroscaleResult[];
  readonly microscaleComparisons: MicroscaleComparison[];
  readonly fieldAlignments: FieldAlignment[];
  readonly retentions: Retention[];
  readonly fieldDrawings: FieldDrawing[];
  readonly energyValidations: EnergyValidation[];
}

export interface MicroscaleOptions {
  readonly nIdentities?: number;
  /** Of the twelve. */
  readonly nAttributes?: number;
  readonly neighbours?: readonly string[];
  readonly names?: readonly string[];
}

/** Rows of identities average to those of attributes, comparisons are differences of rows, and so on. */
export function sampleMicroscale(
  models: readonly string[],
  random: SeededRandom,
  options: MicroscaleOptions = {},
): SampleMicroscale {
  const { neighbours = ['knn:10', 'ball:0.5'] } = options;
  const attributes = attributesOf(options);
  const microscale = models.flatMap((model) =>
    neighbours.map((rule) => resultOf(model, rule, attributes, random.fork(`${model} ${rule}`), options)),
  );
  return {
    microscale,
    microscaleComparisons: models
      .slice(1)
      .flatMap((model) => neighbours.map((rule) => comparisonOf(microscale, models[0]!, model, rule))),
    fieldAlignments: models.map((model) => alignmentOf(model, attributes, random.fork(`align ${model}`))),
    retentions: models.flatMap((model) => attributes.map((attribute) => retentionOf(model, attribute))),
    fieldDrawings: models.flatMap((model) =>
      identities(options)
        .slice(0, 3)
        .flatMap((identity) =>
          attributes
            .filter(({ energy }) => energy !== null)
            .map((attribute) =>
              drawingOf(
                microscale,
                model,
                identity,
                attribute,
                random.fork(`${model} ${identity} ${attribute.name}`),
              ),
            ),
        ),
    ),
    energyValidations: sampleValidations(random.fork('validations')),
  };
}

/** The lattice that the numbers are from. */
export function sampleLattice({ nAttributes = kinds.length }: MicroscaleOptions = {}): LatticeInput {
  return {
    kind: 'augmented',
    attributes: kinds
      .slice(0, nAttributes)
      .map(([name]) => ({ name, unit: latticeAxes[name].unit, step: latticeAxes[name].step })),
    pointsPerIdentity: curvesPerIdentity,
    nImages: 870,
  };
}

interface SampleAttribute {
  readonly name: string;
  readonly energy: number | null;
  readonly step: number;
}

function attributesOf({ nAttributes = kinds.length, names = [] }: MicroscaleOptions): SampleAttribute[] {
  return kinds
    .slice(0, nAttributes)
    .map(([name, energy, step], i) => ({ name: names[i] ?? name, energy, step }));
}

function identities({ nIdentities = 40 }: MicroscaleOptions): string[] {
  return Array.from({ length: nIdentities }, (_, i) => `Person_${i + 1}`);
}

function resultOf(
  model: string,
  rule: string,
  attributes: readonly SampleAttribute[],
  random: SeededRandom,
  options: MicroscaleOptions,
): MicroscaleResult {
  const isBall = rule.startsWith('ball');
  const rows = attributes.flatMap((attribute): MicroscaleRow[] => {
    const shift = 0.06 * random.nextNormal();
    const own = identities(options).map((identity): MicroscaleRow => {
      const energy =
        attribute.energy === null
          ? null
          : clamp(attribute.energy + shift + 0.07 * random.nextNormal(), 0.01, 1.2);
      const stepLength = attribute.step * Math.exp(0.25 * random.nextNormal());
      return {
        attribute: attribute.name,
        identity,
        nIdentities: 1,
        nCurves: energy === null ? 0 : curvesPerIdentity,
        nStill: energy === null ? curvesPerIdentity : 0,
        nIsolated: 0,
        energy,
        energyWithSelf: energy === null || !isBall ? null : energy * 0.9,
        ci: null,
        stepLength,
        stepLengthCi: null,
        stepOverWithin: stepLength / within,
        stepOverBetween: stepLength / between,
        moves: energy !== null,
        reason: energy === null ? 'No curve moves the embedding.' : null,
      };
    });
    return [meanRow(own), ...own];
  });
  return {
    model,
    metric: 'cosine',
    neighbours: rule,
    precision: 'double',
    bootstraps,
    seed: 1,
    meanWithin: within,
    meanBetween: between,
    rows,
    tests: testsOf(rows),
  };
}

/** The normal approximation of the bootstrap. */
function meanRow(own: readonly MicroscaleRow[]): MicroscaleRow {
  const first = own[0]!;
  const energies = own.flatMap(({ energy }) => (energy === null ? [] : [energy]));
  const steps = own.map(({ stepLength }) => stepLength);
  const energy = energies.length === 0 ? null : mean(energies);
  const stepLength = mean(steps);
  const withSelf = own.flatMap(({ energyWithSelf }) => (energyWithSelf === null ? [] : [energyWithSelf]));
  return {
    ...first,
    identity: null,
    nIdentities: own.length,
    nCurves: own.reduce((n, { nCurves }) => n + nCurves, 0),
    nStill: own.reduce((n, { nStill }) => n + nStill, 0),
    energy,
    energyWithSelf: withSelf.length === 0 ? null : mean(withSelf),
    ci: own.length < 2 || energy === null ? null : around(energy, energies),
    stepLength,
    stepLengthCi: own.length < 2 ? null : around(stepLength, steps),
    stepOverWithin: stepLength / within,
    stepOverBetween: stepLength / between,
  };
}

function testsOf(rows: readonly MicroscaleRow[]): MicroscaleResult['tests'] {
  const groups = new Map<string, number[]>();
  for (const { attribute, identity, energy } of rows) {
    if (identity === null || energy === null) continue;
    groups.set(attribute, [...(groups.get(attribute) ?? []), energy]);
  }
  const names = [...groups.keys()];
  const tests = names.flatMap((a, i) =>
    names.slice(i + 1).map((b) => {
      const [x, y] = [groups.get(a)!, groups.get(b)!];
      const u = x.reduce(
        (n, one) => n + y.reduce((m, two) => m + (one > two ? 1 : one === two ? 0.5 : 0), 0),
        0,
      );
      const [nA, nB] = [x.length, y.length];
      const z = Math.abs(u - (nA * nB) / 2) / Math.sqrt((nA * nB * (nA + nB + 1)) / 12);
      return { a, b, nA, nB, u, p: Math.min(1, 2 * Math.exp(-0.717 * z - 0.416 * z * z)) };
    }),
  );
  const sorted = [...tests].sort((s, t) => s.p - t.p);
  return tests.map((test) => ({
    ...test,
    pAdjusted: Math.min(
      1,
      ...sorted.slice(sorted.indexOf(test)).map((one) => (one.p * tests.length) / (sorted.indexOf(one) + 1)),
    ),
    pHolm: Math.min(1, test.p * (tests.length - sorted.indexOf(test))),
  }));
}

function comparisonOf(
  results: readonly MicroscaleResult[],
  modelA: string,
  modelB: string,
  neighbours: string,
): MicroscaleComparison {
  const rowsOf = (model: string) =>
    results.find((one) => one.model === model && one.neighbours === neighbours)!.rows;
  const others = rowsOf(modelB);
  const attributes = rowsOf(modelA).filter(({ identity, energy }) => identity === null && energy !== null);
  return {
    modelA,
    modelB,
    neighbours,
    rows: attributes.map(({ attribute, nIdentities }) => {
      const differences = rowsOf(modelA).flatMap((row) => {
        if (row.attribute !== attribute || row.identity === null) return [];
        const other = others.find((one) => one.attribute === attribute && one.identity === row.identity);
        return [row.energy! - other!.energy!];
      });
      const difference = mean(differences);
      return { attribute, nIdentities, difference, ci: around(difference, differences) };
    }),
  };
}

function alignmentOf(
  model: string,
  attributes: readonly SampleAttribute[],
  random: SeededRandom,
): FieldAlignment {
  const values = attributes.map(() => attributes.map((): number | null => null));
  attributes.forEach((a, i) =>
    attributes.forEach((b, j) => {
      if (j < i || a.energy === null || b.energy === null) return;
      const value = i === j ? 0 : clamp(1 + 0.3 * random.nextNormal() * (1.2 - a.energy), 0, 2);
      values[i]![j] = values[j]![i] = value;
    }),
  );
  return {
    model,
    attributes: attributes.map(({ name }) => name),
    values,
    nCurves: values.map((row) => row.map((value) => (value === null ? 0 : 800))),
  };
}

function retentionOf(model: string, { name, step }: SampleAttribute): Retention {
  const steps = ['−1', '0', '+1'];
  const at = (i: number, j: number) => step * Math.abs(i - j) ** 0.8 * 1.1;
  const threshold = 0.38;
  const share = (distance: number) => clamp(1 / (1 + Math.exp((threshold - distance) / 0.06)) - 0.002, 0, 1);
  return {
    model,
    attribute: name,
    steps,
    nCurves: 800,
    distances: steps.map((_, i) => steps.map((__, j) => at(i, j))),
    beyond: steps.map((_, i) => steps.map((__, j) => (i === j ? 0 : share(at(i, j))))),
    threshold,
  };
}

function drawingOf(
  results: readonly MicroscaleResult[],
  model: string,
  identity: string,
  { name, energy }: SampleAttribute,
  random: SeededRandom,
): FieldDrawing {
  const own = results
    .find((one) => one.model === model)!
    .rows.find((row) => row.attribute === name && row.identity === identity);
  const angle = 2 * Math.PI * random.nextFloat();
  return {
    model,
    attribute: name,
    identity,
    energy: own?.energy ?? null,
    explained: 0.3 + 0.2 * random.nextFloat(),
    arrows: Array.from({ length: curvesPerIdentity }, () => {
      const turned = angle + (energy ?? 1) * 2.2 * random.nextNormal();
      const length = 0.3 + 0.5 * random.nextFloat();
      const at = () => 0.35 * random.nextNormal();
      return [at(), at(), length * Math.cos(turned), length * Math.sin(turned)];
    }),
  };
}

/** Measured values lie about a standard error from the known ones; one field does not move. */
export function sampleValidations(random: SeededRandom): EnergyValidation[] {
  const known: readonly (readonly [EnergyValidation['field'], number | null, number | null])[] = [
    ['vonMisesFisher', 1, 0.9999],
    ['vonMisesFisher', 50, 0.9906],
    ['vonMisesFisher', 250, 0.8306],
    ['vonMisesFisher', 1000, 0.3931],
    ['aligned', null, 0],
    ['clustered', null, 0],
    ['halfMixed', null, 0.5],
    ['random', null, 1],
    ['linearAligned', null, 0],
    ['linearInvariant', null, null],
  ];
  return known.map(([field, kappa, analytic]) => {
    const isExact = analytic === null || analytic === 0;
    const standardError = isExact ? (analytic === null ? null : 0) : 0.004;
    const z = isExact ? null : random.nextNormal();
    return {
      field,
      dim: 512,
      kappa,
      nCurves: 1000,
      nDraws: 20,
      neighbours: 'all',
      measured: analytic === null ? null : analytic + (z ?? 0) * 0.004,
      standardError,
      analytic,
      z,
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function around(centre: number, values: readonly number[]): [number, number] {
  const average = mean(values);
  const variance = mean(values.map((value) => (value - average) ** 2));
  const half = 1.96 * Math.sqrt(variance / values.length);
  return [centre - half, centre + half];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
