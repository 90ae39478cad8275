import type { Association } from '../src/protocol/report.ts';
import type { AssociationMeasure, AssociationOrder } from '../src/protocol/webviewMessages.ts';
import type { AssociationMap, AssociationView, Cell } from './associationState.ts';
import { formatCount, formatFixed } from './format.ts';
import type { Part, Phrase } from './wording.ts';

export const measureNames = {
  phi: 'φ of images',
  phiOfPeople: 'φ of people',
} as const satisfies Record<AssociationMeasure, string>;

export const orderNames = {
  similarity: 'alike together',
  name: 'by name',
} as const satisfies Record<AssociationOrder, string>;

/** φ to two decimals: of some ten thousand images its interval is about a hundredth wide. */
export function formatPhi(phi: number | null): string {
  return formatFixed(phi, 2);
}

/** One sentence of what the map shows, with its strongest pairs; also its `aria-label`. */
export function mapInWords({ map, pairs }: AssociationView): Phrase {
  const strongest = pairs
    .filter((pair) => pair[map.measure] !== null)
    .slice(0, 3)
    .flatMap(({ a, b, ...pair }, index): Part[] => [
      index === 0 ? ' Strongest: ' : ', ',
      { name: a },
      ' and ',
      { name: b },
      ' (',
      { number: formatPhi(pair[map.measure]) },
      ')',
    ]);
  const what =
    map.measure === 'phi'
      ? 'how often they are on the same images'
      : 'how often people who show one more show the other more';
  return [
    `Each cell is two attributes: ${what}, from −1 (never together) over 0 (no more than by chance) to 1 (always together).`,
    ...strongest,
    strongest.length > 0 ? '.' : '',
  ];
}

export const mapCaveat =
  'Where two attributes go together, the KS distance of one may be that of the other: it does not show which. A linear association alone is seen.';

/** Where the map draws fewer than there are; else nothing. */
export function leftOutOfMap({ attributes, nAttributes }: AssociationMap): string {
  if (attributes.length === nAttributes) return '';
  return (
    `Of ${formatCount(nAttributes)} attributes the map draws the ${formatCount(attributes.length)} with the strongest ` +
    'associations; those of any other stand beside it when it is chosen above.'
  );
}

/** «Heavy_Makeup and Male: φ = −0.67, n = 70 838 images» */
export function cellInWords({ attributes, cells, measure }: AssociationMap, { row, column }: Cell): Phrase {
  const [a, b] = [{ name: attributes[row]! }, { name: attributes[column]! }];
  if (row === column) return [a, ' and itself'];
  const pair = cells[row]?.[column] ?? null;
  if (!pair) return [a, ' and ', b, ': not in the report'];
  const value = pair[measure];
  const images = `${formatCount(pair.nImages)} images`;
  if (value === null) return [a, ' and ', b, `: no φ, since one of them never varies; n = ${images}`];
  const what = measure === 'phi' ? 'φ' : 'φ of people';
  const other = otherMeasure(pair, measure);
  return [a, ' and ', b, `: ${what} = `, { number: formatPhi(value) }, `, n = ${images}${other}`];
}

function otherMeasure(pair: Association, measure: AssociationMeasure): string {
  const other = measure === 'phi' ? 'phiOfPeople' : 'phi';
  const name = measure === 'phi' ? 'of people' : 'of images';
  return pair[other] === null ? '' : ` (${name} ${formatPhi(pair[other])})`;
}

export const nothingChosenInWords = 'Point at a cell, or go through them with the arrow keys.';

export const columnsInWords =
  'Columns of several values became several attributes. Cramér’s V says how much such a column and another go together, from 0 (not at all) to 1 (each tells the other).';

export const columnsCaveat = 'It has no sign, and with few images and many values it is above 0 by chance.';
