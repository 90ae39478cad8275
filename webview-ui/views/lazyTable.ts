import { element } from '../dom.ts';

export interface LazyTable {
  readonly element: HTMLDetailsElement;
  /** What it will hold when it is opened, or holds at once if it is open. `key`: the same is the same table. */
  show(key: unknown, build: () => readonly HTMLElement[]): void;
}

/** A table that is built when somebody wants to see it: it may have thousands of lines. */
export function createLazyTable(summary: string): LazyTable {
  const content = element('div', { class: 'table-frame' });
  const root = element('details', {}, element('summary', { text: summary }), content);
  let wanted: { readonly key: unknown; readonly build: () => readonly HTMLElement[] } | null = null;
  let built: unknown = null;
  const fill = () => {
    if (!root.open || !wanted || wanted.key === built) return;
    built = wanted.key;
    content.replaceChildren(...wanted.build());
  };
  root.addEventListener('toggle', fill);
  return {
    element: root,
    show(key, build) {
      wanted = { key, build };
      fill();
    },
  };
}
