import { t } from '../../l10n.ts';
import { energyBoxes, energyLinePx, modelLinePx, nLines } from '../../charts/energyBoxes.ts';
import { maxChartRows } from '../../charts/dotsByAttribute.ts';
import { MountedChart } from '../../charts/mount.ts';
import { stepBars } from '../../charts/stepBars.ts';
import { element, phraseNodes, setText } from '../../dom.ts';
import type { EnergyListView, EnergyRow } from '../../energyList.ts';
import { hasSameLines, isSameList } from '../../listState.ts';
import type { Theme } from '../../theme.ts';
import { type ListActions, noteBelow, silent, spokenName } from '../attributeChart.ts';
import { axisTicks } from '../axisTicks.ts';
import { createListRows } from '../listRows.ts';
import type { View } from '../view.ts';

/**
 * Rows of the page with names and numbers, over them two canvases: energies on the left, and in the same lines on the
 * right how far a step moves. A row by model has a line for each.
 */
export function createEnergyChart(id: string, actions: ListActions): View<EnergyListView> {
  const energies = createPanel();
  const steps = createPanel();
  const list = createListRows(id, actions);
  const energyTicks = element('div', { class: 'axis-ticks' });
  const stepTicks = element('div', { class: 'axis-ticks' });
  const head = element(
    'div',
    { class: 'energy-grid axis', attributes: { 'aria-hidden': true } },
    element('span', { class: 'cell-name', text: t('Attribute') }),
    element(
      'div',
      { class: 'axis-plot' },
      element(
        'div',
        { class: 'axis-words' },
        element('span', { text: t('0: aligned') }),
        element('span', { class: 'axis-right', text: t('1: no common direction') }),
      ),
      energyTicks,
    ),
    element('span', { class: 'cell-value', text: t('energy') }),
    element(
      'div',
      { class: 'axis-plot' },
      element('div', { class: 'axis-words' }, element('span', { text: t('step length') })),
      stepTicks,
    ),
    element('span', { class: 'cell-value', text: t('step') }),
  );
  const plots = element('div', { class: 'energy-grid plots' }, energies.frame, steps.frame);
  const nothing = element('p', { class: 'nothing-found muted', attributes: { role: 'status' } });
  const body = element('div', { class: 'chart-body' }, list.element, plots);
  const root = element('div', { class: 'attribute-chart energy-chart' }, head, body, nothing);
  let shown: { view: EnergyListView; theme: Theme } | null = null;
  return {
    element: root,
    update(view, theme) {
      if (!shown || !isSameList(shown.view, view) || shown.theme !== theme) draw(view, theme);
      setText(nothing, noteBelow(view));
      nothing.hidden = nothing.textContent === '';
      shown = { view, theme };
      list.mark(view.selected);
    },
  };

  function draw(view: EnergyListView, theme: Theme): void {
    const rows = view.rows.slice(0, maxChartRows);
    const drawn = { ...view, rows };
    const linePx = view.byModel ? modelLinePx : energyLinePx;
    root.classList.toggle('by-model', view.byModel);
    list.show(rows, {
      keep: shown !== null && hasSameLines(shown.view, view),
      build: (row) => rowElement(row, view.byModel, linePx),
    });
    body.style.height = `${nLines(rows, view.byModel) * linePx}px`;
    energyTicks.replaceChildren(...axisTicks(view.energyAxis, null));
    stepTicks.replaceChildren(...axisTicks(view.stepAxis, null));
    if (rows.length > 0) {
      energies.chart.show(energyBoxes(drawn, theme), view.chartInWords);
      steps.chart.show(stepBars(drawn, theme), t('Step lengths, as the rows say them.'));
    } else {
      energies.chart.clear();
      steps.chart.clear();
    }
  }
}

function createPanel() {
  const canvas = element('canvas', { attributes: { role: 'img' } });
  return { frame: element('div', { class: 'energy-plot' }, canvas), chart: new MountedChart(canvas) };
}

function rowElement({ attribute, parts, inWords }: EnergyRow, byModel: boolean, linePx: number): HTMLElement {
  const head = byModel ? [spokenName('row-head', attribute, inWords)] : [];
  const row = element(
    'div',
    { class: 'row energy-row' },
    ...head,
    ...parts.map((part) =>
      element(
        'div',
        { class: 'energy-grid energy-line', attributes: byModel ? { 'aria-hidden': true } : {} },
        byModel
          ? element('span', { class: 'cell-name' }, ...phraseNodes([{ name: part.label }]))
          : spokenName('cell-name', attribute, inWords),
        silent('cell-plot', part.missing),
        silent('cell-value', part.text),
        silent('cell-value step', part.stepText),
      ),
    ),
  );
  row.style.height = `${(parts.length + head.length) * linePx}px`;
  row.style.setProperty('--line', `${linePx}px`);
  return row;
}
