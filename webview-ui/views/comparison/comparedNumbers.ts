import { modalities } from '../../../src/domain/attributeColumn.ts';
import { fewIdentities } from '../../../src/domain/fewIdentities.ts';
import type { ComparedRow } from '../../../src/protocol/comparisonSchema.ts';
import { type ComparedAttribute, isOfFew } from '../../comparisonState.ts';
import { differenceText, measureName, sideText } from '../../comparisonWording.ts';
import { element } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { t } from '../../l10n.ts';
import { numberCell } from '../attributeTable.ts';
import { factsTable } from '../factsTable.ts';

/** KS of both modalities on both sides, and what they rest on. */
export function modalityNumbers(row: ComparedAttribute): HTMLElement {
  const heads = modalities.map((modality) =>
    element(
      'th',
      { attributes: { scope: 'col' } },
      element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
      modality === 'positive' ? t('positive') : t('negative'),
    ),
  );
  return numbers(
    heads,
    modalities.map((modality) => row[modality]),
  );
}

export function energyNumbers(row: ComparedRow): HTMLElement {
  return numbers([element('th', { text: t('Energy'), attributes: { scope: 'col' } })], [row]);
}

/** A column for each row of the comparison. */
function numbers(heads: readonly HTMLElement[], rows: readonly (ComparedRow | null)[]): HTMLElement {
  const line = (name: string, cell: (row: ComparedRow) => string) =>
    element(
      'tr',
      {},
      element('th', { text: name, attributes: { scope: 'row' } }),
      ...rows.map((row) => numberCell(row ? cell(row) : '—')),
    );
  return element(
    'div',
    {},
    element(
      'table',
      {
        class: 'facts-table named compared-numbers',
        attributes: { 'aria-label': t('Numbers of the chosen attribute') },
      },
      element('thead', {}, element('tr', {}, element('td'), ...heads)),
      element(
        'tbody',
        {},
        line(t('before'), ({ before }) => sideText(before)),
        line(t('after'), ({ after }) => sideText(after)),
        line(t('difference'), (row) => differenceText(row)),
        line(t('n before'), ({ before }) => count(before)),
        line(t('n after'), ({ after }) => count(after)),
      ),
    ),
    rows.some((row) => row !== null && isOfFew(row))
      ? element('p', {
          class: 'muted',
          text: t('Fewer than {0} on a side: a large difference is mostly chance.', fewIdentities),
        })
      : null,
  );
}

/** Measures of verification, one a line. */
export function measureTable(rows: readonly ComparedRow[]): HTMLElement {
  const decimals = 4;
  const table = factsTable(
    [t('Measure'), t('before'), t('after'), t('difference'), t('pairs before'), t('pairs after')],
    rows.map((row) => [
      measureName(row.attribute),
      sideText(row.before, decimals),
      sideText(row.after, decimals),
      differenceText(row, decimals),
      count(row.before),
      count(row.after),
    ]),
    { rowHeaders: true, label: t('Verification before and after') },
  );
  table.classList.add('compared-measures');
  return table;
}

function count(side: ComparedRow['before']): string {
  return side ? formatCount(side.n) : '—';
}
