import { element, setText } from '../dom.ts';
import type { Figure } from '../figures/figure.ts';
import type { ListBase, Sort } from '../listState.ts';
import type { PageState } from '../../src/protocol/webviewMessages.ts';
import type { ListActions } from './attributeChart.ts';
import { createAttributeTable } from './attributeTable.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import { onShortcut } from './shortcuts.ts';
import { createToolbar } from './toolbar.ts';
import type { Actions, View } from './view.ts';

export interface ListOptions {
  readonly id: string;
  /** A control of this list alone, in its toolbar. */
  readonly extra: HTMLElement | null;
  /** Where the page keeps the list's order. */
  readonly sorted: (sort: Sort) => PageState;
  readonly csv: () => string;
  /** What the chart is called where it is saved, and how it is drawn there. */
  readonly title: string;
  readonly figure: () => Figure | null;
  readonly openDetail: () => void;
  /** What the caption's terms mean. */
  readonly links?: readonly HTMLElement[];
}

export interface AttributeList<List extends ListBase> extends View<List> {
  /** Puts the focus on the lines. */
  focus(): void;
}

/** Attributes as a chart or as a table, with filter, order and shortcuts; whatever is measured of them. */
export function createAttributeList<List extends ListBase>(
  actions: Actions,
  createChart: (id: string, actions: ListActions) => View<List>,
  options: ListOptions,
): AttributeList<List> {
  const { openDetail } = options;
  const toList = () => {
    const selector = table.element.hidden ? '.rows' : 'tr[tabindex="0"]';
    scroller.querySelector<HTMLElement>(selector)?.focus();
  };
  const choose = (attribute: string) => actions.change({ attribute });
  const sort = (order: Sort) => actions.change(options.sorted(order));
  const chart = createChart(options.id, { choose, openDetail });
  const table = createAttributeTable({ choose, openDetail, sort });
  const save = createSaveMenu(actions, options.title, ['svg', 'png', 'csv'], () => {
    const figure = options.figure();
    return figure && saveableOf(figure, options.csv);
  });
  const toolbar = createToolbar(
    {
      choose,
      sort,
      filter: (filter) => actions.change({ filter }),
      view: (view) => actions.change({ view }),
      copy: () => actions.post({ type: 'copy', text: options.csv() }),
      toList,
    },
    options.extra,
    save,
  );
  const scroller = element('div', { class: 'scroller' }, chart.element, table.element);
  const caption = element('p', { class: 'caption muted' });
  const legend = element('div', { class: 'list-legend legend' });
  const captionText = element('span');
  caption.append(captionText, ...(options.links ?? []).flatMap((link) => [' ', link]));
  const root = element('div', { class: 'master' }, toolbar.element, legend, scroller, caption);
  onShortcut(root, (key) => {
    if (key === 't') toolbar.toggleView();
    else if (key === '/') toolbar.focusFilter();
    return key === 't' || key === '/';
  });
  let revealed: ListBase | null = null;

  return {
    element: root,
    focus: toList,
    update(view, theme) {
      // Hiding what has the focus would drop it, so it moves along with the view.
      const hadFocus = scroller.contains(document.activeElement) && revealed?.view !== view.view;
      chart.element.hidden = view.view !== 'chart';
      table.element.hidden = view.view !== 'table';
      toolbar.update(view, theme);
      if (view.view === 'chart') chart.update(view, theme);
      else table.update(view, theme);
      showLegend(view);
      setText(captionText, `${view.chartInWords} ${view.caveat}`);
      if (revealed?.source !== view.source || revealed.view !== view.view) {
        reveal(view.view === 'chart' ? chart.element : table.element);
      }
      revealed = view;
      if (hadFocus) toList();
    },
  };

  function showLegend({ legend: entries, source, variant, view }: ListBase): void {
    legend.hidden = entries.length === 0 || view !== 'chart';
    if (revealed?.source === source && revealed.variant === variant) return;
    legend.replaceChildren(
      ...entries.map(({ mark, text }) =>
        element('span', {}, element('span', { class: `mark ${mark}` }), text),
      ),
    );
  }

  /** Scrolls the list alone, never the page, to the chosen line. */
  function reveal(list: HTMLElement): void {
    const row = list.querySelector('[aria-selected="true"]');
    const head = list.querySelector('.axis, thead th');
    if (!row || !head) return;
    const { top, bottom } = row.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    const upper = frame.top + head.getBoundingClientRect().height;
    const lower = frame.top + scroller.clientHeight;
    if (top < upper) scroller.scrollTop += top - upper;
    else if (bottom > lower) scroller.scrollTop += bottom - lower;
  }
}
