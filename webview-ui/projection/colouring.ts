import type { Projection } from '../../src/protocol/projectionSchema.ts';
import { mixedNumbers } from './mixedNumbers.ts';
import { rampSteps } from './ramp.ts';
import type { PointSymbol } from './stampPoints.ts';

/** What points are coloured by, as it is kept in the page's state. */
export type ColourChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'number'; readonly name: string };

/** Which points look alike. */
export interface Colouring {
  readonly choice: ColourChoice;
  readonly groups: readonly PointGroup[];
  /** Of each point, its group. */
  readonly groupOf: Uint8Array;
  /** All points in the order of painting, the last on top. */
  readonly order: Uint32Array;
  /** Of a number: what the ends of the ramp stand for, and the ends of the values. */
  readonly range: NumberRange | null;
}

export interface PointGroup {
  readonly symbol: PointSymbol;
  readonly colour: GroupColour;
  readonly count: number;
}

export type GroupColour =
  | { readonly kind: 'positive' }
  | { readonly kind: 'negative' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'plain' }
  | { readonly kind: 'ramp'; readonly step: number };

export interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly greatest: number;
}

/** A few values far out would leave all others one colour: the ends of the ramp are these quantiles. */
const rampQuantiles = [0.01, 0.99] as const;

export function colouringOf(projection: Projection, choice: ColourChoice): Colouring {
  const ofProjection = made.get(projection) ?? new Map<string, Colouring>();
  made.set(projection, ofProjection);
  const key = colourKey(choice);
  let colouring = ofProjection.get(key);
  if (!colouring) {
    // The last few: a switch back and forth is quick, forty attributes do not fill the memory.
    if (ofProjection.size >= maxKept) ofProjection.clear();
    colouring = makeColouring(projection, choice);
    ofProjection.set(key, colouring);
  }
  return colouring;
}

const made = new WeakMap<Projection, Map<string, Colouring>>();
const maxKept = 12;

export function colourKey(choice: ColourChoice): string {
  return choice.kind === 'none' ? 'none' : `${choice.kind}:${choice.name}`;
}

/** The choice of a key, if the projection has it. */
export function colourChoiceOf(key: string | undefined, projection: Projection): ColourChoice | null {
  const choices = colourChoices(projection);
  return choices.find((choice) => colourKey(choice) === key) ?? null;
}

export function colourChoices({ attributes, numbers }: Projection): readonly ColourChoice[] {
  return [
    { kind: 'none' },
    ...attributes.map(({ name }) => ({ kind: 'attribute', name }) as const),
    ...numbers.map(({ name }) => ({ kind: 'number', name }) as const),
  ];
}

function makeColouring(projection: Projection, choice: ColourChoice): Colouring {
  const n = projection.points.images.length;
  switch (choice.kind) {
    case 'none': {
      const groups = [{ symbol: 'disc', colour: { kind: 'plain' } } as const];
      return finished(choice, groups, new Uint8Array(n), null);
    }
    case 'attribute': {
      const codes = projection.attributes.find(({ name }) => name === choice.name)?.codes ?? '';
      const groupOf = Uint8Array.from({ length: n }, (_, i) => groupOfCode[codes.charAt(i)] ?? 2);
      return finished(choice, attributeGroups, groupOf, null);
    }
    case 'number': {
      const values = projection.numbers.find(({ name }) => name === choice.name)?.values ?? [];
      const range = rangeOf(values);
      const groupOf = Uint8Array.from({ length: n }, (_, i) => stepOf(values[i] ?? null, range));
      return finished(choice, rampGroups, groupOf, range);
    }
  }
}

type GroupLook = Omit<PointGroup, 'count'>;

const attributeGroups: readonly GroupLook[] = [
  { symbol: 'disc', colour: { kind: 'positive' } },
  { symbol: 'ring', colour: { kind: 'negative' } },
  { symbol: 'dot', colour: { kind: 'unknown' } },
];

const groupOfCode: Readonly<Record<string, number>> = { '+': 0, '-': 1 };

const rampGroups: readonly GroupLook[] = [
  ...Array.from({ length: rampSteps }, (_, step) => ({
    symbol: 'disc' as const,
    colour: { kind: 'ramp' as const, step },
  })),
  { symbol: 'dot', colour: { kind: 'unknown' } },
];

/** The step of a value; the last group is that of points without one. */
function stepOf(value: number | null, range: NumberRange | null): number {
  if (value === null || !range || !Number.isFinite(value)) return rampSteps;
  const share = (value - range.low) / (range.high - range.low);
  return share > 0 ? Math.min(rampSteps - 1, Math.floor(share * rampSteps)) : 0;
}

function rangeOf(values: readonly (number | null)[]): NumberRange | null {
  const sorted = Float64Array.from(
    values.filter((v): v is number => v !== null && Number.isFinite(v)),
  ).sort();
  if (sorted.length === 0) return null;
  const [low, high] = rampQuantiles.map((q) => sorted[Math.round(q * (sorted.length - 1))]!) as [
    number,
    number,
  ];
  return { low, high, least: sorted[0]!, greatest: sorted.at(-1)! };
}

function finished(
  choice: ColourChoice,
  looks: readonly GroupLook[],
  groupOf: Uint8Array,
  range: NumberRange | null,
): Colouring {
  const counts = new Uint32Array(looks.length);
  for (const group of groupOf) counts[group]!++;
  const groups = looks.map((look, i) => ({ ...look, count: counts[i]! }));
  return { choice, groups, groupOf, order: paintingOrder(groupOf, groups), range };
}

/** What is unknown lies at the bottom; all others mixed, so that no group hides another by coming last. */
function paintingOrder(groupOf: Uint8Array, groups: readonly PointGroup[]): Uint32Array {
  const order = new Uint32Array(groupOf.length);
  const mixed = mixedNumbers(groupOf.length);
  let next = 0;
  for (const isBottom of [true, false]) {
    for (const point of mixed) {
      if ((groups[groupOf[point]!]!.colour.kind === 'unknown') === isBottom) order[next++] = point;
    }
  }
  return order;
}
