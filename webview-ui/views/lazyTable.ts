import { element } from '../dom.ts';

export interface LazyTable {
  readonly element: HTMLDetailsElement;
  /** What it will hold when it is opened, or holds at once if it is open. `key`: the same is the same table. */
  show(key: unknown, build: () => readonly HTMLElement[]): void;
}

/** A table that is built when somebody wants to see it: it may have thousands of lines. */
export function createLazyTable(text: string): LazyTable {
  const content = element('div', { class: 'table-frame' });
  const summary = element('summary', { text });
  const root = element('details', {}, summary, content);
  let wanted: { readonly key: unknown; readonly build: () => readonly HTMLElement[] } | null = null;
  let built: unknown = null;
  const fill = () => {
    if (!wanted || wanted.key === built) return;
    built = wanted.key;
    content.replaceChildren(...wanted.build());
  };
  // Before it opens, so that it is not seen empty; the other way to open it is the browser's search.
  summary.addEventListener('click', fill);
  root.addEventListener('toggle', fill);
  return {
    element: root,
    show(key, build) {
      wanted = { key, build };
      if (root.open) fill();
    },
  };
}
