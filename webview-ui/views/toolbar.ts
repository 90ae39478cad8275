import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { element, setText } from '../dom.ts';
import { formatCount } from '../format.ts';
import type { ListBase, Sort } from '../listState.ts';
import { button, select } from './controls.ts';
import { t } from '../l10n.ts';
import type { View } from './view.ts';

export interface Toolbar extends View<ListBase> {
  focusFilter(): void;
  toggleView(): void;
}

export interface ToolbarActions {
  readonly choose: (attribute: string) => void;
  readonly sort: (sort: Sort) => void;
  readonly filter: (filter: string) => void;
  readonly view: (view: 'chart' | 'table') => void;
  readonly copy: () => void;
  readonly toList: () => void;
}

/** Chart or table, filter, order, and what a list has besides; one row of controls for both. */
export function createToolbar(
  actions: ToolbarActions,
  extra: HTMLElement | null,
  save: HTMLElement,
): Toolbar {
  let shown: ListBase | null = null;
  const chartButton = viewButton(t('Chart'), 'chart');
  const tableButton = viewButton(t('Table'), 'table');
  const filter = filterField();
  const sort = select(t('Sort by'), (key) => {
    const column = shown?.columns.find((one) => one.key === key);
    if (column) actions.sort({ column: column.key, descending: column.descendingFirst });
  });
  sort.element.classList.add('sort');
  const direction = element('button', { class: 'tool direction', attributes: { type: 'button' } });
  direction.addEventListener('click', () => {
    if (shown) actions.sort({ ...shown.sort, descending: !shown.sort.descending });
  });
  const count = element('span', { class: 'count muted', attributes: { role: 'status' } });
  const copy = button(t('Copy as CSV'), () => actions.copy(), true);

  const root = element(
    'div',
    { class: 'toolbar' },
    element(
      'div',
      {
        class: 'segments',
        attributes: { role: 'group', 'aria-label': t('View (T)'), title: t('Change view: T') },
      },
      chartButton,
      tableButton,
    ),
    filter,
    element('div', { class: 'sorting' }, sort.element, direction),
    extra,
    element('div', { class: 'taken-away' }, count, copy, save),
  );

  return {
    element: root,
    focusFilter: () => filter.focus(),
    toggleView: () => actions.view(shown?.view === 'chart' ? 'table' : 'chart'),
    update(view) {
      shown = view;
      chartButton.setAttribute('aria-pressed', String(view.view === 'chart'));
      tableButton.setAttribute('aria-pressed', String(view.view === 'table'));
      if (filter.value !== view.filter) filter.value = view.filter;
      sort.set(
        view.columns.map(({ key, name }) => ({ value: key, label: name })),
        view.sort.column,
      );
      const { descending } = view.sort;
      setText(direction, descending ? '↓' : '↑');
      direction.setAttribute('aria-label', descending ? t('Descending') : t('Ascending'));
      direction.title = descending
        ? t('Descending: click for ascending')
        : t('Ascending: click for descending');
      const all = view.nAttributes;
      const shownRows = formatCount(view.rows.length);
      setText(count, view.rows.length === all ? allInWords(all) : someInWords(shownRows, all));
    },
  };

  function viewButton(text: string, view: 'chart' | 'table'): HTMLButtonElement {
    const node = element('button', { class: 'tool', text, attributes: { type: 'button' } });
    node.addEventListener('click', () => actions.view(view));
    return node;
  }

  function filterField(): VscodeTextfield {
    const field = element('vscode-textfield', { class: 'filter' });
    field.placeholder = t('Find an attribute');
    field.label = t('Find an attribute');
    field.title = t('Find an attribute: /');
    field.type = 'search';
    field.addEventListener('input', () => actions.filter(field.value));
    field.addEventListener('keydown', (event) => {
      const first = shown?.rows[0];
      if (event.key === 'Escape' && field.value !== '') actions.filter('');
      else if (event.key === 'Enter' && first) actions.choose(first.attribute);
      else if (event.key === 'ArrowDown' && first) {
        if (!shown?.rows.some((row) => row.attribute === shown?.selected)) actions.choose(first.attribute);
        actions.toList();
      } else return;
      event.preventDefault();
    });
    return field;
  }
}

function allInWords(all: number): string {
  return all === 1 ? t('{0} attribute', formatCount(all)) : t('{0} attributes', formatCount(all));
}

function someInWords(some: string, all: number): string {
  return all === 1
    ? t('{0} of {1} attribute', some, formatCount(all))
    : t('{0} of {1} attributes', some, formatCount(all));
}
