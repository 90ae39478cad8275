import { t } from '../l10n.ts';
import { element } from '../dom.ts';
import { nextIndex } from './listKeys.ts';

export interface ListRows {
  readonly element: HTMLElement;
  /** Puts these lines in place of those before, each with its attribute. */
  show(rows: readonly { readonly attribute: string; readonly element: HTMLElement }[]): void;
  mark(attribute: string | null): void;
}

/**
 * Lines of a chart that are chosen by click and by arrow keys: the list has the focus, its active line is the choice.
 * @param id of the list, for the ids of its lines.
 */
export function createListRows(
  id: string,
  { choose, openDetail }: { readonly choose: (attribute: string) => void; readonly openDetail: () => void },
): ListRows {
  const list = element('div', {
    class: 'rows',
    attributes: { role: 'listbox', tabindex: 0, 'aria-label': t('Attributes') },
  });
  let attributes: readonly string[] = [];
  let marked: string | null = null;
  const chooseRow = (index: number) => {
    const attribute = attributes[index];
    if (attribute !== undefined) choose(attribute);
  };
  list.addEventListener('click', ({ target }) => {
    chooseRow(target instanceof Element ? [...list.children].indexOf(target.closest('.row')!) : -1);
  });
  list.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') openDetail();
    else {
      const current = marked === null ? -1 : attributes.indexOf(marked);
      const next = nextIndex(event.key, current, attributes.length);
      if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
      chooseRow(next);
      list.children[next]?.scrollIntoView({ block: 'nearest' });
    }
    event.preventDefault();
  });
  return {
    element: list,
    show(rows) {
      attributes = rows.map(({ attribute }) => attribute);
      list.replaceChildren(
        ...rows.map((row, index) => {
          row.element.id = `${id}-${index}`;
          row.element.setAttribute('role', 'option');
          return row.element;
        }),
      );
    },
    mark(attribute) {
      marked = attribute;
      const index = attribute === null ? -1 : attributes.indexOf(attribute);
      [...list.children].forEach((child, i) => child.setAttribute('aria-selected', String(i === index)));
      if (index >= 0) list.setAttribute('aria-activedescendant', `${id}-${index}`);
      else list.removeAttribute('aria-activedescendant');
    },
  };
}
