import { element, phraseNodes, setChildren, setText } from '../dom.ts';
import { splitAtPoint } from '../format.ts';
import { hasSameLines, isSameList, type ListLine, type ListBase, nextSort, type Sort } from '../listState.ts';
import type { ListActions } from './attributeChart.ts';
import { nextIndex } from './listKeys.ts';
import type { View } from './view.ts';

export interface TableActions extends ListActions {
  readonly sort: (sort: Sort) => void;
}

/** The chart's data as a table. Headers sort, rows select. */
export function createAttributeTable({ choose, openDetail, sort }: TableActions): View<ListBase> {
  const head = element('tr');
  const body = element('tbody');
  const table = element(
    'table',
    { class: 'attribute-table', attributes: { role: 'grid' } },
    element('thead', {}, head),
    body,
  );
  let shown: ListBase | null = null;
  const lines = new Map<string, HTMLElement>();

  const chooseRow = (index: number) => {
    const row = shown?.rows[index];
    if (row) choose(row.attribute);
  };
  const rowIndex = (target: EventTarget | null) =>
    target instanceof Element ? [...body.children].indexOf(target.closest('tr')!) : -1;
  body.addEventListener('click', ({ target }) => chooseRow(rowIndex(target)));
  body.addEventListener('keydown', (event) => {
    const current = rowIndex(event.target);
    if (event.key === 'Enter') {
      chooseRow(current);
      openDetail();
    } else {
      const next = nextIndex(event.key, current, body.children.length);
      if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
      chooseRow(next);
      (body.children[next] as HTMLElement).focus();
    }
    event.preventDefault();
  });

  return {
    element: table,
    update(view) {
      const before = shown;
      shown = view;
      if (before?.columns !== view.columns) drawHead(view);
      table.setAttribute('aria-label', view.tableName);
      [...head.children].forEach((header, index) => {
        const { key, name, header: title = name } = view.columns[index]!;
        setText(header.firstElementChild!, title);
        const sorted = view.sort.column === key;
        header.setAttribute(
          'aria-sort',
          sorted ? (view.sort.descending ? 'descending' : 'ascending') : 'none',
        );
      });
      if (!before || !isSameList(before, view)) {
        if (!before || !hasSameLines(before, view)) lines.clear();
        setChildren(
          body,
          view.rows.map((row) => {
            const line = lines.get(row.attribute) ?? rowElement(row, view.columns);
            lines.set(row.attribute, line);
            return line;
          }),
        );
      }
      markSelected(view);
    },
  };

  /** Headers are kept where the columns are the same, so that the focus stays on them. */
  function drawHead({ columns }: ListBase): void {
    const keys = columns.map(({ key }) => key).join();
    if (head.dataset['columns'] === keys) return;
    head.dataset['columns'] = keys;
    head.replaceChildren(
      ...columns.map((column) => {
        const button = element('button', { attributes: { type: 'button', title: column.note } });
        button.addEventListener('click', () => {
          if (shown) sort(nextSort(shown.sort, column));
        });
        return element('th', { class: `column-${column.key}`, attributes: { scope: 'col' } }, button);
      }),
    );
  }

  function markSelected(view: ListBase): void {
    const index = view.rows.findIndex((row) => row.attribute === view.selected);
    [...body.children].forEach((child, i) => {
      child.setAttribute('aria-selected', String(i === index));
      child.setAttribute('tabindex', i === Math.max(0, index) ? '0' : '-1');
    });
  }
}

function rowElement(row: ListLine, columns: ListBase['columns']): HTMLElement {
  return element(
    'tr',
    {},
    element(
      'th',
      { class: 'cell-name', attributes: { scope: 'row' } },
      ...phraseNodes([{ name: row.attribute }]),
    ),
    ...row.cells.map((text, index) => {
      const cell = numberCell(text);
      cell.classList.add(`column-${columns[index + 1]!.key}`);
      return cell;
    }),
  );
}

/** A number whose decimal point stands under the others'; an interval in brackets behind it is of second rank. */
export function numberCell(text: string): HTMLTableCellElement {
  const [whole, after] = splitAtPoint(text);
  const [, rest = after, interval = null] = /^(.*?)( \(.*\))$/.exec(after) ?? [];
  return element(
    'td',
    // In one piece for a screen reader.
    { class: 'number', attributes: text === '' ? {} : { 'aria-label': text } },
    element('span', { class: 'whole', text: whole }),
    element(
      'span',
      { class: 'rest' },
      rest,
      interval === null ? null : element('span', { class: 'interval', text: interval }),
    ),
  );
}
