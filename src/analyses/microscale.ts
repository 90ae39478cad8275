import { stencilsOf } from '../domain/curveTable.ts';
import { benjaminiHochberg, holm } from '../numerics/multiplicity.ts';
import { mannWhitney } from '../numerics/mannWhitney.ts';
import { SeededRandom } from '../numerics/random.ts';
import { type Interval, percentileInterval } from './intervals.ts';
import { pause, throwIfCancelled } from './cancellation.ts';
import { AlignmentMeans } from './fieldAlignment.ts';
import { drawField } from './fieldDrawing.ts';
import { fieldEnergies, stepLengths } from './fieldEnergy.ts';
import { type IdentityField, StencilGroups, usablePoints } from './identityFields.ts';
import type {
  EnergyTest,
  FieldDrawing,
  MicroscaleContext,
  MicroscaleInput,
  MicroscaleOptions,
  MicroscaleOutcome,
  MicroscaleRow,
} from './microscaleOutcome.ts';
import { type NeighbourRule, parseNeighbourRule } from './neighbourRule.ts';
import { RetentionMeans } from './retention.ts';

/** Identities whose fields are drawn: the first ones. */
const nDrawnIdentities = 6;

/**
 * The microscale: for every identity, attribute and rule for neighbours the invariance energy of the field that the
 * attribute makes of the identity's embeddings, and the length of its steps; means over identities, each counting
 * once, with percentile intervals of a bootstrap of identities; Mann-Whitney between attributes over identities.
 * Beside them how attributes align, how far segments go, and fields to draw. Leroy et al., ICML 2025, section 5.
 *
 * A field that cannot be measured, because too few curves move or are whole, has a reason instead of an energy. One
 * identity's embeddings are in memory at a time.
 */
export async function runMicroscale(
  { curves, embeddings }: MicroscaleInput,
  options: MicroscaleOptions,
  context: MicroscaleContext,
): Promise<MicroscaleOutcome> {
  const rules = options.neighbours.map(parseNeighbourRule);
  const groups = new StencilGroups(stencilsOf(curves));
  const alignment = new AlignmentMeans(curves.attributes);
  const retention = new RetentionMeans(curves, options.metric, options.threshold);
  const drawings: FieldDrawing[] = [];
  const measured: Measured[] = [];
  for (const [i, identity] of curves.identities.entries()) {
    context.progress(i, curves.identities.length, identity);
    const points = await embeddings(i);
    const usable = usablePoints(points, options.metric);
    const fields = curves.attributes.map((_, a) => groups.field(i, a, curves, points, usable));
    for (const [a, field] of fields.entries()) {
      await pause(context.signal);
      if (field.nBroken > 0) {
        context.diagnostics.add('curveIncomplete', `${curves.attributes[a]!} of ${identity}`, field.nBroken);
      }
      measured.push(await measure(field, curves.attributes[a]!, identity, rules, options, context));
    }
    alignment.add(fields);
    retention.add(i, points, usable);
    if (i < nDrawnIdentities) drawings.push(...drawingsOf(fields, identity, measured.slice(-fields.length)));
  }
  context.progress(curves.identities.length, curves.identities.length, curves.identities.at(-1) ?? '');
  const { metric, bootstraps, seed, meanWithin, meanBetween } = options;
  return {
    rules: options.neighbours.map((neighbours, r) => {
      const rows = measured.map((one) => one.rows[r]!);
      const means = curves.attributes.map((attribute) => meanRow(attribute, rows, options));
      return {
        metric,
        neighbours,
        precision: measured.some(({ singleRules }) => singleRules.has(r)) ? 'single' : 'double',
        bootstraps,
        seed,
        meanWithin,
        meanBetween,
        rows: [...means, ...rows],
        tests: testsOf(curves.attributes, rows),
      };
    }),
    alignment: alignment.result(),
    retentions: retention.results(),
    drawings,
  };
}

/** One field; a row for each rule. */
interface Measured {
  readonly attribute: string;
  readonly rows: readonly MicroscaleRow[];
  /** Numbers of the rules that were measured in single precision. */
  readonly singleRules: ReadonlySet<number>;
}

async function measure(
  field: IdentityField,
  attribute: string,
  identity: string,
  rules: readonly NeighbourRule[],
  { metric, meanWithin, meanBetween }: MicroscaleOptions,
  { product, single, signal, diagnostics }: MicroscaleContext,
): Promise<Measured> {
  const steps = stepLengths(field, metric);
  const nStill = steps.reduce((count, step) => count + (step === 0 ? 1 : 0), 0);
  const stepLength = field.n === 0 ? 0 : steps.reduce((sum, step) => sum + step, 0) / field.n;
  const moves = nStill < field.n;
  const nUsable = field.n - nStill;
  const base = {
    attribute,
    identity,
    nIdentities: 1,
    nStill,
    ci: null,
    stepLength,
    stepLengthCi: null,
    ...relativeSteps(stepLength, meanWithin, meanBetween),
    moves,
  };
  const without = (reason: string): MicroscaleRow => ({
    ...base,
    nCurves: 0,
    nIsolated: 0,
    energy: null,
    energyWithSelf: null,
    reason,
  });
  const reasonOf = (rule: NeighbourRule): string | null => {
    if (field.n === 0) return 'No curve is whole.';
    if (!moves) return 'Does not move: start and end have the same embedding.';
    const needed = rule.kind === 'knn' ? rule.k + 1 : 2;
    return nUsable < needed ? `Only ${nUsable} curves move; ${needed} are needed.` : null;
  };
  const possible = rules.filter((rule) => reasonOf(rule) === null);
  const context = {
    product,
    single,
    checkpoint: () => {
      throwIfCancelled(signal);
    },
  };
  const found = possible.length > 0 ? await fieldEnergies(field, possible, metric, context) : null;
  if (found && found.nTwins > 0)
    diagnostics.add('basePointsTwin', `${attribute} of ${identity}`, found.nTwins);
  const singleRules = new Set<number>();
  const rows = rules.map((rule, r): MicroscaleRow => {
    const reason = reasonOf(rule);
    if (reason !== null || !found) return without(reason ?? '');
    const { energy, energyWithSelf, nIsolated, precision } = found.rules[possible.indexOf(rule)]!;
    if (precision === 'single') singleRules.add(r);
    return {
      ...base,
      nCurves: found.rows.length - nIsolated,
      nIsolated,
      energy: energy === null ? null : clamp(energy),
      energyWithSelf: energyWithSelf === null ? null : clamp(energyWithSelf),
      reason: energy === null ? withoutNeighbours[rule.kind] : null,
    };
  });
  return { attribute, rows, singleRules };
}

