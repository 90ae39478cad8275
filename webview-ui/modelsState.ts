import { modalities, type Modality } from '../src/domain/attributeColumn.ts';
import type { MacroscaleResult, MacroscaleRow, ModelComparison, Report } from '../src/protocol/report.ts';
import type { ComparedMeasure, PageState } from '../src/protocol/webviewMessages.ts';
import { type Axis, ksAxis } from './charts/axis.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';
import { ksOf, nounOf, type Noun } from './macroscaleState.ts';
import type { ReportModel } from './reportModels.ts';

/** Two models of a report, attribute by attribute (the paper's Fig. 1d). */
export interface ModelsView {
  readonly labels: readonly string[];
  readonly x: ComparedModel;
  readonly y: ComparedModel;
  readonly measure: ComparedMeasure;
  /** Farthest from the diagonal first, unfiltered; attributes that both models were tested for. */
  readonly points: readonly ModelPoint[];
  /** Of both directions. */
  readonly axis: Axis;
  /** Sorted and filtered. */
  readonly differences: readonly Difference[];
  readonly nDifferences: number;
  readonly nExcludingZero: number;
  /** How many draws the intervals are of; 0: there are none. */
  readonly bootstraps: number;
  readonly selected: string | null;
  readonly sort: Sort<DifferenceColumn>;
  readonly filter: string;
  readonly noun: Noun;
}

export interface ComparedModel {
  readonly label: string;
  readonly name: string;
  readonly result: MacroscaleResult;
}

export interface ModelPoint {
  readonly attribute: string;
  readonly x: number;
  readonly y: number;
  /** Nats; `null` where the report does not know it. */
  readonly intraEntropy: number | null;
}

/** Signed KS of the model on the x axis less that of the one on the y axis. */
export interface Difference {
  readonly attribute: string;
  readonly modality: Modality;
  readonly x: MacroscaleRow;
  readonly y: MacroscaleRow;
  readonly difference: number;
  /** Of a paired bootstrap. */
  readonly ci: readonly [low: number, high: number] | null;
}

export function excludesZero({ ci }: Difference): boolean {
  return ci !== null && (ci[0] > 0 || ci[1] < 0);
}

export const differenceColumns = ['attribute', 'modality', 'x', 'y', 'difference', 'excludes'] as const;
export type DifferenceColumn = (typeof differenceColumns)[number];

export const defaultDifferenceSort: Sort<DifferenceColumn> = { column: 'difference', descending: true };

/** `null` with fewer than two models that have macroscale results. */
export function viewModels(
  report: Report,
  models: readonly ReportModel[],
  state: PageState,
): ModelsView | null {
  const compared = comparedModels(models);
  const x = compared.find(({ label }) => label === state.modelX) ?? compared[0];
  const others = compared.filter((model) => model !== x);
  const y = others.find(({ label }) => label === state.modelY) ?? others[0];
  if (!x || !y) return null;
  const measure = state.measure ?? 'max';
  const points = pointsOf(report, x.result, y.result, measure);
  const { differences, bootstraps } = differencesOf(x, y, report.results.comparisons);
  const sort = parseSort(state.differenceSort);
  const filter = state.filter ?? '';
  return {
    labels: compared.map(({ label }) => label),
    x,
    y,
    measure,
    points,
    axis: ksAxis(
      points.flatMap((point) => [point.x, point.y]),
      measure !== 'max',
    ),
    differences: sortRows(
      differences.filter((row) => matchesFilter(row.attribute, filter)),
      sort.descending,
      sort.column === 'attribute' ? null : sortValues[sort.column],
    ),
    nDifferences: differences.length,
    nExcludingZero: differences.filter(excludesZero).length,
    bootstraps,
    selected: points.find(({ attribute }) => attribute === state.attribute)?.attribute ?? null,
    sort,
    filter,
    noun: nounOf(report),
  };
}

export function comparedModels(models: readonly ReportModel[]): ComparedModel[] {
  return models.flatMap(({ label, name, macroscale: result }) =>
    result && result.rows.length > 0 ? [{ label, name, result }] : [],
  );
}

function pointsOf(
  report: Report,
  x: MacroscaleResult,
  y: MacroscaleResult,
  measure: ComparedMeasure,
): ModelPoint[] {
  const entropies = new Map(report.results.attributes.map((row) => [row.attribute, row.intraEntropy]));
  const others = measured(y, measure);
  const points = [...measured(x, measure)].flatMap(([attribute, value]): ModelPoint[] => {
    const other = others.get(attribute);
    const intraEntropy = entropies.get(attribute) ?? null;
    return other === undefined ? [] : [{ attribute, x: value, y: other, intraEntropy }];
  });
  return sortRows(points, true, (point) => Math.abs(point.y - point.x));
}

function measured({ rows }: MacroscaleResult, measure: ComparedMeasure): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) {
    if (measure === 'max') found.set(row.attribute, Math.max(row.ks, found.get(row.attribute) ?? 0));
    else if (row.modality === measure) found.set(row.attribute, ksOf(row, true)!);
  }
  return found;
}

/** The report's, turned round where it has the models in the other order; without intervals where it has none. */
function differencesOf(
  x: ComparedModel,
  y: ComparedModel,
  comparisons: readonly ModelComparison[],
): { differences: Difference[]; bootstraps: number } {
  const pairOf = ({ modelA, modelB }: ModelComparison, a: ComparedModel, b: ComparedModel) =>
    modelA === a.name && modelB === b.name && a.name !== b.name;
  const forth = comparisons.find((one) => pairOf(one, x, y));
  const back = comparisons.find((one) => pairOf(one, y, x));
  const known = new Map(
    (forth ?? back)?.rows.map((row) => [
      keyOf(row),
      forth ? row : { difference: -row.difference, ci: [-row.ci[1], -row.ci[0]] as const },
    ]),
  );
  const others = new Map(y.result.rows.map((row) => [keyOf(row), row]));
  const differences = x.result.rows.flatMap((row): Difference[] => {
    const other = others.get(keyOf(row));
    if (!other) return [];
    const { attribute, modality } = row;
    const found = known.get(keyOf(row));
    const difference = found?.difference ?? ksOf(row, true)! - ksOf(other, true)!;
    return [{ attribute, modality, x: row, y: other, difference, ci: found?.ci ?? null }];
  });
  return { differences, bootstraps: (forth ?? back)?.bootstraps ?? 0 };
}

function keyOf({ attribute, modality }: { readonly attribute: string; readonly modality: Modality }): string {
  return `${modality} ${attribute}`;
}

const sortValues = {
  modality: ({ modality }) => modalities.indexOf(modality),
  x: ({ x }) => ksOf(x, true),
  y: ({ y }) => ksOf(y, true),
  /** The larger, the farther up, in whichever direction. */
  difference: ({ difference }) => Math.abs(difference),
  excludes: (row) =>
    row.ci === null ? null : Number(excludesZero(row)) + Math.min(1, Math.abs(row.difference)) / 4,
} as const satisfies Record<Exclude<DifferenceColumn, 'attribute'>, (row: Difference) => number | null>;

function parseSort(sort: PageState['differenceSort']): Sort<DifferenceColumn> {
  const column = differenceColumns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : defaultDifferenceSort;
}
