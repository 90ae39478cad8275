import type { AttributeRule } from '../src/domain/attributeColumn.ts';
import type {
  Association,
  AttributeResult,
  MacroscaleResult,
  People,
  Report,
} from '../src/protocol/report.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { type AssociationView, columnAssociations, viewAssociations } from './associationState.ts';
import { type Axis, niceAxis } from './charts/axis.ts';
import { associationsOf } from './confounders.ts';
import { type CorrelationView, viewCorrelations } from './correlationState.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';
import { nounOf, type Noun, rulesOf } from './macroscaleState.ts';

/** The data set: what its annotations say, and how KS distances go with it. */
export interface DataView {
  readonly report: Report;
  readonly people: People | null;
  /** Sorted and filtered. */
  readonly rows: readonly AttributeResult[];
  readonly nAttributes: number;
  readonly selected: SelectedAttribute | null;
  readonly sort: Sort<DataColumn>;
  readonly filter: string;
  readonly view: 'chart' | 'table';
  readonly intraAxis: Axis;
  readonly interAxis: Axis;
  readonly associations: AssociationView | null;
  readonly columns: readonly Association[];
  /** Of the shown model; `null` where the report has none. */
  readonly correlations: CorrelationView | null;
  /** Whether the shown model was tested for the selected attribute. */
  readonly hasMacroscale: boolean;
  readonly noun: Noun;
}

export interface SelectedAttribute {
  readonly counts: AttributeResult;
  readonly rule: AttributeRule;
  /** Attributes that it goes with, strongest first. */
  readonly related: readonly Related[];
  /** How many there are besides. */
  readonly nOthers: number;
}

export interface Related {
  readonly attribute: string;
  readonly association: Association;
}

export const dataColumns = [
  'attribute',
  'positive',
  'negative',
  'unknown',
  'share',
  'average',
  'intra',
  'inter',
] as const;
export type DataColumn = (typeof dataColumns)[number];

export const defaultDataSort: Sort<DataColumn> = { column: 'intra', descending: true };

/** Whether the report says anything of its data set. */
export function hasData({ results }: Report): boolean {
  return results.attributes.length > 0 || results.people !== null || results.associations.length > 0;
}

/** @param macroscale of the shown model. */
export function viewData(report: Report, macroscale: MacroscaleResult | null, state: PageState): DataView {
  const { attributes, people } = report.results;
  const sort = parseSort(state.dataSort);
  const filter = state.filter ?? '';
  const ranking = ordered(attributes, defaultDataSort);
  const counts = ranking.find(({ attribute }) => attribute === state.attribute) ?? ranking[0];
  const found = attributes.filter(({ attribute }) => matchesFilter(attribute, filter));
  return {
    report,
    people,
    rows: ordered(found, sort),
    nAttributes: attributes.length,
    selected: counts ? selectedOf(report, counts) : null,
    sort,
    filter,
    view: state.view ?? 'chart',
    intraAxis: entropyAxis(attributes.map(({ intraEntropy }) => intraEntropy)),
    interAxis: entropyAxis(attributes.map(({ interEntropy }) => interEntropy)),
    associations: viewAssociations(report, { ...state, ...(counts ? { attribute: counts.attribute } : {}) }),
    columns: columnAssociations(report),
    correlations: macroscale ? viewCorrelations(report, macroscale, state) : null,
    hasMacroscale: macroscale?.rows.some(({ attribute }) => attribute === counts?.attribute) ?? false,
    noun: nounOf(report),
  };
}

/** Images that are positive among those where the attribute is known. */
export function shareOf({ nPositive, nNegative }: AttributeResult): number | null {
  const known = nPositive + nNegative;
  return known > 0 ? nPositive / known : null;
}

/** From zero, since a bar's length is read. */
function entropyAxis(values: readonly (number | null)[]): Axis {
  return niceAxis(
    0,
    values.reduce<number>((largest, value) => Math.max(largest, value ?? 0), 0.1),
    3,
  );
}

const mostRelated = 6;

function selectedOf(report: Report, counts: AttributeResult): SelectedAttribute {
  const strength = ({ phi, phiOfPeople }: Association) => Math.abs(phi ?? phiOfPeople ?? 0);
  const others = [...associationsOf(report, counts.attribute)]
    .map(([attribute, association]) => ({ attribute, association }))
    .sort((a, b) => strength(b.association) - strength(a.association));
  return {
    counts,
    rule: rulesOf(report)(counts.attribute),
    related: others.slice(0, mostRelated),
    nOthers: Math.max(0, others.length - mostRelated),
  };
}

function ordered(
  rows: readonly AttributeResult[],
  { column, descending }: Sort<DataColumn>,
): AttributeResult[] {
  return sortRows(rows, descending, column === 'attribute' ? null : sortValues[column]);
}

const sortValues = {
  positive: ({ nPositive }) => nPositive,
  negative: ({ nNegative }) => nNegative,
  unknown: ({ nUnknown }) => nUnknown,
  share: shareOf,
  average: ({ globalAverage }) => globalAverage,
  intra: ({ intraEntropy }) => intraEntropy,
  inter: ({ interEntropy }) => interEntropy,
} as const satisfies Record<Exclude<DataColumn, 'attribute'>, (row: AttributeResult) => number | null>;

function parseSort(sort: PageState['dataSort']): Sort<DataColumn> {
  const column = dataColumns.find((name) => name === sort?.column);
  return sort && column ? { column, descending: sort.descending } : defaultDataSort;
}

/** How many people have so many images, in at most `maxBins` bins of equal width that leave no number out. */
export interface PeopleBin {
  readonly from: number;
  readonly to: number;
  readonly nIdentities: number;
}

export function peopleBins({ histogram }: People, maxBins = 40): PeopleBin[] {
  const first = histogram[0]?.nImages;
  const last = histogram.at(-1)?.nImages;
  if (first === undefined || last === undefined) return [];
  const width = Math.ceil((last - first + 1) / maxBins);
  const bins = Array.from({ length: Math.ceil((last - first + 1) / width) }, (_, i) => ({
    from: first + i * width,
    to: first + (i + 1) * width - 1,
    nIdentities: 0,
  }));
  for (const { nImages, nIdentities } of histogram) {
    bins[Math.floor((nImages - first) / width)]!.nIdentities += nIdentities;
  }
  return bins;
}
