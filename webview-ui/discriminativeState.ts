import { type AttributeRule } from '../src/domain/attributeColumn.ts';
import type { DiscriminativeResult, DiscriminativeRow, Report } from '../src/protocol/report.ts';
import type { PageState, Score } from '../src/protocol/webviewMessages.ts';
import { type Axis, niceAxis } from './charts/axis.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';
import { nounOf, type Noun, rulesOf } from './macroscaleState.ts';

/** How well a linear classifier reads the attributes off the shown model's embeddings. */
export interface DiscriminativeView {
  readonly result: DiscriminativeResult;
  readonly score: Score;
  /** Sorted and filtered. */
  readonly rows: readonly ScoredRow[];
  /** Best by identity first, unfiltered. */
  readonly ranking: readonly ScoredRow[];
  readonly selected: ScoredRow | null;
  readonly ruleOfSelected: AttributeRule;
  readonly sort: Sort<ScoreColumn>;
  readonly filter: string;
  readonly view: 'chart' | 'table';
  /** The same for all models of the report, so that they compare. */
  readonly axis: Axis;
  readonly noun: Noun;
}

/** One attribute by the chosen score; `null` where a scheme was not possible. */
export interface ScoredRow {
  readonly attribute: string;
  readonly row: DiscriminativeRow;
  readonly byIdentity: number | null;
  readonly stratified: number | null;
  /** What the stratified folds say more than those by identity. */
  readonly gap: number | null;
  /** The score of who does not look at the embedding. */
  readonly chance: number;
}

export const scoreColumns = [
  'attribute',
  'byIdentity',
  'stratified',
  'gap',
  'majority',
  'nImages',
  'nIdentities',
] as const;
export type ScoreColumn = (typeof scoreColumns)[number];

export const defaultScoreSort: Sort<ScoreColumn> = { column: 'byIdentity', descending: true };

export function viewDiscriminative(
  report: Report,
  result: DiscriminativeResult,
  state: PageState,
): DiscriminativeView {
  const score = state.score ?? 'balancedAccuracy';
  const sort = parseSort(state.scoreSort);
  const filter = state.filter ?? '';
  const all = result.rows.map((row) => scored(row, score));
  const ranking = ordered(all, defaultScoreSort);
  const selected = ranking.find(({ attribute }) => attribute === state.attribute) ?? ranking[0] ?? null;
  const found = all.filter(({ attribute }) => matchesFilter(attribute, filter));
  return {
    result,
    score,
    rows: ordered(found, sort),
    ranking,
    selected,
    ruleOfSelected: rulesOf(report)(selected?.attribute ?? ''),
    sort,
    filter,
    view: state.view ?? 'chart',
    axis: scoreAxis(report, score),
    noun: nounOf(report),
  };
}

function scored(row: DiscriminativeRow, score: Score): ScoredRow {
  const byIdentity = row.byIdentity?.[score] ?? null;
  const stratified = row.stratified?.[score] ?? null;
  const difference = byIdentity === null || stratified === null ? null : stratified - byIdentity;
  return {
    attribute: row.attribute,
    row,
    byIdentity,
    stratified,
    gap: score === 'balancedAccuracy' ? row.leakage : difference,
    chance: score === 'accuracy' ? row.majority : 0.5,
  };
}

function scoreAxis({ results }: Report, score: Score): Axis {
  const values = results.discriminative.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      const { byIdentity, stratified, chance } = scored(row, score);
      return [byIdentity, stratified, chance].filter((value) => value !== null);
    }),
  );
  const low = values.reduce((least, value) => Math.min(least, value), 0.5);
  const high = values.reduce((largest, value) => Math.max(largest, value), 0.6);
  return niceAxis(low, high);
}

function ordered(rows: readonly ScoredRow[], { column, descending }: Sort<ScoreColumn>): ScoredRow[] {
  return sortRows(rows, descending, column === 'attribute' ? null : sortValues[column]);
}

const sortValues = {
  byIdentity: ({ byIdentity }) => byIdentity,
  stratified: ({ stratified }) => stratified,
  gap: ({ gap }) => gap,
  majority: ({ row }) => row.majority,
  nImages: ({ row }) => row.nImages,
  nIdentities: ({ row }) => row.nIdentities,
} as const satisfies Record<Exclude<ScoreColumn, 'attribute'>, (row: ScoredRow) => number | null>;

function parseSort(sort: PageState['scoreSort']): Sort<ScoreColumn> {
  const column = scoreColumns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : defaultScoreSort;
}
