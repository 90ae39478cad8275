import { positionOn } from '../charts/axis.ts';
import { ksByAttribute, maxChartRows, plotInsetPx, rowHeightPx } from '../charts/ksByAttribute.ts';
import { MountedChart } from '../charts/mount.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFixed, formatKs } from '../format.ts';
import { type AttributeRow, ksOf, type MacroscaleView } from '../state.ts';
import type { Theme } from '../theme.ts';
import { ksChartInWords, rowInWords } from '../wording.ts';
import { nextIndex } from './listKeys.ts';
import type { Actions, View } from './view.ts';

/**
 * KS by attribute: rows of the page with names and numbers, over them one canvas with all dots and bars.
 * Each row is a target of full width; the list has the focus, its active row is the selection.
 */
export function createAttributeChart(actions: Actions, openDetail: () => void): View<MacroscaleView> {
  const canvas = element('canvas', { attributes: { role: 'img' } });
  const chart = new MountedChart(canvas);
  const plot = element('div', { class: 'plot' }, canvas);
  const list = element('div', {
    class: 'rows',
    attributes: { role: 'listbox', tabindex: 0, 'aria-label': 'Attributes' },
  });
  const axis = element('div', { class: 'axis-ticks', attributes: { 'aria-hidden': true } });
  const left = element('span', { class: 'axis-left', text: '◂ spreads' });
  const right = element('span', { class: 'axis-right' });
  const head = element(
    'div',
    { class: 'row-grid axis', attributes: { 'aria-hidden': true } },
    element('span', { class: 'cell-name', text: 'Attribute' }),
    element('div', { class: 'axis-plot' }, element('div', { class: 'axis-words' }, left, right), axis),
    valueHead('positive', 'KS +'),
    valueHead('negative', 'KS −'),
  );
  const nothing = element('p', { class: 'nothing-found muted', attributes: { role: 'status' } });
  const body = element('div', { class: 'chart-body' }, list, plot);
  const root = element('div', { class: 'attribute-chart' }, head, body, nothing);

  let shown: { view: MacroscaleView; theme: Theme } | null = null;
  let rows: readonly AttributeRow[] = [];

  const choose = (index: number) => {
    const row = rows[index];
    if (row) actions.change({ attribute: row.attribute });
  };
  list.addEventListener('click', ({ target }) => {
    const index = target instanceof Element ? [...list.children].indexOf(target.closest('.row')!) : -1;
    choose(index);
  });
  list.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') openDetail();
    else {
      const current = rows.findIndex((row) => row.attribute === shown?.view.selected?.attribute);
      const next = nextIndex(event.key, current, rows.length);
      if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
      choose(next);
      list.children[next]?.scrollIntoView({ block: 'nearest' });
    }
    event.preventDefault();
  });

  return {
    element: root,
    update(view, theme) {
      if (!shown || !sameRows(shown.view, view) || shown.theme !== theme) {
        rows = view.rows.slice(0, maxChartRows);
        list.replaceChildren(...rows.map((row, index) => rowElement(row, index, view)));
        body.style.height = `${rows.length * rowHeightPx}px`;
        drawAxis(view);
        setText(nothing, noteBelow(view));
        nothing.hidden = nothing.textContent === '';
        if (rows.length > 0) chart.show(ksByAttribute({ ...view, rows }, theme), ksChartInWords(view));
        else chart.clear();
      }
      shown = { view, theme };
      markSelected(view.selected?.attribute);
    },
  };

  function drawAxis(view: MacroscaleView): void {
    left.hidden = !view.signed || view.axis.min === 0;
    setText(right, view.signed ? 'clusters ▸' : 'KS distance');
    axis.replaceChildren(
      ...view.axis.ticks.map((tick) => {
        const minor = tick !== 0 && tick !== view.axis.min && tick !== view.axis.max;
        const label = element('span', {
          class: minor ? 'minor' : '',
          text: formatFixed(tick, view.axis.decimals),
        });
        const share = positionOn(view.axis, tick);
        label.style.left = `calc(${plotInsetPx}px + (100% - ${2 * plotInsetPx}px) * ${share})`;
        return label;
      }),
    );
  }

  function markSelected(attribute: string | undefined): void {
    const index = rows.findIndex((row) => row.attribute === attribute);
    [...list.children].forEach((child, i) => child.setAttribute('aria-selected', String(i === index)));
    if (index >= 0) list.setAttribute('aria-activedescendant', `attribute-${index}`);
    else list.removeAttribute('aria-activedescendant');
  }
}

function rowElement(row: AttributeRow, index: number, view: MacroscaleView): HTMLElement {
  return element(
    'div',
    {
      class: 'row row-grid',
      attributes: { role: 'option', id: `attribute-${index}`, 'aria-label': rowInWords(row) },
    },
    element('span', { class: 'cell-name' }, ...phraseNodes([{ name: row.attribute }])),
    element('span', { class: 'cell-plot', text: row.strongest ? '' : 'not tested' }),
    element('span', { class: 'cell-value', text: formatKs(ksOf(row.positive, view.signed)) }),
    element('span', { class: 'cell-value', text: formatKs(ksOf(row.negative, view.signed)) }),
  );
}

function valueHead(modality: 'positive' | 'negative', text: string): HTMLElement {
  return element('span', { class: 'cell-value' }, element('span', { class: `dot ${modality}` }), text);
}

function noteBelow({ rows, ranking, filter }: MacroscaleView): string {
  if (rows.length === 0)
    return `None of ${formatCount(ranking.length)} attributes matches «${filter.trim()}».`;
  if (rows.length <= maxChartRows) return '';
  return `The chart draws the first ${formatCount(maxChartRows)} of ${formatCount(rows.length)} attributes in this order; the filter and the table reach all.`;
}

function sameRows(a: MacroscaleView, b: MacroscaleView): boolean {
  return (
    a.result === b.result &&
    a.signed === b.signed &&
    a.filter === b.filter &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, index) => row.attribute === b.rows[index]!.attribute)
  );
}
