import type { Association, Report } from '../src/protocol/report.ts';
import type { AssociationMeasure, AssociationOrder, PageState } from '../src/protocol/webviewMessages.ts';
import { orderBySimilarity } from './seriation.ts';

/** How attributes go together: attribute by attribute, and one pair of them. */
export interface AssociationView {
  readonly map: AssociationMap;
  /** Those that the report holds. */
  readonly measures: readonly AssociationMeasure[];
  /** Pairs that are known, strongest first. */
  readonly pairs: readonly Association[];
  /** The chosen cell; `null` where none is. */
  readonly chosen: Cell | null;
}

/** What is drawn; the same object as long as it is the same picture. */
export interface AssociationMap {
  readonly measure: AssociationMeasure;
  readonly order: AssociationOrder;
  /** In the order of rows and columns; at most `maxMapAttributes`, those with the strongest associations. */
  readonly attributes: readonly string[];
  readonly nAttributes: number;
  /** By row and column; `null` on the diagonal and for pairs that the report does not know. */
  readonly cells: readonly (readonly (Association | null)[])[];
  /** Where colours end: the largest |φ|, rounded up to a tenth. */
  readonly end: number;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** More would be smaller than their names, or larger than a page. */
export const maxMapAttributes = 100;

/** `null` where the report holds associations of no two attributes. */
export function viewAssociations(report: Report, state: PageState): AssociationView | null {
  const { associations } = report.results;
  const measures = measuresOf(associations);
  if (measures.length === 0) return null;
  const measure = measures.find((one) => one === state.association) ?? measures[0]!;
  const order = state.associationOrder ?? 'similarity';
  const { map, pairs } = cached(associations, measure, order);
  return { map, measures, pairs, chosen: chosenCell(map, state) };
}

/** Of columns with several values, strongest first. */
export function columnAssociations({ results }: Report): Association[] {
  const columns = results.associations.filter(({ kind }) => kind === 'column');
  return columns.sort((a, b) => (b.cramersV ?? -1) - (a.cramersV ?? -1));
}

function measuresOf(associations: readonly Association[]): AssociationMeasure[] {
  const pairs = associations.filter(({ kind }) => kind === 'attribute');
  if (pairs.length === 0) return [];
  return pairs.some(({ phiOfPeople }) => phiOfPeople !== null) ? ['phi', 'phiOfPeople'] : ['phi'];
}

/** An order of a hundred attributes takes as long as a frame, and a choice changes nothing of it. */
const maps = new WeakMap<readonly Association[], Map<string, Drawn>>();

type Drawn = Pick<AssociationView, 'map' | 'pairs'>;

function cached(
  associations: readonly Association[],
  measure: AssociationMeasure,
  order: AssociationOrder,
): Drawn {
  const known = maps.get(associations) ?? new Map<string, Drawn>();
  maps.set(associations, known);
  const key = `${measure} ${order}`;
  const drawn = known.get(key) ?? drawnOf(associations, measure, order);
  known.set(key, drawn);
  return drawn;
}

function drawnOf(
  associations: readonly Association[],
  measure: AssociationMeasure,
  order: AssociationOrder,
): Drawn {
  const strength = (one: Association) => Math.abs(one[measure] ?? 0);
  const pairs = associations
    .filter(({ kind }) => kind === 'attribute')
    .sort((a, b) => strength(b) - strength(a));
  // Strongest pairs first, so each attribute is met first where it is strongest.
  const all = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const shown = all.slice(0, maxMapAttributes).sort(byName.compare);
  const index = new Map(shown.map((name, i) => [name, i]));
  const known = shown.map(() => shown.map((): Association | null => null));
  for (const pair of pairs) {
    const [i, j] = [index.get(pair.a), index.get(pair.b)];
    if (i !== undefined && j !== undefined && i !== j) known[i]![j] = known[j]![i] = pair;
  }
  const places =
    order === 'name'
      ? [...shown.keys()]
      : orderBySimilarity(shown.length, (i, j) => (i === j ? 1 : (known[i]![j]?.[measure] ?? 0)));
  const map: AssociationMap = {
    measure,
    order,
    attributes: places.map((place) => shown[place]!),
    nAttributes: all.length,
    cells: places.map((row) => places.map((column) => known[row]![column]!)),
    end: pairs[0] ? Math.min(1, Math.max(0.1, Math.ceil(strength(pairs[0]) * 10 - 1e-9) / 10)) : 1,
  };
  return { map, pairs };
}

const byName = new Intl.Collator('en', { numeric: true });

function chosenCell({ attributes }: AssociationMap, { attribute, other }: PageState): Cell | null {
  if (attribute === undefined || other === undefined) return null;
  const [row, column] = [attributes.indexOf(attribute), attributes.indexOf(other)];
  return row < 0 || column < 0 ? null : { row, column };
}
