import { element, setText } from '../dom.ts';
import type { MacroscaleView } from '../state.ts';
import { ksChartInWords, noiseCaveat } from '../wording.ts';
import { createAttributeChart } from './attributeChart.ts';
import { createAttributeDetail } from './attributeDetail.ts';
import { createAttributeTable } from './attributeTable.ts';
import { createToolbar } from './toolbar.ts';
import type { Actions, View } from './view.ts';

/** Macroscale: all attributes on the left, the chosen one on the right, or below where the page is narrow. */
export function createAttributeSection(actions: Actions): View<MacroscaleView> {
  const openDetail = () => detail.focus();
  const toList = () => {
    const selector = table.element.hidden ? '.rows' : 'tr[tabindex="0"]';
    scroller.querySelector<HTMLElement>(selector)?.focus();
  };
  const chart = createAttributeChart(actions, openDetail);
  const table = createAttributeTable(actions, openDetail);
  const detail = createAttributeDetail(toList);
  const toolbar = createToolbar(actions, toList);
  const scroller = element('div', { class: 'scroller' }, chart.element, table.element);
  const caption = element('p', { class: 'caption muted' });
  const root = element(
    'main',
    { class: 'section' },
    element('div', { class: 'master' }, toolbar.element, scroller, caption),
    detail.element,
  );
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event) || !root.isConnected) return;
    if (event.key === 't' || event.key === 'T') toolbar.toggleView();
    else if (event.key === '/') toolbar.focusFilter();
    else return;
    event.preventDefault();
  });
  let revealed: MacroscaleView | null = null;

  return {
    element: root,
    update(view, theme) {
      // Hiding what has the focus would drop it, so it moves along with the view.
      const hadFocus = scroller.contains(document.activeElement) && revealed?.view !== view.view;
      chart.element.hidden = view.view !== 'chart';
      table.element.hidden = view.view !== 'table';
      toolbar.update(view, theme);
      (view.view === 'chart' ? chart : table).update(view, theme);
      detail.update(view, theme);
      setText(caption, `${ksChartInWords(view)} ${noiseCaveat}`);
      if (revealed?.result !== view.result || revealed.view !== view.view) {
        const visible = view.view === 'chart' ? chart.element : table.element;
        visible.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
      }
      revealed = view;
      if (hadFocus) toList();
    },
  };
}

/** In a text field, or in a menu that finds its options by their letters. */
function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(
      (node) => node instanceof HTMLInputElement || (node instanceof Element && node.role === 'combobox'),
    );
}
