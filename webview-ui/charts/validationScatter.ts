import type { ChartConfiguration } from 'chart.js';
import type { EnergyValidation } from '../../src/protocol/microscaleSchema.ts';
import { t } from '../l10n.ts';
import type { Theme } from '../theme.ts';
import { niceAxis } from './axis.ts';
import type { Point } from './cdf.ts';
import { smallText, trimZeros } from './style.ts';

type ScatterChart = ChartConfiguration<'line', Point[], string>;

/** Half of a normal distribution's 95 %. */
const sureZ = 1.96;

/**
 * Measured energies upwards, known ones to the right, each with two standard errors either way; on the dashed diagonal
 * both agree. Fields that do not move have no place.
 */
export function validationScatter(validations: readonly EnergyValidation[], theme: Theme): ScatterChart {
  const points = validations.flatMap(({ measured, analytic, standardError }) =>
    measured === null || analytic === null ? [] : [{ x: analytic, y: measured, error: standardError ?? 0 }],
  );
  const axis = niceAxis(
    0,
    points.reduce((largest, { x, y, error }) => Math.max(largest, x, y + sureZ * error), 1),
    6,
  );
  const scale = (text: string) => ({
    type: 'linear' as const,
    min: axis.min,
    max: axis.max,
    border: { display: false },
    title: { display: true, text, ...smallText(theme) },
    ticks: {
      ...smallText(theme),
      autoSkip: false,
      callback: (value: number | string) => trimZeros(Number(value).toFixed(axis.decimals)),
    },
    afterBuildTicks: (built: { ticks: { value: number }[] }) => {
      built.ticks = axis.ticks.map((value) => ({ value }));
    },
    grid: { drawTicks: false, color: axis.ticks.map((tick) => (tick === 0 ? theme.axis : theme.grid)) },
  });
  return {
    type: 'line',
    data: {
      datasets: [
        {
          label: 'Fields',
          data: points.map(({ x, y }) => ({ x, y })),
          showLine: false,
          clip: false,
          pointStyle: 'circle',
          pointRadius: 4,
          pointBackgroundColor: `${theme.positive}60`,
          pointBorderColor: theme.positive,
          pointBorderWidth: 1.5,
          order: 0,
        },
        {
          label: 'Two standard errors',
          data: points.flatMap(({ x, y, error }) =>
            error > 0
              ? [
                  { x, y: y - sureZ * error },
                  { x, y: y + sureZ * error },
                  { x: Number.NaN, y: Number.NaN },
                ]
              : [],
          ),
          borderColor: theme.positive,
          borderWidth: 1.5,
          pointRadius: 0,
          spanGaps: false,
          order: 1,
        },
        {
          label: 'Measured as known',
          data: [axis.min, axis.max].map((end) => ({ x: end, y: end })),
          borderColor: theme.axis,
          borderWidth: 1,
          borderDash: [5, 4],
          pointRadius: 0,
          order: 2,
        },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      plugins: { tooltip: { enabled: false } },
      scales: { x: scale(t('known energy →')), y: scale(t('measured energy →')) },
    },
  };
}
