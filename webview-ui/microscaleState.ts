import type {
  EnergyValidation,
  FieldAlignment,
  LatticeInput,
  MicroscaleResult,
  MicroscaleRow,
  Retention,
} from '../src/protocol/microscaleSchema.ts';
import type { Report } from '../src/protocol/report.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { type Axis, niceAxis } from './charts/axis.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';
import { type ComparisonView, viewComparison } from './microscaleComparisonState.ts';
import { type DrawingsView, viewDrawings } from './microscaleDrawingState.ts';
import type { MicroscaleGroup, ReportModel } from './reportModels.ts';

/** What the report knows of vector fields: of the shown model's, and of fields whose energy is known. */
export interface MicroscaleView {
  readonly measured: MeasuredView | null;
  readonly validations: readonly EnergyValidation[];
}

export interface MeasuredView {
  readonly label: string;
  readonly result: MicroscaleResult;
  readonly lattice: LatticeInput | null;
  /** Neighbour rules that the model was measured by, as in the report. */
  readonly rules: readonly string[];
  /** Sorted and filtered. */
  readonly lines: readonly AttributeLine[];
  /** Most aligned first, unfiltered; those without an energy last. */
  readonly ranking: readonly AttributeLine[];
  readonly selected: AttributeLine | null;
  /** Whether lines have a part for every model of the report; only where there are several. */
  readonly byModel: boolean;
  readonly nModels: number;
  readonly sort: Sort<EnergyColumn>;
  readonly filter: string;
  readonly view: 'chart' | 'table';
  /** The same for all models and rules of the report, so that they compare. */
  readonly energyAxis: Axis;
  readonly stepAxis: Axis;
  /** The chosen attribute by every model of the report, the shown one first. */
  readonly ofModels: readonly EnergyPart[];
  /** Against the chosen attribute. */
  readonly tests: readonly AttributeTest[];
  readonly alignment: FieldAlignment | null;
  readonly retention: Retention | null;
  readonly drawings: DrawingsView | null;
  readonly comparison: ComparisonView | null;
}

export interface AttributeLine {
  readonly attribute: string;
  /** Of the shown model. */
  readonly mean: MicroscaleRow;
  /** The shown model's first; others only where lines are by model. */
  readonly parts: readonly EnergyPart[];
}

/** One model's identities. */
export interface EnergyPart {
  readonly label: string;
  readonly mean: MicroscaleRow;
  readonly energies: readonly number[];
  /** `null` with fewer than five identities. */
  readonly box: Box | null;
}

/** Quartiles, and whiskers to the farthest energies within 1.5 interquartile ranges of the box. */
export interface Box {
  readonly low: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly high: number;
}

/** The chosen attribute less another one. */
export interface AttributeTest {
  readonly other: string;
  readonly n: number;
  readonly nOther: number;
  /** Share of pairs of identities in which the chosen attribute has the larger energy, ties counting half. */
  readonly larger: number;
  readonly p: number;
  readonly pAdjusted: number;
  readonly pHolm: number;
}

export const energyColumns = [
  'attribute',
  'energy',
  'step',
  'within',
  'between',
  'nIdentities',
  'nCurves',
  'nStill',
  'nIsolated',
] as const;
export type EnergyColumn = (typeof energyColumns)[number];

export const defaultEnergySort: Sort<EnergyColumn> = { column: 'energy', descending: false };

/** @param model whose microscale is shown; without one the validations are. */
export function viewMicroscale(
  report: Report,
  models: readonly ReportModel[],
  model: ReportModel | null,
  state: PageState,
): MicroscaleView {
  const group = model?.microscale ?? null;
  return {
    measured: model && group ? viewMeasured(report, models, { label: model.label, group }, state) : null,
    validations: report.results.energyValidations,
  };
}

function viewMeasured(
  report: Report,
  models: readonly ReportModel[],
  { label, group }: { readonly label: string; readonly group: MicroscaleGroup },
  state: PageState,
): MeasuredView {
  const rules = group.results.map(({ neighbours }) => neighbours);
  const result = group.results.find(({ neighbours }) => neighbours === state.neighbours) ?? group.results[0]!;
  const others = models.flatMap((one) => {
    const found = one.microscale?.results.find(({ neighbours }) => neighbours === result.neighbours);
    return one.label !== label && found ? [{ label: one.label, result: found }] : [];
  });
  const nModels = others.length + 1;
  const byModel = nModels > 1 && (state.byModel ?? false);
  const complete = linesOf([{ label, result }, ...others]);
  const all = byModel ? complete : complete.map((line) => ({ ...line, parts: line.parts.slice(0, 1) }));
  const sort = parseSort(state.energySort);
  const filter = state.latticeFilter ?? '';
  const ranking = ordered(all, defaultEnergySort);
  const selected =
    ranking.find(({ attribute }) => attribute === state.latticeAttribute) ?? ranking[0] ?? null;
  const { results } = report;
  const ofModel = <One extends { readonly model: string }>(list: readonly One[]) =>
    list.filter(({ model }) => model === result.model);
  return {
    label,
    result,
    lattice: report.inputs.lattice,
    rules,
    lines: ordered(
      all.filter(({ attribute }) => matchesFilter(attribute, filter)),
      sort,
    ),
    ranking,
    selected,
    byModel,
    nModels,
    sort,
    filter,
    view: state.view ?? 'chart',
    energyAxis: energyAxis(results.microscale),
    stepAxis: stepAxis(results.microscale),
    ofModels: complete.find(({ attribute }) => attribute === selected?.attribute)?.parts ?? [],
    tests: selected ? testsOf(result, selected.attribute) : [],
    alignment: ofModel(results.fieldAlignments)[0] ?? null,
    retention: ofModel(results.retentions).find(({ attribute }) => attribute === selected?.attribute) ?? null,
    drawings: viewDrawings(ofModel(results.fieldDrawings), selected?.attribute ?? null, state),
    comparison: viewComparison(results.microscaleComparisons, result, state),
  };
}

