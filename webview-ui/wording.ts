import type { AttributeRule, Modality } from '../src/domain/attributeColumn.ts';
import type { MacroscaleRow } from '../src/protocol/report.ts';
import { decimalsFor, formatFixed, formatKs } from './format.ts';
import { isNoise } from './inference.ts';
import { phrase, t } from './l10n.ts';
import { type AttributeRow, type MacroscaleView, type Noun, rowOf } from './macroscaleState.ts';

/**
 * A sentence in parts. Names come from files of strangers, so they are kept apart: the page isolates their
 * writing direction and never reads them as markup.
 */
export type Phrase = readonly Part[];
export type Part = string | { readonly name: string } | { readonly number: string };

/** As one string, for `aria-label` and `title`; names between direction isolates. */
export function plainText(phrase: Phrase): string {
  return phrase
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'name' in part ? `\u2068${part.name}\u2069` : part.number;
    })
    .join('');
}

/** «with Eyeglasses», «without Eyeglasses», or the side of the median they are on. */
export function groupName(attribute: string, rule: AttributeRule, modality: Modality): Phrase {
  const positive = modality === 'positive';
  const name = { name: attribute };
  switch (rule.kind) {
    case 'binary':
    case 'oneVsRest':
      return positive ? phrase('with {0}', name) : phrase('without {0}', name);
    case 'medianSplit':
      return positive
        ? phrase('with {0} above its median', name)
        : phrase('with {0} at or below its median', name);
    case 'threshold': {
      const threshold = String(rule.threshold);
      return positive
        ? phrase('with {0} above {1}', name, threshold)
        : phrase('with {0} at or below {1}', name, threshold);
    }
    case 'circularSplit': {
      const centre = String(roundDegrees(rule.centre));
      return positive
        ? phrase('with {0} within 90° of {1}°', name, centre)
        : phrase('with {0} beyond 90° of {1}°', name, centre);
    }
    case 'pairwise':
      return phrase(
        'with {0} «{1}»',
        { name: rule.column },
        { name: positive ? rule.positive : rule.negative },
      );
    case 'combination': {
      const expression = { name: rule.expression };
      return positive ? phrase('with {0}', expression) : phrase('without {0}', expression);
    }
  }
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees) % 360;
}

/** The other side of a comparison, without the name that has just been said. */
export function otherGroup(rule: AttributeRule, modality: Modality): string {
  const positive = modality === 'positive';
  switch (rule.kind) {
    case 'binary':
    case 'oneVsRest':
    case 'combination':
      return positive ? t('without') : t('with it');
    case 'medianSplit':
    case 'threshold':
      return positive ? t('at or below it') : t('above it');
    case 'circularSplit':
      return positive ? t('beyond that') : t('within that');
    case 'pairwise':
      return t('with the other value');
  }
}

/** One modality's finding, in words: «People with Eyeglasses lie closer to each other than to people without». */
export function finding(row: AttributeRow, modality: Modality, noun: Noun): Phrase {
  const result = rowOf(row, modality);
  const group = groupName(row.attribute, row.rule, modality);
  if (!result) {
    return noun === 'people'
      ? phrase('People {0} were not tested.', group)
      : phrase('Images {0} were not tested.', group);
  }
  const other = otherGroup(row.rule, modality);
  if (noun === 'people') {
    return result.sign > 0
      ? phrase('People {0} lie closer to each other than to people {1}.', group, other)
      : phrase('People {0} lie farther from each other than from people {1}.', group, other);
  }
  return result.sign > 0
    ? phrase('Images {0} lie closer to each other than to images {1}.', group, other)
    : phrase('Images {0} lie farther from each other than from images {1}.', group, other);
}

/** What a screen reader says of one line of the chart. */
export function rowInWords(row: AttributeRow): string {
  return t(
    '{0}: {1}; {2}',
    `\u2068${row.attribute}\u2069`,
    positiveSide(row.positive),
    negativeSide(row.negative),
  );
}

