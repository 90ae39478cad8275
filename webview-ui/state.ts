import type { AttributeRule, Modality } from '../src/domain/attributeColumn.ts';
import type {
  AttributeResult,
  Distribution,
  MacroscaleResult,
  MacroscaleRow,
  ModelInput,
  Report,
} from '../src/protocol/report.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { type Axis, ksAxis } from './charts/axis.ts';

/** Everything the page draws, derived from the report and what the reader chose. Pure. */
export interface ReportView {
  readonly report: Report;
  readonly fileName: string;
  /** One label for each macroscale result, unique. */
  readonly modelLabels: readonly string[];
  readonly model: MacroscaleView | null;
}

/** The macroscale result of the model that is shown. */
export interface MacroscaleView {
  readonly label: string;
  readonly result: MacroscaleResult;
  readonly input: ModelInput | null;
  /** Sorted and filtered. */
  readonly rows: readonly AttributeRow[];
  /** By descending KS, unfiltered: what the summary speaks of. */
  readonly ranking: readonly AttributeRow[];
  readonly selected: AttributeRow | null;
  readonly distribution: Distribution | null;
  readonly sort: Sort;
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

export const sortColumns = ['attribute', 'ks', 'ksPositive', 'ksNegative', 'n', 'p'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export const defaultSort: Sort = { column: 'ks', descending: true };

export function viewReport(report: Report, fileName: string, state: PageState): ReportView {
  const modelLabels = labelModels(report.results.macroscale);
  const index = Math.max(0, modelLabels.indexOf(state.model ?? ''));
  const result = report.results.macroscale[index];
  const model = result ? viewMacroscale(report, result, modelLabels[index]!, state) : null;
  return { report, fileName, modelLabels, model };
}

/** The order that a click on a column's header asks for. */
export function nextSort(current: Sort, column: SortColumn): Sort {
  if (current.column === column) return { column, descending: !current.descending };
  return { column, descending: column !== 'attribute' && column !== 'p' };
}

/** A modality's KS distance; `signed` puts a minus before one that spreads. */
export function ksOf(row: MacroscaleRow | null, signed: boolean): number | null {
  if (!row) return null;
  return signed && row.sign < 0 ? -row.ks : row.ks;
}

export function rowOf(row: AttributeRow, modality: Modality): MacroscaleRow | null {
  return modality === 'positive' ? row.positive : row.negative;
}

function viewMacroscale(
  report: Report,
  result: MacroscaleResult,
  label: string,
  state: PageState,
): MacroscaleView {
  const signed = state.signed ?? true;
  const sort = parseSort(state.sort);
  const filter = state.filter ?? '';
  const all = attributeRows(report, result);
  const ranking = sortRows(all, defaultSort, signed);
  const selected = ranking.find((row) => row.attribute === state.attribute) ?? ranking[0] ?? null;
  return {
    label,
    result,
    input: report.inputs.models.find((input) => input.name === result.model) ?? null,
    rows: sortRows(
      all.filter((row) => matches(row.attribute, filter)),
      sort,
      signed,
    ),
    ranking,
    selected,
    distribution: result.distributions.find((d) => d.attribute === selected?.attribute) ?? null,
    sort,
    filter,
    view: state.view ?? 'chart',
    signed,
    axis: ksAxis(
      report.results.macroscale.flatMap(({ rows }) => rows.map((row) => ksOf(row, signed)!)),
      signed,
    ),
    noun: report.inputs.dataset.identitiesKnown ? 'people' : 'images',
  };
}

function attributeRows(report: Report, result: MacroscaleResult): AttributeRow[] {
  const counts = new Map(report.results.attributes.map((row) => [row.attribute, row]));
  const rules = new Map(report.inputs.dataset.attributes.map(({ name, rule }) => [name, rule]));
  const tested = new Map<string, { positive?: MacroscaleRow; negative?: MacroscaleRow }>();
  for (const row of result.rows) {
    tested.set(row.attribute, { ...tested.get(row.attribute), [row.modality]: row });
  }
  return [...new Set([...tested.keys(), ...counts.keys()])].map((attribute) => {
    const { positive = null, negative = null } = tested.get(attribute) ?? {};
    return {
      attribute,
      rule: rules.get(attribute) ?? { kind: 'binary' },
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

/** Attributes without the value come last in either direction; equal values are in the order of names. */
function sortRows(rows: readonly AttributeRow[], sort: Sort, signed: boolean): AttributeRow[] {
  const direction = sort.descending ? -1 : 1;
  if (sort.column === 'attribute') {
    return [...rows].sort((a, b) => direction * byName.compare(a.attribute, b.attribute));
  }
  const value = sortValues[sort.column];
  return [...rows].sort((a, b) => {
    const x = value(a, signed);
    const y = value(b, signed);
    if (x === null || y === null) {
      return Number(x === null) - Number(y === null) || byName.compare(a.attribute, b.attribute);
    }
    return direction * (x - y) || byName.compare(a.attribute, b.attribute);
  });
}

const byName = new Intl.Collator('en', { numeric: true });

const sortValues = {
  ks: (row) => row.strongest?.ks ?? null,
  ksPositive: (row, signed) => ksOf(row.positive, signed),
  ksNegative: (row, signed) => ksOf(row.negative, signed),
  n: (row) => row.strongest?.nIdentities ?? null,
  p: (row) => (row.strongest ? log10P(row.strongest) : null),
} as const satisfies Record<
  Exclude<SortColumn, 'attribute'>,
  (row: AttributeRow, signed: boolean) => number | null
>;

/** Finite even where p itself is too small for a double, so that differences can be taken. */
function log10P(row: MacroscaleRow): number {
  return Math.max(row.log10PNaive ?? Math.log10(row.pNaive), -Number.MAX_VALUE);
}

function parseSort(sort: PageState['sort']): Sort {
  const column = sortColumns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : defaultSort;
}

/** Blank and underscore are one, case is none: «blond hair» finds Blond_Hair. */
function matches(attribute: string, filter: string): boolean {
  return fold(attribute).includes(fold(filter.trim()));
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll('_', ' ');
}

/** Model names, told apart by metric or number where they repeat. */
function labelModels(results: readonly MacroscaleResult[]): string[] {
  const seen = new Set<string>();
  return results.map(({ model, metric }) => {
    let label = model;
    if (seen.has(label)) label = `${model} · ${metric}`;
    for (let n = 2; seen.has(label); n++) label = `${model} · ${n}`;
    seen.add(label);
    return label;
  });
}
