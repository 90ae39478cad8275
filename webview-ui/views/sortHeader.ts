import { element } from '../dom.ts';
import type { ListColumn, Sort } from '../listState.ts';

/** A column's head that sorts; `content` stands in place of its name. */
export function sortHeader(
  column: ListColumn,
  sort: (column: ListColumn) => void,
  content: readonly (Node | string)[] = [column.header ?? column.name],
): HTMLTableCellElement {
  const button = element('button', { attributes: { type: 'button', title: column.note } }, ...content);
  button.addEventListener('click', () => sort(column));
  return element(
    'th',
    { class: `column-${column.key}`, attributes: { scope: 'col', 'data-key': column.key } },
    button,
  );
}

/** Says in every head of `head` whether and how it sorts. */
export function markSorted(head: HTMLElement, { column, descending }: Sort): void {
  for (const header of head.querySelectorAll<HTMLElement>('th[data-key]')) {
    const order = descending ? 'descending' : 'ascending';
    header.setAttribute('aria-sort', header.dataset['key'] === column ? order : 'none');
  }
}