function positiveSide(result: MacroscaleRow | null): string {
  if (!result) return t('positive not tested');
  const ks = formatKs(result.ks);
  if (isNoise(result)) return t('positive KS {0}, noise', ks);
  return result.sign > 0
    ? t('positive KS {0}, closer together', ks)
    : t('positive KS {0}, farther apart', ks);
}

function negativeSide(result: MacroscaleRow | null): string {
  if (!result) return t('negative not tested');
  const ks = formatKs(result.ks);
  if (isNoise(result)) return t('negative KS {0}, noise', ks);
  return result.sign > 0
    ? t('negative KS {0}, closer together', ks)
    : t('negative KS {0}, farther apart', ks);
}

/** One sentence of what the chart of all attributes shows; also its `aria-label`. */
export function ksChartInWords(view: MacroscaleView): string {
  return view.signed
    ? t(
        'One line for each attribute: the KS distance between distances within a modality and distances across the two, filled dot positive, hollow dot negative; left of zero where a modality spreads instead of clustering.',
      )
    : t(
        'One line for each attribute: the KS distance between distances within a modality and distances across the two, filled dot positive, hollow dot negative.',
      );
}

/** What the grey of the chart means. */
export function noiseInWords(): string {
  return t('chance: 95 % of shuffled labels lie here, and a dot in it, drawn grey, is noise');
}

export function intervalInWords({ noun }: MacroscaleView): string {
  return noun === 'people'
    ? t('95 % interval, bootstrap of people')
    : t('95 % interval, bootstrap of images');
}

/** What the chart does not show. */
export function listCaveat({ hasPermutations }: MacroscaleView): string {
  return hasPermutations
    ? t('It does not show why: attributes come together, and one may stand for another.')
    : t('It does not show how large a KS chance alone would give.');
}

/** What no KS distance shows. */
export function ksCaveat(): string {
  return t(
    'A large KS says that the attribute shapes distances between people, not that the model is biased against them.',
  );
}

/** One sentence of what the CDF chart shows, with its numbers; also its `aria-label`. */
export function cdfChartInWords(row: AttributeRow, view: MacroscaleView): Phrase {
  const name = { name: row.attribute };
  const gaps = ([row.positive, row.negative] as const).flatMap((result) =>
    result ? [gapInWords(result, view)] : [],
  );
  const list = gaps.flatMap((gap, index) => (index > 0 ? [', ', ...gap] : gap));
  return view.result.metric === 'cosine'
    ? phrase(
        'Share of pairs at most a given cosine distance apart, within each modality of {0} and across the two. The KS distance is the widest gap: {1}.',
        name,
        list,
      )
    : phrase(
        'Share of pairs at most a given euclidean distance apart, within each modality of {0} and across the two. The KS distance is the widest gap: {1}.',
        name,
        list,
      );
}

function gapInWords(result: MacroscaleRow, view: MacroscaleView): Phrase {
  const ks = { number: formatKs(result.ks) };
  const [at, within, across] = [
    distanceText(result.location, view),
    formatKs(result.cdfWithin),
    formatKs(result.cdfCross),
  ];
  return result.modality === 'positive'
    ? phrase('{0} at {1} (positive: {2} within, {3} across)', ks, at, within, across)
    : phrase('{0} at {1} (negative: {2} within, {3} across)', ks, at, within, across);
}

/** A distance with as many decimals as the drawn range supports. */
export function distanceText(distance: number, view: MacroscaleView): string {
  return formatFixed(distance, distanceDecimals(view));
}

export function distanceDecimals(view: MacroscaleView): number {
  const { distribution } = view;
  return decimalsFor(distribution ? distribution.max - distribution.min : 1);
}

export function naivePInWords(): string {
  return t(
    'The naive p, as in the paper, treats pairs as independent, which they are not: it is often far too small, and too large where both sides hold the same people.',
  );
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
