import type { ChartConfiguration } from 'chart.js';
import type { Metric } from '../../src/domain/embeddingMatrix.ts';
import type { Distribution, MacroscaleRow, VerificationResult } from '../../src/protocol/report.ts';
import type { EnergyValidation } from '../../src/protocol/microscaleSchema.ts';
import type { Point } from '../charts/cdf.ts';
import { distanceCdf } from '../charts/distanceCdf.ts';
import { pairHistogram } from '../charts/pairHistogram.ts';
import { peopleHistogram } from '../charts/peopleHistogram.ts';
import { rocCurve } from '../charts/rocCurve.ts';
import { validationScatter } from '../charts/validationScatter.ts';
import type { PeopleBin } from '../dataState.ts';
import { t } from '../l10n.ts';
import type { Figure } from './figure.ts';
import { drawKeys, type Key } from './legend.ts';
import { paperTheme as theme } from './paper.ts';

export type About = Pick<Figure, 'name' | 'title' | 'description'>;

export function cdfFigure(
  input: {
    readonly distribution: Distribution;
    readonly rows: readonly MacroscaleRow[];
    readonly metric: Metric;
  },
  about: About,
): Figure {
  return chartFigure(distanceCdf(input, theme), about, [
    { mark: { colour: theme.positive }, text: t('within +') },
    { mark: { colour: theme.negative, dash: [7, 3] }, text: t('within −') },
    { mark: { colour: theme.cross, dash: [2, 2] }, text: t('across') },
  ]);
}

export function pairHistogramFigure(result: VerificationResult, about: About): Figure {
  return chartFigure(pairHistogram(result, theme), about, [
    { mark: { colour: theme.matched }, text: t('one person') },
    { mark: { colour: theme.unmatched, dash: [6, 3] }, text: t('two people') },
  ]);
}

export function rocFigure(result: VerificationResult, about: About): Figure {
  return chartFigure(rocCurve(result, theme), about, [
    { mark: { colour: theme.matched }, text: t('model') },
    { mark: { colour: theme.muted, dash: [4, 4] }, text: t('chance') },
  ]);
}

export function peopleFigure(bins: readonly PeopleBin[], about: About): Figure {
  return chartFigure(peopleHistogram(bins, theme), about, []);
}

export function validationFigure(validations: readonly EnergyValidation[], about: About): Figure {
  return chartFigure(validationScatter(validations, theme), about, [], 360);
}

const width = 420;
const keysPx = 24;

/** A chart under what its lines mean. */
function chartFigure(
  specification: ChartConfiguration<'line', Point[], string>,
  about: About,
  keys: readonly Key[],
  chartHeight = 280,
): Figure {
  const top = keys.length > 0 ? keysPx : 0;
  return {
    ...about,
    width,
    height: top + chartHeight,
    draw: ({ context, chart }) => {
      chart(specification, { left: 0, top, width, height: chartHeight });
      drawKeys(context, keys, 12, keysPx / 2);
    },
  };
}
