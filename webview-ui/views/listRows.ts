import { t } from '../l10n.ts';
import { element, setChildren } from '../dom.ts';
import type { ListLine } from '../listState.ts';
import { nextIndex } from './listKeys.ts';

export interface ListRows {
  readonly element: HTMLElement;
  /**
   * Puts the lines of these attributes in place of those before.
   * @param keep whether a line that an attribute had before is still its line; else `build` makes it anew.
   */
  show<Row extends ListLine>(
    rows: readonly Row[],
    options: { readonly keep: boolean; readonly build: (row: Row) => HTMLElement },
  ): void;
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
  const built = new Map<string, HTMLElement>();
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
    show(rows, { keep, build }) {
      attributes = rows.map(({ attribute }) => attribute);
      if (!keep) built.clear();
      setChildren(
        list,
        rows.map((row, index) => {
          const line = built.get(row.attribute) ?? build(row);
          built.set(row.attribute, line);
          line.id = `${id}-${index}`;
          line.setAttribute('role', 'option');
          return line;
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
