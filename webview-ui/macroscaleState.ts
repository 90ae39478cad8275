import type { AttributeRule, Modality } from '../src/domain/attributeColumn.ts';
import { fewIdentities } from '../src/domain/fewIdentities.ts';
import type {
  AttributeAggregate,
  AttributeResult,
  Distribution,
  MacroscaleResult,
  MacroscaleRow,
  Report,
} from '../src/protocol/report.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { type Axis, ksAxis } from './charts/axis.ts';
import { type Confounder, confoundersOf } from './confounders.ts';
import { ksInterval, nullBand } from './inference.ts';
import { type ShowMeView, viewShowMe } from './showMeState.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';

/** The macroscale result of the model that is shown. */
export interface MacroscaleView {
  readonly result: MacroscaleResult;
  /** Sorted and filtered. */
  readonly rows: readonly AttributeRow[];
  /** By descending KS, unfiltered: what the summary speaks of. */
  readonly ranking: readonly AttributeRow[];
  readonly selected: AttributeRow | null;
  /** Images of the selected attribute. */
  readonly showMe: ShowMeView | null;
  readonly distribution: Distribution | null;
  /** Of the selected attribute. */
  readonly aggregate: AttributeAggregate | null;
  readonly confounders: readonly Confounder[];
  /** Whether the result has p-values of permutations, and intervals. */
  readonly hasPermutations: boolean;
  readonly hasIntervals: boolean;
  readonly sort: Sort<SortColumn>;
  readonly filter: string;
  readonly view: 'chart' | 'table';
  readonly signed: boolean;
  /** The same for all models of the report, so that they compare. */
  readonly axis: Axis;
  /** People, or images where nobody knows who is who. */
  readonly noun: Noun;
}

export type Noun = 'people' | 'images';

/** One attribute; a modality that was not tested is `null`. */
export interface AttributeRow {
  readonly attribute: string;
  readonly rule: AttributeRule;
  readonly positive: MacroscaleRow | null;
  readonly negative: MacroscaleRow | null;
  /** The modality with the larger KS distance. */
  readonly strongest: MacroscaleRow | null;
  readonly counts: AttributeResult | null;
}

export const sortColumns = ['attribute', 'ks', 'ksPositive', 'ksNegative', 'n', 'pAdjusted', 'p'] as const;
export type SortColumn = (typeof sortColumns)[number];

export const defaultSort: Sort<SortColumn> = { column: 'ks', descending: true };

export function viewMacroscale(report: Report, result: MacroscaleResult, state: PageState): MacroscaleView {
  const signed = state.signed ?? true;
  const sort = parseSort(state.sort);
  const filter = state.filter ?? '';
  const all = attributeRows(report, result);
  const ranking = ordered(all, defaultSort, signed);
  const selected = ranking.find((row) => row.attribute === state.attribute) ?? ranking[0] ?? null;
  return {
    result,
    rows: ordered(
      all.filter((row) => matchesFilter(row.attribute, filter)),
      sort,
      signed,
    ),
    ranking,
    selected,
    showMe: selected && viewShowMe(report, result, { ...selected, noun: nounOf(report) }),
    distribution: result.distributions.find((d) => d.attribute === selected?.attribute) ?? null,
    aggregate: result.attributes.find((one) => one.attribute === selected?.attribute) ?? null,
    confounders: selected ? confoundersOf(report, result, selected.attribute) : [],
    hasPermutations: result.rows.some(({ null95 }) => null95 !== null),
    hasIntervals: result.rows.some(({ ci }) => ci !== null),
    sort,
    filter,
    view: state.view ?? 'chart',
    signed,
    axis: ksAxis(
      report.results.macroscale.flatMap(({ rows }) => rows.flatMap((row) => endsOf(row, signed))),
      signed,
    ),
    noun: nounOf(report),
  };
}

/**
 * What the axis must hold of a line. Of a modality that few people show, the dot alone: its interval and its null
 * reach far and would press all others together, so they end at the axis.
 */
function endsOf(row: MacroscaleRow, signed: boolean): number[] {
  const dot = ksOf(row, signed)!;
  if (row.nIdentities < fewIdentities) return [dot];
  return [dot, ...(ksInterval(row, signed) ?? []), ...(nullBand(row, signed) ?? [])];
}

/** A modality's KS distance; `signed` puts a minus before one that spreads. */
export function ksOf(row: MacroscaleRow | null, signed: boolean): number | null {
  if (!row) return null;
  return signed && row.sign < 0 ? -row.ks : row.ks;
}

export function rowOf(row: AttributeRow, modality: Modality): MacroscaleRow | null {
  return modality === 'positive' ? row.positive : row.negative;
}

export function nounOf(report: Report): Noun {
  return report.inputs.dataset.identitiesKnown ? 'people' : 'images';
}

/** How an attribute came to be; `binary` for one that the report does not describe. */
export function rulesOf(report: Report): (attribute: string) => AttributeRule {
  const rules = new Map(report.inputs.dataset.attributes.map(({ name, rule }) => [name, rule]));
  return (attribute) => rules.get(attribute) ?? { kind: 'binary' };
}

function attributeRows(report: Report, result: MacroscaleResult): AttributeRow[] {
  const counts = new Map(report.results.attributes.map((row) => [row.attribute, row]));
  const ruleOf = rulesOf(report);
  const tested = new Map<string, { positive?: MacroscaleRow; negative?: MacroscaleRow }>();
  for (const row of result.rows) {
    tested.set(row.attribute, { ...tested.get(row.attribute), [row.modality]: row });
  }
  return [...new Set([...tested.keys(), ...counts.keys()])].map((attribute) => {
    const { positive = null, negative = null } = tested.get(attribute) ?? {};
    return {
      attribute,
      rule: ruleOf(attribute),
      positive,
      negative,
      strongest: stronger(positive, negative),
      counts: counts.get(attribute) ?? null,
    };
  });
}

function stronger(a: MacroscaleRow | null, b: MacroscaleRow | null): MacroscaleRow | null {
  if (!a || !b) return a ?? b;
  return b.ks > a.ks ? b : a;
}

function ordered(
  rows: readonly AttributeRow[],
  { column, descending }: Sort<SortColumn>,
  signed: boolean,
): AttributeRow[] {
  if (column === 'attribute') return sortRows(rows, descending, null);
  const value = (row: AttributeRow) => sortValues[column](row, signed);
  // At the smallest p that permutations can give, many are equal.
  const tie = column === 'pAdjusted' ? (row: AttributeRow) => row.strongest?.ks ?? 0 : undefined;
  return sortRows(rows, descending, value, tie);
}

const sortValues = {
  ks: (row) => row.strongest?.ks ?? null,
  ksPositive: (row, signed) => ksOf(row.positive, signed),
  ksNegative: (row, signed) => ksOf(row.negative, signed),
  n: (row) => row.strongest?.nIdentities ?? null,
  pAdjusted: (row) => row.strongest?.pAdjusted ?? null,
  p: (row) => (row.strongest ? log10P(row.strongest) : null),
} as const satisfies Record<
  Exclude<SortColumn, 'attribute'>,
  (row: AttributeRow, signed: boolean) => number | null
>;

/** Finite even where p itself is too small for a double, so that differences can be taken. */
function log10P(row: MacroscaleRow): number {
  return Math.max(row.log10PNaive ?? Math.log10(row.pNaive), -Number.MAX_VALUE);
}

function parseSort(sort: PageState['sort']): Sort<SortColumn> {
  const column = sortColumns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : defaultSort;
}
