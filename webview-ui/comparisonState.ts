import { fewIdentities } from '../src/domain/fewIdentities.ts';
import type {
  ComparedModality,
  ComparedRow,
  Comparison,
  ComparisonPair,
} from '../src/protocol/comparisonSchema.ts';
import type { ComparedMeasure, PageState } from '../src/protocol/webviewMessages.ts';
import { type Axis, ksAxis, niceAxis } from './charts/axis.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';

/** Everything the page of a comparison draws, derived from it and what the reader chose. Pure. */
export interface ComparisonView {
  readonly comparison: Comparison;
  readonly fileName: string;
  /** Models of each side, each once. */
  readonly models: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** The models that are shown; `null` where a side has none. */
  readonly pair: ComparisonPair | null;
  readonly sections: readonly ComparisonSection[];
  readonly section: ComparisonSection;
  readonly macroscale: ComparedMacroscaleView | null;
  readonly microscale: ComparedMicroscaleView | null;
}

export const comparisonSections = ['macroscale', 'microscale', 'verification', 'inputs'] as const;
export type ComparisonSection = (typeof comparisonSections)[number];

/** What the lists of differences have in common. */
interface ComparedListView<Line, Column extends string> {
  readonly pair: ComparisonPair;
  /** Sorted and filtered. */
  readonly rows: readonly Line[];
  /** The largest difference first, unfiltered. */
  readonly ranking: readonly Line[];
  readonly selected: Line | null;
  readonly sort: Sort<Column>;
  readonly filter: string;
  readonly view: 'chart' | 'table';
  readonly axis: Axis;
}

export interface ComparedMacroscaleView extends ComparedListView<ComparedAttribute, MacroscaleColumn> {
  readonly measure: ComparedMeasure;
  /** Attributes that both sides have, farthest from the diagonal first. */
  readonly points: readonly ComparedPoint[];
  readonly pointsAxis: Axis;
}

export interface ComparedMicroscaleView extends ComparedListView<ComparedRow, MicroscaleColumn> {
  readonly rule: string;
}

export interface ComparedAttribute {
  readonly attribute: string;
  readonly positive: ComparedModality | null;
  readonly negative: ComparedModality | null;
  /** The larger of both differences, without its sign; `null` where there is none. */
  readonly largest: number | null;
}

export interface ComparedPoint {
  readonly attribute: string;
  readonly before: number;
  readonly after: number;
}

export const macroscaleColumns = [
  'attribute',
  'largest',
  'positive',
  'negative',
  'beforePositive',
  'afterPositive',
  'beforeNegative',
  'afterNegative',
] as const;
export type MacroscaleColumn = (typeof macroscaleColumns)[number];
export const microscaleColumns = ['attribute', 'difference', 'before', 'after', 'n'] as const;
export type MicroscaleColumn = (typeof microscaleColumns)[number];

export function viewComparison(comparison: Comparison, fileName: string, state: PageState): ComparisonView {
  const { pairs } = comparison;
  const pair =
    pairs.find(({ before, after }) => before === state.modelX && after === state.modelY) ?? pairs[0] ?? null;
  const filled = {
    macroscale: pair !== null && pair.macroscale.length > 0,
    microscale: pair !== null && pair.microscale.length > 0,
    verification: pair !== null && pair.verification.length > 0,
    inputs: true,
  } as const satisfies Record<ComparisonSection, boolean>;
  const sections = comparisonSections.filter((section) => filled[section]);
  return {
    comparison,
    fileName,
    models: {
      before: [...new Set(pairs.map(({ before }) => before))],
      after: [...new Set(pairs.map(({ after }) => after))],
    },
    pair,
    sections,
    section: sections.find((one) => one === state.section) ?? sections[0]!,
    macroscale: pair && filled.macroscale ? viewMacroscale(pair, state) : null,
    microscale: pair && filled.microscale ? viewMicroscale(pair, state) : null,
  };
}

/** Whether an interval leaves zero out: more than chance, if it were the only one. */
export function isBeyondZero({ differenceCi: ci }: ComparedRow): boolean {
  return ci !== null && (ci[0] > 0 || ci[1] < 0);
}

/** Whether so few people are behind a side that a large difference is mostly chance. */
export function isOfFew({ before, after }: ComparedRow): boolean {
  return [before, after].some((side) => side !== null && side.n < fewIdentities);
}

function viewMacroscale(pair: ComparisonPair, state: PageState): ComparedMacroscaleView {
  const all = attributesOf(pair.macroscale);
  const ranking = sortRows(all, true, ({ largest }) => largest);
  const measure = state.measure ?? 'max';
  const points = pointsOf(all, measure);
  const sort = sortOf(state.sort, macroscaleColumns, 'largest');
  const value = sort.column === 'attribute' ? null : macroscaleValues[sort.column];
  return {
    pair,
    ...listed(all, ranking, sortRows(all, sort.descending, value), state),
    sort,
    axis: differenceAxis(pair.macroscale),
    measure,
    points,
    pointsAxis: ksAxis(
      points.flatMap(({ before, after }) => [before, after]),
      measure !== 'max',
    ),
  };
}

