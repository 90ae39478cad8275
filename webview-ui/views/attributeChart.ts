import { type Axis, positionOn } from '../charts/axis.ts';
import { dotsByAttribute, maxChartRows, plotInsetPx, rowHeightPx } from '../charts/dotsByAttribute.ts';
import { MountedChart } from '../charts/mount.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFixed } from '../format.ts';
import { type Dot, isSameList, type ListRow, type ListScale, type ListView } from '../listState.ts';
import type { Theme } from '../theme.ts';
import { nextIndex } from './listKeys.ts';
import type { View } from './view.ts';

/** What a list's chart and table ask for. */
export interface ListActions {
  readonly choose: (attribute: string) => void;
  readonly openDetail: () => void;
}

/**
 * Rows of the page with names and numbers, over them one canvas with all dots and bars. Each row is a target of full
 * width; the list has the focus, its active row is the selection.
 * @param id of the list, for the ids of its rows.
 */
export function createAttributeChart(id: string, { choose, openDetail }: ListActions): View<ListView> {
  const canvas = element('canvas', { attributes: { role: 'img' } });
  const chart = new MountedChart(canvas);
  const plot = element('div', { class: 'plot' }, canvas);
  const list = element('div', {
    class: 'rows',
    attributes: { role: 'listbox', tabindex: 0, 'aria-label': 'Attributes' },
  });
  const axis = element('div', { class: 'axis-ticks', attributes: { 'aria-hidden': true } });
  const left = element('span', { class: 'axis-left' });
  const right = element('span', { class: 'axis-right' });
  const positive = valueHead('positive');
  const negative = valueHead('negative');
  const note = element('span', { class: 'cell-note' });
  const head = element(
    'div',
    { class: 'row-grid axis', attributes: { 'aria-hidden': true } },
    element('span', { class: 'cell-name', text: 'Attribute' }),
    element('div', { class: 'axis-plot' }, element('div', { class: 'axis-words' }, left, right), axis),
    positive.element,
    negative.element,
    note,
  );
  const nothing = element('p', { class: 'nothing-found muted', attributes: { role: 'status' } });
  const body = element('div', { class: 'chart-body' }, list, plot);
  const root = element('div', { class: 'attribute-chart' }, head, body, nothing);

  let shown: { view: ListView; theme: Theme } | null = null;
  let rows: readonly ListRow[] = [];

  const chooseRow = (index: number) => {
    const row = rows[index];
    if (row) choose(row.attribute);
  };
  list.addEventListener('click', ({ target }) => {
    const index = target instanceof Element ? [...list.children].indexOf(target.closest('.row')!) : -1;
    chooseRow(index);
  });
  list.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') openDetail();
    else {
      const current = rows.findIndex((row) => row.attribute === shown?.view.selected);
      const next = nextIndex(event.key, current, rows.length);
      if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
      chooseRow(next);
      list.children[next]?.scrollIntoView({ block: 'nearest' });
    }
    event.preventDefault();
  });

  return {
    element: root,
    update(view, theme) {
      if (!shown || !isSameList(shown.view, view) || shown.theme !== theme) {
        rows = view.rows.slice(0, maxChartRows);
        list.replaceChildren(...rows.map((row, index) => rowElement(row, `${id}-${index}`, view.scale)));
        body.style.height = `${rows.length * rowHeightPx}px`;
        drawHead(view.scale);
        setText(nothing, noteBelow(view));
        nothing.hidden = nothing.textContent === '';
        if (rows.length > 0)
          chart.show(dotsByAttribute({ rows, scale: view.scale }, theme), view.chartInWords);
        else chart.clear();
      }
      shown = { view, theme };
      markSelected(view.selected);
    },
  };

  function drawHead({ axis: ends, heads, ...scale }: ListScale): void {
    setText(left, scale.left);
    setText(right, scale.right);
    setText(positive.text, heads.positive);
    setText(negative.text, heads.negative);
    setText(note, scale.noteHead ?? '');
    root.classList.toggle('with-note', scale.noteHead !== null);
    note.hidden = scale.noteHead === null;
    axis.replaceChildren(...ends.ticks.map((tick) => tickLabel(tick, ends)), ...referenceLabel(scale, ends));
  }

  function markSelected(attribute: string | null): void {
    const index = rows.findIndex((row) => row.attribute === attribute);
    [...list.children].forEach((child, i) => child.setAttribute('aria-selected', String(i === index)));
    if (index >= 0) list.setAttribute('aria-activedescendant', `${id}-${index}`);
    else list.removeAttribute('aria-activedescendant');
  }
}

function tickLabel(tick: number, axis: Axis): HTMLElement {
  const minor = tick !== 0 && tick !== axis.min && tick !== axis.max;
  return placed(
    element('span', { class: minor ? 'minor' : '', text: formatFixed(tick, axis.decimals) }),
    tick,
    axis,
  );
}

/** Above the ticks, where its line ends. */
function referenceLabel({ reference }: Pick<ListScale, 'reference'>, axis: Axis): HTMLElement[] {
  if (!reference) return [];
  const atEnd = positionOn(axis, reference.value) > 0.7;
  const label = element('span', { class: atEnd ? 'reference end' : 'reference', text: reference.text });
  return [placed(label, reference.value, axis)];
}

function placed(label: HTMLElement, value: number, axis: Axis): HTMLElement {
  label.style.left = `calc(${plotInsetPx}px + (100% - ${2 * plotInsetPx}px) * ${positionOn(axis, value)})`;
  return label;
}

function rowElement(row: ListRow, id: string, { missing, noteHead }: ListScale): HTMLElement {
  return element(
    'div',
    { class: 'row row-grid', attributes: { role: 'option', id, 'aria-label': row.inWords } },
    element('span', { class: 'cell-name' }, ...phraseNodes([{ name: row.attribute }])),
    element('span', { class: 'cell-plot', text: (row.positive ?? row.negative) ? '' : missing }),
    valueCell(row.positive),
    valueCell(row.negative),
    noteHead === null ? null : element('span', { class: 'cell-note', text: row.note }),
  );
}

function valueCell(dot: Dot | null): HTMLElement {
  return element('span', { class: dot?.isNoise ? 'cell-value muted' : 'cell-value', text: dot?.text ?? '—' });
}

function valueHead(modality: 'positive' | 'negative'): { element: HTMLElement; text: HTMLElement } {
  const text = element('span');
  return {
    element: element('span', { class: 'cell-value' }, element('span', { class: `dot ${modality}` }), text),
    text,
  };
}

function noteBelow({ rows, nAttributes, filter }: ListView): string {
  if (rows.length === 0) return `None of ${formatCount(nAttributes)} attributes matches «${filter.trim()}».`;
  if (rows.length <= maxChartRows) return '';
  return `The chart draws the first ${formatCount(maxChartRows)} of ${formatCount(rows.length)} attributes in this order; the filter and the table reach all.`;
}
