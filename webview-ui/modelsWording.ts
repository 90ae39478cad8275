import type { ComparedMeasure } from '../src/protocol/webviewMessages.ts';
import { decimalsOfInterval, formatCount, formatFixed, formatKs } from './format.ts';
import { byChance, rangeText } from './inference.ts';
import { phrase, t } from './l10n.ts';
import { type Difference, excludesZero, type ModelPoint, type ModelsView } from './modelsState.ts';
import { listed, spaced } from './phrases.ts';
import type { Phrase } from './wording.ts';

export function measureNames(): Readonly<Record<ComparedMeasure, string>> {
  return {
    max: t('KS, larger modality'),
    positive: t('KS +, signed'),
    negative: t('KS −, signed'),
  };
}

function measuredInWords(measure: ComparedMeasure): string {
  switch (measure) {
    case 'max':
      return t('the larger KS of its two modalities');
    case 'positive':
      return t('the signed KS of its positive modality');
    case 'negative':
      return t('the signed KS of its negative modality');
  }
}

/** One sentence of what the scatter shows; also its `aria-label`. */
export function scatterInWords({ x, y, measure, points }: ModelsView): Phrase {
  const farthest = points
    .slice(0, 3)
    .map((point) =>
      phrase('{0} ({1} and {2})', { name: point.attribute }, formatKs(point.x), formatKs(point.y)),
    );
  return spaced([
    phrase(
      'Each circle is an attribute: {0}, of {1} to the right, of {2} upwards; the larger its area, the more it varies within people. On the dashed line both models are alike.',
      measuredInWords(measure),
      { name: x.label },
      { name: y.label },
    ),
    farthest.length > 0 ? phrase('Farthest from it: {0}.', listed(farthest)) : [],
  ]);
}

export function scatterCaveat(): string {
  return t(
    'It does not show which differences are more than chance, nor which model is better: a model that looks at an attribute is not worse for it.',
  );
}

/** What the list of differences shows, with its numbers. */
export function differencesInWords(view: ModelsView): Phrase {
  const { nDifferences, nExcludingZero, bootstraps, noun } = view;
  const [x, y] = [{ name: view.x.label }, { name: view.y.label }];
  if (bootstraps === 0) {
    return phrase(
      'Signed KS of {0} less that of {1}. The report holds no paired bootstrap of these two, so there are no intervals.',
      x,
      y,
    );
  }
  const counts = [
    formatCount(bootstraps),
    { number: formatCount(nExcludingZero) },
    formatCount(nDifferences),
    byChance(nDifferences),
  ] as const;
  return noun === 'people'
    ? phrase(
        'Signed KS of {0} less that of {1}, with 95 % intervals of {2} draws of people, the same for both models: {3} of {4} exclude zero; chance alone would give about {5}.',
        x,
        y,
        ...counts,
      )
    : phrase(
        'Signed KS of {0} less that of {1}, with 95 % intervals of {2} draws of images, the same for both models: {3} of {4} exclude zero; chance alone would give about {5}.',
        x,
        y,
        ...counts,
      );
}

/** What is said of the point under the pointer or the focus. */
export function pointInWords({ attribute, x, y, intraEntropy }: ModelPoint, view: ModelsView): Phrase {
  const said = [
    { name: attribute },
    { number: formatKs(x) },
    { name: view.x.label },
    { number: formatKs(y) },
    { name: view.y.label },
  ] as const;
  return intraEntropy === null
    ? phrase('{0}: {1} {2}, {3} {4}', ...said)
    : phrase('{0}: {1} {2}, {3} {4}; intra-entropy {5} nats', ...said, formatFixed(intraEntropy, 2));
}

/** Difference, interval and verdict of a line of the list. */
export function differenceCells(
  row: Difference,
): readonly [difference: string, interval: string, excludes: string] {
  const { difference, ci } = row;
  if (ci === null) return [formatKs(difference), '—', '—'];
  const decimals = Math.max(3, decimalsOfInterval(ci));
  return [
    formatFixed(difference, decimals),
    rangeText(ci, decimals),
    excludesZero(row) ? t('excludes zero') : t('holds zero'),
  ];
}
