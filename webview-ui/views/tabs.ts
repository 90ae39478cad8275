import { element } from '../dom.ts';
import { nextTab } from './listKeys.ts';

export interface Tab<Key extends string> {
  readonly key: Key;
  readonly label: string;
}

export interface Tabs<Key extends string> {
  readonly element: HTMLElement;
  show(tabs: readonly Tab<Key>[], chosen: Key): void;
  /** Makes an element the panel of a tab. */
  panel(key: Key, content: HTMLElement): void;
}

/** One tab stop; arrow keys, Home and End choose at once (the pattern «tabs with automatic activation» of ARIA). */
export function createTabs<Key extends string>(label: string, choose: (key: Key) => void): Tabs<Key> {
  const root = element('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': label } });
  let shown: readonly Tab<Key>[] = [];
  root.addEventListener('keydown', (event) => {
    const current = [...root.children].indexOf(document.activeElement!);
    const next = nextTab(event.key, current, shown.length);
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    choose(shown[next]!.key);
    (root.children[next] as HTMLElement).focus();
    event.preventDefault();
  });
  return {
    element: root,
    show(tabs, chosen) {
      if (JSON.stringify(tabs) !== JSON.stringify(shown)) {
        shown = tabs;
        root.replaceChildren(...tabs.map((tab) => tabElement(tab, choose)));
      }
      root.hidden = tabs.length < 2;
      tabs.forEach(({ key }, index) => {
        const tab = root.children[index]!;
        tab.setAttribute('aria-selected', String(key === chosen));
        tab.setAttribute('tabindex', key === chosen ? '0' : '-1');
      });
    },
    panel(key, content) {
      content.id = `panel-${key}`;
      content.setAttribute('role', 'tabpanel');
      content.setAttribute('aria-labelledby', `tab-${key}`);
    },
  };
}

function tabElement<Key extends string>({ key, label }: Tab<Key>, choose: (key: Key) => void): HTMLElement {
  const tab = element('button', {
    class: 'tab',
    text: label,
    attributes: { type: 'button', role: 'tab', id: `tab-${key}`, 'aria-controls': `panel-${key}` },
  });
  tab.addEventListener('click', () => choose(key));
  return tab;
}
