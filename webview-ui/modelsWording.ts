import type { ComparedMeasure } from '../src/protocol/webviewMessages.ts';
import { decimalsOfInterval, formatCount, formatFixed, formatKs } from './format.ts';
import { byChance, rangeText } from './inference.ts';
import { type Difference, excludesZero, type ModelPoint, type ModelsView } from './modelsState.ts';
import type { Part, Phrase } from './wording.ts';

export const measureNames = {
  max: 'KS, larger modality',
  positive: 'KS +, signed',
  negative: 'KS −, signed',
} as const satisfies Record<ComparedMeasure, string>;

const measured = {
  max: 'the larger KS of its two modalities',
  positive: 'the signed KS of its positive modality',
  negative: 'the signed KS of its negative modality',
} as const satisfies Record<ComparedMeasure, string>;

/** One sentence of what the scatter shows; also its `aria-label`. */
export function scatterInWords({ x, y, measure, points }: ModelsView): Phrase {
  const farthest = points
    .slice(0, 3)
    .flatMap((point, index): Part[] => [
      index > 0 ? ', ' : ' Farthest from it: ',
      { name: point.attribute },
      ` (${formatKs(point.x)} and ${formatKs(point.y)})`,
    ]);
  return [
    `Each circle is an attribute: ${measured[measure]}, of `,
    { name: x.label },
    ' to the right, of ',
    { name: y.label },
    ' upwards; the larger its area, the more it varies within people. On the dashed line both models are alike.',
    ...farthest,
    farthest.length > 0 ? '.' : '',
  ];
}

export const scatterCaveat =
  'It does not show which differences are more than chance, nor which model is better: a model that looks at an attribute is not worse for it.';

/** What the list of differences shows, with its numbers. */
export function differencesInWords(view: ModelsView): Phrase {
  const { x, y, nDifferences, nExcludingZero, bootstraps, noun } = view;
  const opening: Phrase = ['Signed KS of ', { name: x.label }, ' less that of ', { name: y.label }];
  if (bootstraps === 0) {
    return [...opening, '. The report holds no paired bootstrap of these two, so there are no intervals.'];
  }
  return [
    ...opening,
    `, with 95 % intervals of ${formatCount(bootstraps)} draws of ${noun}, the same for both models: `,
    { number: formatCount(nExcludingZero) },
    ` of ${formatCount(nDifferences)} exclude zero; chance alone would give about ${byChance(nDifferences)}.`,
  ];
}

/** What is said of the point under the pointer or the focus. */
export function pointInWords({ attribute, x, y, intraEntropy }: ModelPoint, view: ModelsView): Phrase {
  const entropy = intraEntropy === null ? '' : `; intra-entropy ${formatFixed(intraEntropy, 2)} nats`;
  return [
    { name: attribute },
    ': ',
    { number: formatKs(x) },
    ' ',
    { name: view.x.label },
    ', ',
    { number: formatKs(y) },
    ' ',
    { name: view.y.label },
    entropy,
  ];
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
    excludesZero(row) ? 'excludes zero' : 'holds zero',
  ];
}
