import type { VscodeCheckbox } from '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { tableAsCsv } from '../csv.ts';
import { element, setText } from '../dom.ts';
import { formatCount } from '../format.ts';
import { type MacroscaleView, type SortColumn, sortColumns } from '../state.ts';
import { columnNames } from './attributeTable.ts';
import { button, select } from './controls.ts';
import type { Actions, View } from './view.ts';

export interface Toolbar extends View<MacroscaleView> {
  focusFilter(): void;
  toggleView(): void;
}

/** Chart or table, filter, order, sign; one row of controls for both. */
export function createToolbar(actions: Actions, toList: () => void): Toolbar {
  let shown: MacroscaleView | null = null;
  const chartButton = viewButton('Chart', 'chart');
  const tableButton = viewButton('Table', 'table');
  const filter = filterField();
  const sort = select('Sort by', (column) => {
    const known = sortColumns.find((name) => name === column);
    if (known) actions.change({ sort: { column: known, descending: isDescendingFirst(known) } });
  });
  sort.element.classList.add('sort');
  const direction = element('button', { class: 'tool direction', attributes: { type: 'button' } });
  direction.addEventListener('click', () => {
    if (shown) actions.change({ sort: { ...shown.sort, descending: !shown.sort.descending } });
  });
  const signed: VscodeCheckbox = element('vscode-checkbox', {
    text: 'Signed',
    attributes: { title: 'A modality that spreads instead of clustering points left of zero' },
  });
  signed.addEventListener('change', () => actions.change({ signed: signed.checked }));
  const count = element('span', { class: 'count muted', attributes: { role: 'status' } });
  const copy = button(
    'Copy as CSV',
    () => {
      if (shown) actions.post({ type: 'copy', text: tableAsCsv(shown) });
    },
    true,
  );

  const root = element(
    'div',
    { class: 'toolbar' },
    element(
      'div',
      { class: 'segments', attributes: { role: 'group', 'aria-label': 'View (T)', title: 'Change view: T' } },
      chartButton,
      tableButton,
    ),
    filter,
    element('div', { class: 'sorting' }, sort.element, direction),
    signed,
    count,
    copy,
  );

  return {
    element: root,
    focusFilter: () => filter.focus(),
    toggleView: () => actions.change({ view: shown?.view === 'chart' ? 'table' : 'chart' }),
    update(view) {
      shown = view;
      chartButton.setAttribute('aria-pressed', String(view.view === 'chart'));
      tableButton.setAttribute('aria-pressed', String(view.view === 'table'));
      if (filter.value !== view.filter) filter.value = view.filter;
      sort.set(
        sortColumns.map((column) => ({ value: column, label: columnNames[column] })),
        view.sort.column,
      );
      const { descending } = view.sort;
      setText(direction, descending ? '↓' : '↑');
      direction.setAttribute('aria-label', descending ? 'Descending' : 'Ascending');
      direction.title = descending ? 'Descending: click for ascending' : 'Ascending: click for descending';
      if (signed.checked !== view.signed) signed.checked = view.signed;
      const all = view.ranking.length;
      setText(
        count,
        view.rows.length === all
          ? `${formatCount(all)} attributes`
          : `${formatCount(view.rows.length)} of ${formatCount(all)} attributes`,
      );
    },
  };

  function viewButton(text: string, view: 'chart' | 'table'): HTMLButtonElement {
    const node = element('button', { class: 'tool', text, attributes: { type: 'button' } });
    node.addEventListener('click', () => actions.change({ view }));
    return node;
  }

  function filterField(): VscodeTextfield {
    const field = element('vscode-textfield', { class: 'filter' });
    field.placeholder = 'Find an attribute';
    field.label = 'Find an attribute';
    field.title = 'Find an attribute: /';
    field.type = 'search';
    field.addEventListener('input', () => actions.change({ filter: field.value }));
    field.addEventListener('keydown', (event) => {
      const first = shown?.rows[0];
      if (event.key === 'Escape' && field.value !== '') actions.change({ filter: '' });
      else if (event.key === 'Enter' && first) actions.change({ attribute: first.attribute });
      else if (event.key === 'ArrowDown' && first) {
        if (!shown?.rows.some((row) => row.attribute === shown?.selected?.attribute)) {
          actions.change({ attribute: first.attribute });
        }
        toList();
      } else return;
      event.preventDefault();
    });
    return field;
  }
}

function isDescendingFirst(column: SortColumn): boolean {
  return column !== 'attribute' && column !== 'p';
}
