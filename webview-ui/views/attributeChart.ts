import { dotsByAttribute, maxChartRows, rowHeightPx } from '../charts/dotsByAttribute.ts';
import { MountedChart } from '../charts/mount.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount } from '../format.ts';
import {
  type Dot,
  hasSameLines,
  isSameList,
  type ListBase,
  type ListRow,
  type ListScale,
  type ListView,
} from '../listState.ts';
import type { Theme } from '../theme.ts';
import { axisTicks } from './axisTicks.ts';
import { t } from '../l10n.ts';
import { createListRows } from './listRows.ts';
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
  const list = createListRows(id, { choose, openDetail });
  const axis = element('div', { class: 'axis-ticks', attributes: { 'aria-hidden': true } });
  const left = element('span', { class: 'axis-left' });
  const right = element('span', { class: 'axis-right' });
  const positive = valueHead('positive');
  const negative = valueHead('negative');
  const note = element('span', { class: 'cell-note' });
  const head = element(
    'div',
    { class: 'row-grid axis', attributes: { 'aria-hidden': true } },
    element('span', { class: 'cell-name', text: t('Attribute') }),
    element('div', { class: 'axis-plot' }, element('div', { class: 'axis-words' }, left, right), axis),
    positive.element,
    negative.element,
    note,
  );
  const nothing = element('p', { class: 'nothing-found muted', attributes: { role: 'status' } });
  const body = element('div', { class: 'chart-body' }, list.element, plot);
  const root = element('div', { class: 'attribute-chart' }, head, body, nothing);

  let shown: { view: ListView; theme: Theme } | null = null;
  return {
    element: root,
    update(view, theme) {
      if (!shown || !isSameList(shown.view, view) || shown.theme !== theme) {
        const rows = view.rows.slice(0, maxChartRows);
        list.show(rows, {
          keep: shown !== null && hasSameLines(shown.view, view),
          build: (row) => rowElement(row, view.scale),
        });
        body.style.height = `${rows.length * rowHeightPx}px`;
        drawHead(view.scale);
        if (rows.length > 0)
          chart.show(dotsByAttribute({ rows, scale: view.scale }, theme), view.chartInWords);
        else chart.clear();
      }
      setText(nothing, noteBelow(view));
      nothing.hidden = nothing.textContent === '';
      shown = { view, theme };
      list.mark(view.selected);
    },
  };

  function drawHead({ axis: ends, heads, ...scale }: ListScale): void {
    setText(left, scale.left);
    setText(right, scale.right);
    setText(positive.text, heads.positive);
    setText(negative.text, heads.negative);
    setText(note, scale.noteHead ?? '');
    root.classList.toggle('plain', scale.colours === 'plain');
    root.classList.toggle('with-note', scale.noteHead !== null);
    root.classList.toggle('single', scale.single === true);
    note.hidden = scale.noteHead === null;
    axis.replaceChildren(...axisTicks(ends, scale.reference));
  }
}

function rowElement(row: ListRow, { missing, noteHead }: ListScale): HTMLElement {
  return element(
    'div',
    { class: 'row row-grid' },
    spokenName('cell-name', row.attribute, row.inWords),
    silent('cell-plot', (row.positive ?? row.negative) ? '' : missing),
    valueCell(row.positive),
    valueCell(row.negative),
    noteHead === null ? null : silent('cell-note', row.note),
  );
}

function valueCell(dot: Dot | null): HTMLElement {
  return silent(dot?.isNoise ? 'cell-value muted' : 'cell-value', dot?.text ?? '—');
}

/**
 * The name of a line, which stands for all of it where the line is read out: not as the line's own label, which would
 * have to hold its numbers word by word.
 */
export function spokenName(className: string, name: string, inWords: string): HTMLElement {
  return element(
    'span',
    { class: className, attributes: { role: 'img', 'aria-label': inWords } },
    ...phraseNodes([{ name }]),
  );
}

/** What the name of its line says already. */
export function silent(className: string, text: string): HTMLElement {
  return element('span', { class: className, text, attributes: { 'aria-hidden': true } });
}

function valueHead(modality: 'positive' | 'negative'): { element: HTMLElement; text: HTMLElement } {
  const text = element('span');
  return {
    element: element('span', { class: 'cell-value' }, element('span', { class: `dot ${modality}` }), text),
    text,
  };
}

/** Where the lines end before the attributes do. */
export function noteBelow({ rows, nAttributes, filter }: ListBase): string {
  if (rows.length === 0)
    return t('None of {0} attributes matches «{1}».', formatCount(nAttributes), filter.trim());
  if (rows.length <= maxChartRows) return '';
  return t(
    'The chart draws the first {0} of {1} attributes in this order; the filter and the table reach all.',
    formatCount(maxChartRows),
    formatCount(rows.length),
  );
}
