import type { ChartConfiguration } from 'chart.js';
import type { Point } from '../charts/cdf.ts';
import { MountedChart } from '../charts/mount.ts';
import { element, setText } from '../dom.ts';
import { createSaveMenu, type Saveable } from './saveMenu.ts';
import type { Actions } from './view.ts';

export interface FigureContent {
  readonly specification: ChartConfiguration<'line', Point[], string>;
  /** What it shows; also its `aria-label`. */
  readonly words: string;
  /** What it does not show. */
  readonly caveat: string;
  readonly table: HTMLElement;
  readonly save: Saveable;
}

export interface ChartFigure {
  readonly element: HTMLElement;
  show(content: FigureContent): void;
}

/** A chart under a title, with what it shows and does not, and the same numbers as a table. */
export function createChartFigure(
  actions: Pick<Actions, 'post'>,
  title: string,
  legend: HTMLElement | null,
): ChartFigure {
  const canvas = element('canvas', { attributes: { role: 'img' } });
  const chart = new MountedChart(canvas);
  const words = element('p');
  const caveat = element('p', { class: 'muted' });
  const table = element('div');
  let saveable: Saveable | null = null;
  return {
    element: element(
      'figure',
      { class: 'chart-figure' },
      element(
        'div',
        { class: 'figure-head' },
        element('h2', { text: title }),
        createSaveMenu(actions, title, ['svg', 'png', 'csv'], () => saveable),
      ),
      legend,
      element('div', { class: 'chart-frame' }, canvas),
      element('figcaption', {}, words, caveat),
      table,
    ),
    show(content) {
      saveable = content.save;
      chart.show(content.specification, content.words);
      setText(words, content.words);
      setText(caveat, content.caveat);
      // An open table stays open.
      const isOpen = table.querySelector('details')?.open ?? false;
      table.replaceChildren(content.table);
      const details = table.querySelector('details');
      if (details) details.open = isOpen;
    },
  };
}
