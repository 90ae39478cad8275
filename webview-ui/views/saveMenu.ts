import { element } from '../dom.ts';
import { figureAsPng } from '../figurePng.ts';
import type { Figure } from '../figures/figure.ts';
import { renderFigure } from '../figures/renderFigure.ts';
import { t } from '../l10n.ts';
import type { Actions } from './view.ts';

/** What of a chart can be saved now; `null` where there is nothing. */
export interface Saveable {
  /** File name without its ending. */
  readonly name: string;
  /** `null` of a table that is not drawn. */
  readonly figure: Figure | null;
  readonly csv: (() => string) | null;
}

export function saveableOf(figure: Figure, csv: () => string): Saveable {
  return { name: figure.name, figure, csv };
}

type Format = 'svg' | 'png' | 'csv';

let lastId = 0;

/**
 * «Save…», a menu of what a chart can be saved as: always in the colours of paper. Arrow keys go through it, Escape
 * closes it.
 * @param title of the chart, for who cannot see what the button stands at.
 */
export function createSaveMenu(
  actions: Pick<Actions, 'post'>,
  title: string,
  formats: readonly Format[],
  saveable: () => Saveable | null,
): HTMLElement {
  const id = `save-menu-${++lastId}`;
  const toggle = element('button', {
    class: 'tool save-button',
    text: t('Save…'),
    attributes: {
      type: 'button',
      'aria-haspopup': 'menu',
      'aria-expanded': false,
      'aria-controls': id,
      'aria-label': t('Save: {0}', title),
    },
  });
  const items = formats.map((format) => {
    const item = element('button', {
      class: 'save-item',
      text: labelOf(format),
      attributes: { type: 'button', role: 'menuitem', tabindex: -1 },
    });
    item.addEventListener('click', () => {
      close();
      toggle.focus();
      const found = saveable();
      if (found) void save(found, format).then((message) => message && actions.post(message));
    });
    return item;
  });
  const menu = element(
    'div',
    { class: 'save-items', attributes: { role: 'menu', id, 'aria-label': t('Save: {0}', title) } },
    ...items,
  );
  menu.hidden = true;
  const root = element('div', { class: 'save-menu' }, toggle, menu);

  toggle.addEventListener('click', () => (menu.hidden ? open(items[0]) : close()));
  root.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = items.findIndex((item) => item === document.activeElement);
    const n = items.length;
    if (event.key === 'ArrowDown') open(items[(at + 1) % n]);
    else if (event.key === 'ArrowUp') open(items[at < 0 ? n - 1 : (at + n - 1) % n]);
    else if (event.key === 'Home' && !menu.hidden) open(items[0]);
    else if (event.key === 'End' && !menu.hidden) open(items[n - 1]);
    else if (event.key === 'Escape' && !menu.hidden) {
      close();
      toggle.focus();
    } else return;
    event.preventDefault();
    // What the menu stands in has keys of its own.
    event.stopPropagation();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && root.contains(relatedTarget))) close();
  });
  return root;

  function open(item: HTMLElement | undefined): void {
    menu.hidden = false;
    toggle.setAttribute('aria-expanded', 'true');
    // Inside the page also where the button stands at its right.
    menu.classList.toggle('to-left', toggle.getBoundingClientRect().left > innerWidth / 2);
    item?.focus();
  }

  function close(): void {
    menu.hidden = true;
    toggle.setAttribute('aria-expanded', 'false');
  }
}

async function save({ name, figure, csv }: Saveable, format: Format) {
  const message = (encoding: 'utf8' | 'base64', content: string) =>
    ({ type: 'saveFile', name: `${name}.${format}`, encoding, content }) as const;
  switch (format) {
    case 'csv':
      return csv && message('utf8', csv());
    case 'svg':
      return figure && message('utf8', renderFigure(figure));
    case 'png':
      return figure && message('base64', await figureAsPng(figure));
  }
}

function labelOf(format: Format): string {
  switch (format) {
    case 'svg':
      return t('SVG: for a paper');
    case 'png':
      return t('PNG: for slides');
    case 'csv':
      return t('CSV: its numbers');
  }
}
