import type { Association } from '../../src/protocol/report.ts';
import { formatPhi } from '../associationWording.ts';
import { element, phraseNodes } from '../dom.ts';
import { formatCount, formatFixed } from '../format.ts';
import { numberCell } from './attributeTable.ts';
import { t } from '../l10n.ts';

/** More are in the copied CSV. */
export const mostPairs = 2000;

/** Two attributes a line, with all that the report knows of them. */
export function pairTable(pairs: readonly Association[]): HTMLElement {
  return nameTable(
    t('Associations of attributes'),
    [t('Attribute'), t('and'), t('φ of images'), t('φ of people'), t('images')],
    pairs.slice(0, mostPairs).map(({ a, b, phi, phiOfPeople, nImages }) => [
      [a, b],
      [formatPhi(phi), formatPhi(phiOfPeople), formatCount(nImages)],
    ]),
  );
}

/** Two columns a line. */
export function columnTable(columns: readonly Association[]): HTMLElement {
  return nameTable(
    t('Associations of columns'),
    [t('Column'), t('and'), t('Cramér’s V'), t('images')],
    columns.map(({ a, b, cramersV, nImages }) => [
      [a, b],
      [formatFixed(cramersV, 2), formatCount(nImages)],
    ]),
  );
}

/** Names, then numbers in each line. */
export function nameTable(
  label: string,
  heads: readonly string[],
  lines: readonly (readonly [names: readonly string[], numbers: readonly string[]])[],
): HTMLElement {
  return element(
    'table',
    { class: 'facts-table pair-table', attributes: { 'aria-label': label } },
    element(
      'thead',
      {},
      element('tr', {}, ...heads.map((text) => element('th', { text, attributes: { scope: 'col' } }))),
    ),
    element(
      'tbody',
      {},
      ...lines.map(([names, numbers]) =>
        element(
          'tr',
          {},
          ...names.map((name) => element('td', { class: 'pair-name' }, ...phraseNodes([{ name }]))),
          ...numbers.map(numberCell),
        ),
      ),
    ),
  );
}