function viewMicroscale(pair: ComparisonPair, state: PageState): ComparedMicroscaleView {
  const all = pair.microscale;
  const ranking = sortRows(all, true, microscaleValues.difference);
  const sort = sortOf(state.energySort, microscaleColumns, 'difference');
  const value = sort.column === 'attribute' ? null : microscaleValues[sort.column];
  return {
    pair,
    ...listed(all, ranking, sortRows(all, sort.descending, value), state),
    sort,
    axis: differenceAxis(all),
    rule: pair.neighbours?.[0] ?? '',
  };
}

function listed<Line extends { readonly attribute: string }>(
  all: readonly Line[],
  ranking: readonly Line[],
  ordered: readonly Line[],
  state: PageState,
) {
  const filter = state.filter ?? '';
  return {
    rows: ordered.filter(({ attribute }) => matchesFilter(attribute, filter)),
    ranking,
    selected: all.find(({ attribute }) => attribute === state.attribute) ?? ranking[0] ?? null,
    filter,
    view: state.view ?? 'chart',
  } as const;
}

function attributesOf(rows: readonly ComparedModality[]): ComparedAttribute[] {
  const found = new Map<string, { positive?: ComparedModality; negative?: ComparedModality }>();
  for (const row of rows) found.set(row.attribute, { ...found.get(row.attribute), [row.modality]: row });
  return Array.from(found, ([attribute, { positive = null, negative = null }]) => {
    const sizes = [positive, negative].flatMap((row) => sizeOf(row) ?? []);
    return { attribute, positive, negative, largest: sizes.length > 0 ? Math.max(...sizes) : null };
  });
}

function sizeOf(row: ComparedRow | null): number | null {
  return typeof row?.difference === 'number' ? Math.abs(row.difference) : null;
}

function pointsOf(attributes: readonly ComparedAttribute[], measure: ComparedMeasure): ComparedPoint[] {
  const points = attributes.flatMap(({ attribute, positive, negative }): ComparedPoint[] => {
    const before = measured(positive?.before, negative?.before, measure);
    const after = measured(positive?.after, negative?.after, measure);
    return before === null || after === null ? [] : [{ attribute, before, after }];
  });
  return sortRows(points, true, ({ before, after }) => Math.abs(after - before));
}

type Side = ComparedRow['before'] | undefined;

/** The larger KS has no sign. */
function measured(positive: Side, negative: Side, measure: ComparedMeasure): number | null {
  if (measure === 'positive') return positive?.value ?? null;
  if (measure === 'negative') return negative?.value ?? null;
  const sizes = [positive, negative].flatMap((side) => (side ? [Math.abs(side.value)] : []));
  return sizes.length > 0 ? Math.max(...sizes) : null;
}

/** Below this span an axis that fills the page would make nothing look like a change. */
const smallestReach = 0.02;

/** Zero is on it, and something on either side of it. Of what few people show, the dot alone must be. */
function differenceAxis(rows: readonly ComparedRow[]): Axis {
  const ends = rows.flatMap((row) => [
    ...(row.difference === null ? [] : [row.difference]),
    ...(row.differenceCi === null || isOfFew(row) ? [] : row.differenceCi),
  ]);
  return niceAxis(Math.min(-smallestReach, ...ends), Math.max(smallestReach, ...ends), 6);
}

const macroscaleValues = {
  largest: ({ largest }) => largest,
  positive: ({ positive }) => positive?.difference ?? null,
  negative: ({ negative }) => negative?.difference ?? null,
  beforePositive: ({ positive }) => positive?.before?.value ?? null,
  afterPositive: ({ positive }) => positive?.after?.value ?? null,
  beforeNegative: ({ negative }) => negative?.before?.value ?? null,
  afterNegative: ({ negative }) => negative?.after?.value ?? null,
} as const satisfies Record<
  Exclude<MacroscaleColumn, 'attribute'>,
  (row: ComparedAttribute) => number | null
>;

const microscaleValues = {
  difference: (row) => sizeOf(row),
  before: ({ before }) => before?.value ?? null,
  after: ({ after }) => after?.value ?? null,
  n: ({ before, after }) => (before && after ? Math.min(before.n, after.n) : null),
} as const satisfies Record<Exclude<MicroscaleColumn, 'attribute'>, (row: ComparedRow) => number | null>;

function sortOf<Column extends string>(
  sort: PageState['sort'],
  columns: readonly Column[],
  otherwise: Column,
): Sort<Column> {
  const column = columns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : { column: otherwise, descending: true };
}
