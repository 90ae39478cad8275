import type { ChartConfiguration } from 'chart.js';
import type { PeopleBin } from '../dataState.ts';
import { imagesInWords, peopleInWords } from '../facts.ts';
import { formatCount } from '../format.ts';
import { t } from '../l10n.ts';
import type { Theme } from '../theme.ts';
import type { Point } from './cdf.ts';
import { smallText, tooltipStyle } from './style.ts';

/** How many people have how many images: an outline, up and along every bin and down at the end. */
export function peopleHistogram(
  bins: readonly PeopleBin[],
  theme: Theme,
): ChartConfiguration<'line', Point[], string> {
  const first = (bins[0]?.from ?? 0) - 0.5;
  const last = (bins.at(-1)?.to ?? 0) + 0.5;
  const steps = bins.flatMap(({ from, to, nIdentities }): Point[] => [
    { x: from - 0.5, y: nIdentities },
    { x: to + 0.5, y: nIdentities },
  ]);
  const whole = (value: string | number) =>
    Number.isInteger(Number(value)) ? formatCount(Number(value)) : '';
  return {
    type: 'line',
    data: {
      datasets: [
        {
          label: 'People',
          data: [{ x: first, y: 0 }, ...steps, { x: last, y: 0 }],
          borderColor: theme.cross,
          borderWidth: 2,
          pointRadius: 0,
          pointHitRadius: 0,
          pointHoverRadius: 0,
          tension: 0,
        },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      layout: { padding: { top: 8, right: 12 } },
      scales: {
        x: {
          type: 'linear',
          min: first,
          max: last,
          title: { display: true, text: t('images of a person'), ...smallText(theme) },
          border: { color: theme.axis },
          grid: { display: false },
          ticks: {
            ...smallText(theme),
            maxRotation: 0,
            includeBounds: false,
            maxTicksLimit: 10,
            callback: whole,
          },
        },
        y: {
          type: 'linear',
          min: 0,
          title: { display: true, text: t('people'), ...smallText(theme) },
          border: { display: false },
          grid: { color: theme.grid, drawTicks: false },
          ticks: { ...smallText(theme), padding: 6, maxTicksLimit: 5, callback: whole },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipStyle(theme),
          callbacks: {
            title: (items) => binInWords(bins[binOfPoint(items[0]?.dataIndex ?? 0, bins.length)]),
            label: ({ dataIndex }) =>
              peopleInWords(bins[binOfPoint(dataIndex, bins.length)]?.nIdentities ?? 0),
            labelPointStyle: () => ({ pointStyle: 'line', rotation: 0 }),
          },
        },
      },
    },
  };
}

/** «20 to 24 images» */
export function binInWords(bin: PeopleBin | undefined): string {
  if (!bin) return '';
  const { from, to } = bin;
  if (from === to) return imagesInWords(from);
  return t('{0} to {1} images', formatCount(from), formatCount(to));
}

function binOfPoint(index: number, nBins: number): number {
  return Math.min(nBins - 1, Math.max(0, Math.floor((index - 1) / 2)));
}
