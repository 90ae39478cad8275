import type { Metric } from '../../src/domain/embeddingMatrix.ts';
import { t } from '../l10n.ts';
import type { Theme } from '../theme.ts';

/** What the charts have in common: small text in the theme's grey, and a tooltip without ornament. */

export function smallText(theme: Theme) {
  return { color: theme.muted, font: { family: theme.fontFamily, size: theme.fontSizePx - 1 } };
}

export function tooltipStyle(theme: Theme) {
  const font = { family: theme.fontFamily, size: theme.fontSizePx - 1 };
  return {
    backgroundColor: theme.background,
    borderColor: theme.axis,
    borderWidth: 1,
    cornerRadius: 2,
    caretSize: 0,
    titleColor: theme.foreground,
    bodyColor: theme.foreground,
    titleFont: font,
    bodyFont: font,
    usePointStyle: true,
    animation: false as const,
  };
}

/** Without the zeros that a tick does not need. */
export function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** What an axis of distances is called. */
export function distanceTitle(metric: Metric): string {
  return metric === 'cosine' ? t('cosine distance') : t('euclidean distance');
}
