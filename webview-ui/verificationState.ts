import { type AttributeRule, modalities, type Modality } from '../src/domain/attributeColumn.ts';
import { fewIdentities } from '../src/domain/fewIdentities.ts';
import type { Report, VerificationResult } from '../src/protocol/report.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { type Axis, niceAxis } from './charts/axis.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';
import { nounOf, type Noun, rulesOf } from './macroscaleState.ts';

/** How well the shown model tells people apart, and whom it fails. */
export interface VerificationView {
  readonly result: VerificationResult;
  /** False accept rates that have a threshold, by which modalities can be judged. */
  readonly farChoices: readonly number[];
  /** All pairs at the chosen one; `null` where no rate has a threshold. */
  readonly overall: AcceptRate | null;
  /** Sorted and filtered. */
  readonly rows: readonly ModalityRow[];
  /** Lowest TAR first, unfiltered. */
  readonly ranking: readonly ModalityRow[];
  readonly selected: ModalityRow | null;
  readonly sort: Sort<TarSortColumn>;
  readonly filter: string;
  readonly view: 'chart' | 'table';
  readonly axis: Axis;
  readonly noun: Noun;
}

export type AcceptRate = VerificationResult['tar'][number];
export type ModalityRates = VerificationResult['modalities'][number];
export type ModalityRate = ModalityRates['rates'][number];

/** One attribute at the chosen threshold. */
export interface ModalityRow {
  readonly attribute: string;
  readonly rule: AttributeRule;
  readonly positive: ModalitySide | null;
  readonly negative: ModalitySide | null;
  /** The side with the lower TAR, of those that have one. */
  readonly lowest: ModalitySide | null;
  /** How far the two TAR are apart. */
  readonly gap: number | null;
}

export interface ModalitySide {
  readonly modality: Modality;
  readonly rates: ModalityRates;
  readonly rate: ModalityRate;
}

export const tarSortColumns = [
  'attribute',
  'tarPositive',
  'tarNegative',
  'lowest',
  'gap',
  'fmrPositive',
  'fmrNegative',
  'n',
] as const;
export type TarSortColumn = (typeof tarSortColumns)[number];

export const defaultTarSort: Sort<TarSortColumn> = { column: 'lowest', descending: false };

export function viewVerification(
  report: Report,
  result: VerificationResult,
  state: PageState,
): VerificationView {
  const choices = result.tar.filter(({ threshold }) => threshold !== null);
  const overall = choices.find(({ far }) => far === state.far) ?? defaultChoice(choices);
  const all = overall ? modalityRows(report, result, overall.far) : [];
  const ranking = ordered(all, defaultTarSort);
  const sort = parseSort(state.tarSort);
  const filter = state.filter ?? '';
  return {
    result,
    farChoices: choices.map(({ far }) => far),
    overall,
    rows: ordered(
      all.filter((row) => matchesFilter(row.attribute, filter)),
      sort,
    ),
    ranking,
    selected: ranking.find(({ attribute }) => attribute === state.attribute) ?? ranking[0] ?? null,
    sort,
    filter,
    view: state.view ?? 'chart',
    axis: tarAxis(all, overall),
    noun: nounOf(report),
  };
}

export function sideOf(row: ModalityRow, modality: Modality): ModalitySide | null {
  return modality === 'positive' ? row.positive : row.negative;
}

/** The side's TAR; `null` where it has no pairs of one person. */
export function tarOf(side: ModalitySide | null): number | null {
  return side?.rate.tar ?? null;
}

/** 10⁻³ is what the field speaks of; where there are too few pairs for it, the lowest rate that has enough. */
function defaultChoice(choices: readonly AcceptRate[]): AcceptRate | null {
  const sure = choices.filter(({ far, enoughPairs }) => enoughPairs && far >= usualFar * (1 - 1e-9));
  const lowest = [...sure].sort((a, b) => a.far - b.far)[0];
  return lowest ?? choices[0] ?? null;
}

const usualFar = 1e-3;

function modalityRows(report: Report, result: VerificationResult, far: number): ModalityRow[] {
  const ruleOf = rulesOf(report);
  const byAttribute = new Map<string, { positive?: ModalitySide; negative?: ModalitySide }>();
  for (const rates of result.modalities) {
    const rate = rates.rates.find((one) => one.far === far);
    const before = byAttribute.get(rates.attribute) ?? {};
    const side = rate ? { [rates.modality]: { modality: rates.modality, rates, rate } } : {};
    byAttribute.set(rates.attribute, { ...before, ...side });
  }
  return [...byAttribute].map(([attribute, { positive = null, negative = null }]) => {
    const [a, b] = [tarOf(positive), tarOf(negative)];
    return {
      attribute,
      rule: ruleOf(attribute),
      positive,
      negative,
      lowest: a === null ? (b === null ? null : negative) : b === null || a <= b ? positive : negative,
      gap: a === null || b === null ? null : Math.abs(a - b),
    };
  });
}

/**
 * Holds every dot, and the whiskers of modalities that enough people show: those of a handful reach from 0 to 1
 * and would press all others together, so they end at the axis.
 */
function tarAxis(rows: readonly ModalityRow[], overall: AcceptRate | null): Axis {
  const values = rows.flatMap((row) =>
    modalities.flatMap((modality) => {
      const side = sideOf(row, modality);
      const tar = tarOf(side);
      if (side === null || tar === null) return [];
      const isSure = side.rates.nIdentities >= fewIdentities;
      return [tar, ...(isSure ? (side.rate.tarCi ?? []) : [])];
    }),
  );
  const all = [...values, ...(overall ? [overall.tar] : [])];
  const low = Math.min(...all, 1 - smallestTarSpan);
  return niceAxis(low, Math.max(...all, low + smallestTarSpan));
}

/** Below it, differences that no interval supports would look like findings. */
const smallestTarSpan = 0.05;

function ordered(rows: readonly ModalityRow[], { column, descending }: Sort<TarSortColumn>): ModalityRow[] {
  return sortRows(rows, descending, column === 'attribute' ? null : sortValues[column]);
}

const sortValues = {
  tarPositive: ({ positive }) => tarOf(positive),
  tarNegative: ({ negative }) => tarOf(negative),
  lowest: ({ lowest }) => tarOf(lowest),
  gap: ({ gap }) => gap,
  fmrPositive: ({ positive }) => positive?.rate.fmr ?? null,
  fmrNegative: ({ negative }) => negative?.rate.fmr ?? null,
  n: (row) => fewestPairs(row),
} as const satisfies Record<Exclude<TarSortColumn, 'attribute'>, (row: ModalityRow) => number | null>;

/** Pairs of one person on the side that has fewer. */
export function fewestPairs({ positive, negative }: ModalityRow): number | null {
  const counts = [positive, negative].flatMap((side) => (side ? [side.rates.nMatched] : []));
  return counts.length > 0 ? Math.min(...counts) : null;
}

function parseSort(sort: PageState['tarSort']): Sort<TarSortColumn> {
  const column = tarSortColumns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : defaultTarSort;
}
