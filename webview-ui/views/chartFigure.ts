import type { ChartConfiguration } from 'chart.js';
import type { Point } from '../charts/cdf.ts';
import { MountedChart } from '../charts/mount.ts';
import { element, setText } from '../dom.ts';

export interface FigureContent {
  readonly specification: ChartConfiguration<'line', Point[], string>;
  /** What it shows; also its `aria-label`. */
  readonly words: string;
  /** What it does not show. */
  readonly caveat: string;
  readonly table: HTMLElement;
}

export interface ChartFigure {
  readonly element: HTMLElement;
  show(content: FigureContent): void;
}

/** A chart under a title, with what it shows and does not, and the same numbers as a table. */
export function createChartFigure(title: string, legend: HTMLElement | null): ChartFigure {
  const canvas = element('canvas', { attributes: { role: 'img' } });
  const chart = new MountedChart(canvas);
  const words = element('p');
  const caveat = element('p', { class: 'muted' });
  const table = element('div');
  return {
    element: element(
      'figure',
      { class: 'chart-figure' },
      element('h3', { text: title }),
      legend,
      element('div', { class: 'chart-frame' }, canvas),
      element('figcaption', {}, words, caveat),
      table,
    ),
    show(content) {
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