const withoutNeighbours = {
  ball: 'No base point has a neighbour within the ball.',
  inverse: 'All base points are the same: none has a distance to weigh by.',
  knn: null,
  all: null,
} as const satisfies Record<NeighbourRule['kind'], string | null>;

/** Rounding may reach past the ends of 0..2. */
function clamp(energy: number): number {
  return Math.min(2, Math.max(0, energy));
}

function relativeSteps(stepLength: number, meanWithin: number | null, meanBetween: number | null) {
  const ratio = (mean: number | null): number | null =>
    mean === null || mean === 0 ? null : stepLength / mean;
  return { stepOverWithin: ratio(meanWithin), stepOverBetween: ratio(meanBetween) };
}

/** Over the identities of an attribute that have an energy; the step length over all that have a curve. */
function meanRow(
  attribute: string,
  all: readonly MicroscaleRow[],
  options: MicroscaleOptions,
): MicroscaleRow {
  const rows = all.filter((row) => row.attribute === attribute);
  const whole = rows.filter((row) => row.nCurves + row.nStill + row.nIsolated > 0 || row.stepLength > 0);
  const energies = rows.filter((row) => row.energy !== null);
  const steps = whole.map(({ stepLength }) => stepLength);
  const stepLength = meanOf(steps) ?? 0;
  const random = new SeededRandom(options.seed).fork('microscale').fork(attribute);
  return {
    attribute,
    identity: null,
    nIdentities: energies.length,
    nCurves: total(energies.map(({ nCurves }) => nCurves)),
    nStill: total(rows.map(({ nStill }) => nStill)),
    nIsolated: total(rows.map(({ nIsolated }) => nIsolated)),
    energy: meanOf(energies.map(({ energy }) => energy!)),
    energyWithSelf: meanOf(rows.flatMap(({ energyWithSelf }) => energyWithSelf ?? [])),
    ci: bootstrapMean(
      energies.map(({ energy }) => energy!),
      options.bootstraps,
      random.fork('energy'),
    ),
    stepLength,
    stepLengthCi: bootstrapMean(steps, options.bootstraps, random.fork('step')),
    ...relativeSteps(stepLength, options.meanWithin, options.meanBetween),
    moves: rows.some(({ moves }) => moves),
    reason: energies.length > 0 ? null : (rows[0]?.reason ?? 'No identity has curves of it.'),
  };
}

/** Percentile interval of the mean of a sample drawn with replacement; `null` for fewer than two values. */
export function bootstrapMean(
  values: readonly number[],
  bootstraps: number,
  random: SeededRandom,
): Interval | null {
  const n = values.length;
  if (n < 2 || bootstraps === 0) return null;
  const means = Float64Array.from({ length: bootstraps }, () => {
    let sum = 0;
    for (let draw = 0; draw < n; draw++) sum += values[random.nextInt(n)]!;
    return sum / n;
  });
  return percentileInterval(means);
}

/** Every two attributes, over the energies of their identities; adjusted over all of these tests. */
function testsOf(attributes: readonly string[], rows: readonly MicroscaleRow[]): EnergyTest[] {
  const energies = attributes.map((attribute) =>
    Float64Array.from(
      rows.filter((row) => row.attribute === attribute).flatMap(({ energy }) => energy ?? []),
    ),
  );
  const tests = attributes.flatMap((a, i) =>
    attributes.slice(i + 1).flatMap((b, offset) => {
      const [first, second] = [energies[i]!, energies[i + 1 + offset]!];
      if (first.length < 2 || second.length < 2) return [];
      const { u, p } = mannWhitney(first, second);
      return [{ a, b, nA: first.length, nB: second.length, u, p }];
    }),
  );
  const ps = tests.map(({ p }) => p);
  const [adjusted, familyWise] = [benjaminiHochberg(ps), holm(ps)];
  return tests.map((one, i) => ({ ...one, pAdjusted: adjusted[i]!, pHolm: familyWise[i]! }));
}

function drawingsOf(
  fields: readonly IdentityField[],
  identity: string,
  measured: readonly Measured[],
): FieldDrawing[] {
  return fields.flatMap((field, a) => {
    const drawn = drawField(field);
    const { attribute, rows } = measured[a]!;
    return drawn ? [{ attribute, identity, energy: rows[0]?.energy ?? null, ...drawn }] : [];
  });
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : total(values) / values.length;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
