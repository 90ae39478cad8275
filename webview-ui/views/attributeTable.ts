import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatKs, formatP, splitAtPoint } from '../format.ts';
import { type AttributeRow, ksOf, type MacroscaleView, nextSort, type SortColumn } from '../state.ts';
import { nextIndex } from './listKeys.ts';
import type { Actions, View } from './view.ts';

/** What the columns are called here and in the sort menu. */
export const columnNames = {
  attribute: 'Attribute',
  ks: 'KS max',
  ksPositive: 'KS +',
  ksNegative: 'KS −',
  n: 'n',
  p: 'p naive',
} as const satisfies Record<SortColumn, string>;

const columnNotes = {
  attribute: 'Name of the attribute',
  ks: 'The larger KS distance of the two modalities',
  ksPositive: 'KS distance of the positive modality: within it against across',
  ksNegative: 'KS distance of the negative modality: within it against across',
  n: 'Identities on each side of the comparison',
  p: 'p of the larger KS distance, as if pairs were independent, which they are not',
} as const satisfies Record<SortColumn, string>;

const columns = Object.keys(columnNames) as readonly SortColumn[];

/** The chart's data as a table. Headers sort, rows select. */
export function createAttributeTable(actions: Actions, openDetail: () => void): View<MacroscaleView> {
  const headers = columns.map((column) => {
    const button = element('button', {
      attributes: { type: 'button', title: columnNotes[column] },
      text: columnNames[column],
    });
    button.addEventListener('click', () => {
      if (shown) actions.change({ sort: nextSort(shown.sort, column) });
    });
    return element('th', { class: `column-${column}`, attributes: { scope: 'col' } }, button);
  });
  const body = element('tbody');
  const table = element(
    'table',
    { class: 'attribute-table', attributes: { role: 'grid', 'aria-label': 'KS distance by attribute' } },
    element('thead', {}, element('tr', {}, ...headers)),
    body,
  );
  let shown: MacroscaleView | null = null;

  const choose = (index: number) => {
    const row = shown?.rows[index];
    if (row) actions.change({ attribute: row.attribute });
  };
  const rowIndex = (target: EventTarget | null) =>
    target instanceof Element ? [...body.children].indexOf(target.closest('tr')!) : -1;
  body.addEventListener('click', ({ target }) => choose(rowIndex(target)));
  body.addEventListener('keydown', (event) => {
    const current = rowIndex(event.target);
    if (event.key === 'Enter') {
      choose(current);
      openDetail();
    } else {
      const next = nextIndex(event.key, current, body.children.length);
      if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
      choose(next);
      (body.children[next] as HTMLElement).focus();
    }
    event.preventDefault();
  });

  return {
    element: table,
    update(view) {
      const before = shown;
      shown = view;
      setText(headers[columns.indexOf('n')]!.firstElementChild!, `${columnNames.n} ${view.noun}`);
      headers.forEach((header, index) => {
        const sorted = view.sort.column === columns[index];
        header.setAttribute(
          'aria-sort',
          sorted ? (view.sort.descending ? 'descending' : 'ascending') : 'none',
        );
      });
      const same =
        before?.result === view.result &&
        before.signed === view.signed &&
        before.rows.length === view.rows.length &&
        before.rows.every((row, index) => row.attribute === view.rows[index]!.attribute);
      if (!same) body.replaceChildren(...view.rows.map((row) => rowElement(row, view.signed)));
      markSelected(view);
    },
  };

  function markSelected(view: MacroscaleView): void {
    const index = view.rows.findIndex((row) => row.attribute === view.selected?.attribute);
    [...body.children].forEach((child, i) => {
      child.setAttribute('aria-selected', String(i === index));
      child.setAttribute('tabindex', i === Math.max(0, index) ? '0' : '-1');
    });
  }
}

function rowElement(row: AttributeRow, signed: boolean): HTMLElement {
  const strongest = row.strongest;
  return element(
    'tr',
    {},
    element(
      'th',
      { class: 'cell-name', attributes: { scope: 'row' } },
      ...phraseNodes([{ name: row.attribute }]),
    ),
    numberCell(formatKs(strongest?.ks ?? null)),
    numberCell(formatKs(ksOf(row.positive, signed))),
    numberCell(formatKs(ksOf(row.negative, signed))),
    numberCell(strongest ? formatCount(strongest.nIdentities) : '—'),
    numberCell(strongest ? formatP(strongest.pNaive, strongest.log10PNaive) : '—'),
  );
}

/** A number whose decimal point stands under the others'. */
export function numberCell(text: string): HTMLTableCellElement {
  const [whole, rest] = splitAtPoint(text);
  return element(
    'td',
    // In one piece for a screen reader.
    { class: 'number', attributes: text === '' ? {} : { 'aria-label': text } },
    element('span', { class: 'whole', text: whole }),
    element('span', { class: 'rest', text: rest }),
  );
}