interface LabelledResult {
  readonly label: string;
  readonly result: MicroscaleResult;
}

function linesOf(results: readonly [LabelledResult, ...LabelledResult[]]): AttributeLine[] {
  const known = results.map(({ label, result }) => partsOf(label, result.rows));
  return [...known[0]!].map(([attribute, first]) => ({
    attribute,
    mean: first.mean,
    parts: known.flatMap((parts) => parts.get(attribute) ?? []),
  }));
}

function partsOf(label: string, rows: readonly MicroscaleRow[]): Map<string, EnergyPart> {
  const energies = new Map<string, number[]>();
  for (const { attribute, identity, energy } of rows) {
    if (identity === null || energy === null) continue;
    const list = energies.get(attribute);
    if (list) list.push(energy);
    else energies.set(attribute, [energy]);
  }
  return new Map(
    rows.flatMap((mean): [string, EnergyPart][] => {
      if (mean.identity !== null) return [];
      const own = [...(energies.get(mean.attribute) ?? [])].sort((a, b) => a - b);
      return [[mean.attribute, { label, mean, energies: own, box: boxOf(own) }]];
    }),
  );
}

/** A box of fewer would hide that there are so few. */
const fewestInBox = 5;

/** @param sorted ascending. */
export function boxOf(sorted: readonly number[]): Box | null {
  if (sorted.length < fewestInBox) return null;
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const reach = 1.5 * (q3 - q1);
  return {
    low: sorted.find((value) => value >= q1 - reach)!,
    q1,
    median,
    q3,
    high: sorted.findLast((value) => value <= q3 + reach)!,
  };
}

/** Linear between order statistics (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}

function testsOf({ tests }: MicroscaleResult, attribute: string): AttributeTest[] {
  const found = tests.flatMap((test): AttributeTest[] => {
    const isFirst = test.a === attribute;
    if (!isFirst && test.b !== attribute) return [];
    const share = test.u / (test.nA * test.nB);
    return [
      {
        other: isFirst ? test.b : test.a,
        n: isFirst ? test.nA : test.nB,
        nOther: isFirst ? test.nB : test.nA,
        larger: isFirst ? share : 1 - share,
        p: test.p,
        pAdjusted: test.pAdjusted,
        pHolm: test.pHolm,
      },
    ];
  });
  return found.sort((a, b) => a.pAdjusted - b.pAdjusted || a.p - b.p);
}

/** From 0, which is aligned, to beyond 1, which is no common direction. */
function energyAxis(results: readonly MicroscaleResult[]): Axis {
  let largest = 1;
  for (const { rows } of results) for (const { energy } of rows) largest = Math.max(largest, energy ?? 0);
  return niceAxis(0, largest, 6);
}

/** Far enough that both distances that steps are held against are seen. */
function stepAxis(results: readonly MicroscaleResult[]): Axis {
  const ends = results.flatMap(({ rows, meanWithin, meanBetween }) => [
    meanWithin ?? 0,
    meanBetween ?? 0,
    ...rows.flatMap(({ identity, stepLength, stepLengthCi }) =>
      identity === null ? [stepLengthCi?.[1] ?? stepLength] : [],
    ),
  ]);
  return niceAxis(
    0,
    ends.reduce((largest, end) => Math.max(largest, end), 0),
  );
}

function ordered(lines: readonly AttributeLine[], { column, descending }: Sort<EnergyColumn>) {
  return sortRows(lines, descending, column === 'attribute' ? null : ({ mean }) => sortValues[column](mean));
}

const sortValues = {
  energy: ({ energy }) => energy,
  step: ({ stepLength }) => stepLength,
  within: ({ stepOverWithin }) => stepOverWithin,
  between: ({ stepOverBetween }) => stepOverBetween,
  nIdentities: ({ nIdentities }) => nIdentities,
  nCurves: ({ nCurves }) => nCurves,
  nStill: ({ nStill }) => nStill,
  nIsolated: ({ nIsolated }) => nIsolated,
} as const satisfies Record<Exclude<EnergyColumn, 'attribute'>, (row: MicroscaleRow) => number | null>;

function parseSort(sort: PageState['energySort']): Sort<EnergyColumn> {
  const column = energyColumns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : defaultEnergySort;
}
