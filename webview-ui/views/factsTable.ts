import { element } from '../dom.ts';
import { numberCell } from './attributeTable.ts';

/** Numbers under headers. The first column names the line where `rowHeaders` says so. */
export function factsTable(
  columns: readonly string[],
  lines: readonly (readonly string[])[],
  { rowHeaders = false, label }: { readonly rowHeaders?: boolean; readonly label: string },
): HTMLTableElement {
  return element(
    'table',
    { class: rowHeaders ? 'facts-table named' : 'facts-table', attributes: { 'aria-label': label } },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        // A head without words would be read as one.
        ...columns.map((text) =>
          text === '' ? element('td') : element('th', { text, attributes: { scope: 'col' } }),
        ),
      ),
    ),
    element(
      'tbody',
      {},
      ...lines.map((cells) =>
        element(
          'tr',
          {},
          ...cells.map((text, index) =>
            rowHeaders && index === 0
              ? element('th', { attributes: { scope: 'row' } }, element('bdi', { text }))
              : numberCell(text),
          ),
        ),
      ),
    ),
  );
}

/** A chart's data, one key away. */
export function disclosedTable(summary: string, ...tables: readonly HTMLElement[]): HTMLElement {
  return element(
    'details',
    {},
    element('summary', { text: summary }),
    ...tables.map((table) => element('div', { class: 'table-frame' }, table)),
  );
}
