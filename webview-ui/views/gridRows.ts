import { nextIndex } from './listKeys.ts';

export interface GridRows {
  /** Marks the chosen rows, of which one is the table's tab stop. */
  mark(isChosen: (index: number) => boolean): void;
  /** Puts the focus on the tab stop. */
  focus(): void;
}

/** Rows of a table that are chosen by click and by arrow keys, one tab stop for all; Enter opens. */
export function createGridRows(
  body: HTMLTableSectionElement,
  { choose, open }: { readonly choose: (index: number) => void; readonly open: (index: number) => void },
): GridRows {
  let active = 0;
  const indexOf = (target: EventTarget | null) =>
    target instanceof Element ? [...body.children].indexOf(target.closest('tr')!) : -1;
  const activate = (index: number) => {
    active = index;
    choose(index);
  };
  body.addEventListener('click', ({ target }) => {
    const index = indexOf(target);
    if (index >= 0) activate(index);
  });
  body.addEventListener('dblclick', ({ target }) => {
    const index = indexOf(target);
    if (index >= 0) open(index);
  });
  body.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const current = indexOf(event.target);
    const next = nextIndex(event.key, current, body.children.length);
    if (event.key === 'Enter' && current >= 0) open(current);
    else if (next !== null) {
      activate(next);
      (body.children[next] as HTMLElement).focus();
    } else return;
    event.preventDefault();
  });
  return {
    mark(isChosen) {
      const rows = [...body.children];
      const first = rows.findIndex((_, index) => isChosen(index));
      const stop = active < rows.length && (isChosen(active) || first < 0) ? active : Math.max(0, first);
      rows.forEach((row, index) => {
        row.setAttribute('aria-selected', String(isChosen(index)));
        row.setAttribute('tabindex', index === stop ? '0' : '-1');
      });
    },
    focus: () => body.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus(),
  };
}
