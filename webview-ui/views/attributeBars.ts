import { barsByAttribute } from '../charts/barsByAttribute.ts';
import { maxChartRows, rowHeightPx } from '../charts/dotsByAttribute.ts';
import { MountedChart } from '../charts/mount.ts';
import type { BarListView, BarPanel, BarRow } from '../barList.ts';
import { element, setText } from '../dom.ts';
import { hasSameLines, isSameList } from '../listState.ts';
import type { Theme } from '../theme.ts';
import { type ListActions, noteBelow, silent, spokenName } from './attributeChart.ts';
import { axisTicks } from './axisTicks.ts';
import { t } from '../l10n.ts';
import { createListRows } from './listRows.ts';
import type { View } from './view.ts';

/**
 * Rows of the page with names and numbers, over them a canvas for each panel with all its bars.
 * @param id of the list, for the ids of its rows.
 */
export function createAttributeBars(id: string, actions: ListActions): View<BarListView> {
  const list = createListRows(id, actions);
  const head = element('div', { class: 'bar-grid axis', attributes: { 'aria-hidden': true } });
  const plots = element('div', { class: 'bar-grid plots' });
  const nothing = element('p', { class: 'nothing-found muted', attributes: { role: 'status' } });
  const body = element('div', { class: 'chart-body' }, list.element, plots);
  const root = element('div', { class: 'attribute-chart attribute-bars' }, head, body, nothing);
  let charts: readonly MountedChart[] = [];
  let shown: { view: BarListView; theme: Theme } | null = null;
  return {
    element: root,
    update(view, theme) {
      if (!shown || !isSameList(shown.view, view) || shown.theme !== theme) {
        const rows = view.rows.slice(0, maxChartRows);
        list.show(rows, { keep: shown !== null && hasSameLines(shown.view, view), build: rowElement });
        body.style.height = `${rows.length * rowHeightPx}px`;
        if (shown?.view.source !== view.source) makePanels(view.panels);
        charts.forEach((chart, index) => {
          if (rows.length === 0) chart.clear();
          else chart.show(barsByAttribute(rows, view.panels[index]!, index, theme), view.chartInWords);
        });
      }
      setText(nothing, noteBelow(view));
      nothing.hidden = nothing.textContent === '';
      shown = { view, theme };
      list.mark(view.selected);
    },
  };

  function makePanels(panels: readonly BarPanel[]): void {
    for (const chart of charts) chart.clear();
    const canvases = panels.map(() => element('canvas', { attributes: { role: 'img' } }));
    charts = canvases.map((canvas) => new MountedChart(canvas));
    plots.replaceChildren(...canvases.map((canvas) => element('div', { class: 'bar-plot' }, canvas)));
    head.replaceChildren(
      element('span', { class: 'cell-name', text: t('Attribute') }),
      ...panels.map(panelHead),
    );
  }
}

function panelHead({ head, axis }: BarPanel): HTMLElement {
  return element(
    'div',
    { class: 'axis-plot' },
    element('div', { class: 'axis-words' }, element('span', { text: head })),
    element('div', { class: 'axis-ticks' }, ...axisTicks(axis, null)),
  );
}

function rowElement(row: BarRow): HTMLElement {
  return element(
    'div',
    { class: 'row bar-grid' },
    spokenName('cell-name', row.attribute, row.inWords),
    ...row.bars.map((bar) => silent('cell-value', bar?.text ?? '—')),
  );
}
