import type { AssociationMeasure, AssociationOrder } from '../src/protocol/webviewMessages.ts';
import type { AssociationMap, AssociationView, Cell } from './associationState.ts';
import { imagesInWords } from './facts.ts';
import { formatCount, formatFixed } from './format.ts';
import { phrase, t } from './l10n.ts';
import { listed, spaced } from './phrases.ts';
import type { Phrase } from './wording.ts';

export function measureNames(): Readonly<Record<AssociationMeasure, string>> {
  return { phi: t('φ of images'), phiOfPeople: t('φ of people') };
}

export function orderNames(): Readonly<Record<AssociationOrder, string>> {
  return { similarity: t('alike together'), name: t('by name') };
}

/** φ to two decimals: of some ten thousand images its interval is about a hundredth wide. */
export function formatPhi(phi: number | null): string {
  return formatFixed(phi, 2);
}

/** One sentence of what the map shows, with its strongest pairs; also its `aria-label`. */
export function mapInWords({ map, pairs }: AssociationView): Phrase {
  const strongest = pairs
    .filter((pair) => pair[map.measure] !== null)
    .slice(0, 3)
    .map(({ a, b, ...pair }) =>
      phrase('{0} and {1} ({2})', { name: a }, { name: b }, { number: formatPhi(pair[map.measure]) }),
    );
  const what =
    map.measure === 'phi'
      ? t(
          'Each cell is two attributes: how often they are on the same images, from −1 (never together) over 0 (no more than by chance) to 1 (always together).',
        )
      : t(
          'Each cell is two attributes: how often people who show one more show the other more, from −1 (never together) over 0 (no more than by chance) to 1 (always together).',
        );
  return spaced([[what], strongest.length > 0 ? phrase('Strongest: {0}.', listed(strongest)) : []]);
}

export function mapCaveat(): string {
  return t(
    'Where two attributes go together, the KS distance of one may be that of the other: it does not show which. A linear association alone is seen.',
  );
}

/** Where the map draws fewer than there are; else nothing. */
export function leftOutOfMap({ attributes, nAttributes }: AssociationMap): string {
  if (attributes.length === nAttributes) return '';
  return t(
    'Of {0} attributes the map draws the {1} with the strongest associations; those of any other stand beside it when it is chosen above.',
    formatCount(nAttributes),
    formatCount(attributes.length),
  );
}

/** «Heavy_Makeup and Male: φ = −0.67, n = 70 838 images» */
export function cellInWords({ attributes, cells, measure }: AssociationMap, { row, column }: Cell): Phrase {
  const [a, b] = [{ name: attributes[row]! }, { name: attributes[column]! }];
  if (row === column) return phrase('{0} and itself', a);
  const pair = cells[row]?.[column] ?? null;
  if (!pair) return phrase('{0} and {1}: not in the report', a, b);
  const { phi, phiOfPeople } = pair;
  const value = pair[measure];
  const images = imagesInWords(pair.nImages);
  if (value === null) {
    return phrase('{0} and {1}: no φ, since one of them never varies; n = {2}', a, b, images);
  }
  const number = { number: formatPhi(value) };
  if (measure === 'phi') {
    return phiOfPeople === null
      ? phrase('{0} and {1}: φ = {2}, n = {3}', a, b, number, images)
      : phrase('{0} and {1}: φ = {2}, n = {3} (of people {4})', a, b, number, images, formatPhi(phiOfPeople));
  }
  return phi === null
    ? phrase('{0} and {1}: φ of people = {2}, n = {3}', a, b, number, images)
    : phrase('{0} and {1}: φ of people = {2}, n = {3} (of images {4})', a, b, number, images, formatPhi(phi));
}

export function nothingChosenInWords(): string {
  return t('Point at a cell, or go through them with the arrow keys.');
}

export function columnsInWords(): string {
  return t(
    'Columns of several values became several attributes. Cramér’s V says how much such a column and another go together, from 0 (not at all) to 1 (each tells the other).',
  );
}

export function columnsCaveat(): string {
  return t('It has no sign, and with few images and many values it is above 0 by chance.');
}
