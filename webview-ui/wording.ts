import type { AttributeRule, Modality } from '../src/domain/attributeColumn.ts';
import { fewIdentities } from '../src/domain/fewIdentities.ts';
import type { MacroscaleRow } from '../src/protocol/report.ts';
import { decimalsFor, formatCount, formatFixed, formatKs, formatP } from './format.ts';
import { isNoise, ksDecimalsOf, ksInterval, rangeText } from './inference.ts';
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
  switch (rule.kind) {
    case 'binary':
    case 'oneVsRest':
      return [positive ? 'with ' : 'without ', { name: attribute }];
    case 'medianSplit':
      return ['with ', { name: attribute }, positive ? ' above its median' : ' at or below its median'];
    case 'threshold':
      return ['with ', { name: attribute }, `${positive ? ' above' : ' at or below'} ${rule.threshold}`];
    case 'circularSplit':
      return [
        'with ',
        { name: attribute },
        `${positive ? ' within' : ' beyond'} 90° of ${roundDegrees(rule.centre)}°`,
      ];
    case 'pairwise':
      return ['with ', { name: rule.column }, ' «', { name: positive ? rule.positive : rule.negative }, '»'];
    case 'combination':
      return [positive ? 'with ' : 'without ', { name: rule.expression }];
  }
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees) % 360;
}

/** «closer to each other than to people without» */
export function signInWords(sign: 1 | -1, noun: Noun, other: string): string {
  return `${sign > 0 ? 'closer to' : 'farther from'} each other than ${sign > 0 ? 'to' : 'from'} ${noun} ${other}`;
}

/** The other side of a comparison, without the name that has just been said. */
export function otherGroup(rule: AttributeRule, modality: Modality): string {
  const positive = modality === 'positive';
  switch (rule.kind) {
    case 'binary':
    case 'oneVsRest':
      return positive ? 'without' : 'with it';
    case 'medianSplit':
    case 'threshold':
      return positive ? 'at or below it' : 'above it';
    case 'circularSplit':
      return positive ? 'beyond that' : 'within that';
    case 'pairwise':
      return 'with the other value';
    case 'combination':
      return positive ? 'without' : 'with it';
  }
}

/** One modality's finding, in words: «People with Eyeglasses lie closer to each other than to people without». */
export function finding(row: AttributeRow, modality: Modality, noun: Noun): Phrase {
  const result = rowOf(row, modality);
  const subject = [`${capital(noun)} `, ...groupName(row.attribute, row.rule, modality)];
  if (!result) return [...subject, ' were not tested.'];
  return [...subject, ` lie ${signInWords(result.sign, noun, otherGroup(row.rule, modality))}.`];
}

/**
 * The strongest attributes that enough people show, one or two sentences with their numbers. Where permutations were
 * made, those alone that they tell from chance.
 */
export function summary(view: MacroscaleView): readonly Phrase[] {
  const ranked = view.ranking.filter((row) => row.strongest !== null);
  const tested = ranked.filter((row) => row.strongest!.nIdentities >= fewIdentities);
  const nFew = ranked.length - tested.length;
  const few: readonly Phrase[] = nFew === 0 ? [] : [fewInWords(nFew, view.noun)];
  const [first, ...rest] = view.hasPermutations ? tested.filter(isBeyondChance) : tested;
  if (!first?.strongest) return tested.length > 0 ? [chanceAlone(tested), ...few] : few;
  const { modality, sign } = first.strongest;
  const nBeyond = rest.length + 1;
  const among = view.hasPermutations
    ? `, the largest of ${formatCount(nBeyond)} beyond chance among ${formatCount(tested.length)} attributes.`
    : `, the largest of ${formatCount(tested.length)} attributes.`;
  const opening: Phrase = [
    `${capital(view.noun)} `,
    ...groupName(first.attribute, first.rule, modality),
    ` lie ${signInWords(sign, view.noun, otherGroup(first.rule, modality))}: KS\u00A0`,
    ...ksOfSummary(first.strongest),
    tested.length > 1 ? among : '.',
  ];
  const next = rest.slice(0, 2);
  if (next.length === 0) return [opening, ...few];
  const others = next.flatMap((row, index): Part[] => [
    index > 0 ? ' and ' : '',
    { name: row.attribute },
    ' (',
    { number: formatKs(row.strongest!.ks) },
    ')',
  ]);
  return [opening, ['Next: ', ...others, '.'], ...few];
}

function isBeyondChance({ strongest }: AttributeRow): boolean {
  return (strongest?.pAdjusted ?? 1) < 0.05;
}

function ksOfSummary(row: MacroscaleRow): Phrase {
  const interval = ksInterval(row, false);
  const decimals = ksDecimalsOf(row);
  const number = { number: formatFixed(row.ks, decimals) };
  return interval ? [number, ` (${rangeText(interval, decimals)})`] : [number];
}

function chanceAlone([first]: readonly AttributeRow[]): Phrase {
  const { ks, pAdjusted } = first!.strongest!;
  return [
    'No attribute shapes distances more than chance would. The largest KS is that of ',
    { name: first!.attribute },
    ': ',
    { number: formatKs(ks) },
    pAdjusted === null ? '.' : `, adjusted p ${formatP(pAdjusted, null)}.`,
  ];
}

function fewInWords(nFew: number, noun: Noun): Phrase {
  const attributes = `${formatCount(nFew)} ${nFew === 1 ? 'attribute' : 'attributes'}`;
  return [
    `Passed over: ${attributes} with fewer than ${fewIdentities} ${noun} a side, where a large KS is mostly chance.`,
  ];
}

/** What a screen reader says of one line of the chart. */
export function rowInWords(row: AttributeRow): string {
  const side = (modality: Modality, result: MacroscaleRow | null) =>
    result
      ? `${modality} KS ${formatKs(result.ks)}, ${isNoise(result) ? 'noise' : result.sign > 0 ? 'closer together' : 'farther apart'}`
      : `${modality} not tested`;
  return `\u2068${row.attribute}\u2069: ${side('positive', row.positive)}; ${side('negative', row.negative)}`;
}

/** One sentence of what the chart of all attributes shows; also its `aria-label`. */
export function ksChartInWords(view: MacroscaleView): string {
  const base =
    'One line for each attribute: the KS distance between distances within a modality and distances across the two, ' +
    'filled dot positive, hollow dot negative';
  return view.signed ? `${base}; left of zero where a modality spreads instead of clustering.` : `${base}.`;
}

/** What the grey of the chart means. */
export const noiseInWords = 'chance: 95 % of shuffled labels lie here, and a dot in it, drawn grey, is noise';

export function intervalInWords({ noun }: MacroscaleView): string {
  return `95 % interval, bootstrap of ${noun}`;
}

/** What the chart does not show. */
export function listCaveat({ hasPermutations }: MacroscaleView): string {
  return hasPermutations
    ? 'It does not show why: attributes come together, and one may stand for another.'
    : 'It does not show how large a KS chance alone would give.';
}

/** What no KS distance shows. */
export const ksCaveat =
  'A large KS says that the attribute shapes distances between people, not that the model is biased against them.';

/** One sentence of what the CDF chart shows, with its numbers; also its `aria-label`. */
export function cdfChartInWords(row: AttributeRow, view: MacroscaleView): Phrase {
  const gaps = ([row.positive, row.negative] as const).flatMap((result): Phrase[] =>
    result
      ? [
          [
            { number: formatKs(result.ks) },
            ` at ${distanceText(result.location, view)} (${result.modality}: ${formatKs(result.cdfWithin)} within, ${formatKs(result.cdfCross)} across)`,
          ],
        ]
      : [],
  );
  return [
    `Share of pairs at most a given ${view.result.metric} distance apart, within each modality of `,
    { name: row.attribute },
    ' and across the two. The KS distance is the widest gap: ',
    ...gaps.flatMap((gap, index) => (index > 0 ? [', ', ...gap] : gap)),
    '.',
  ];
}

/** A distance with as many decimals as the drawn range supports. */
export function distanceText(distance: number, view: MacroscaleView): string {
  return formatFixed(distance, distanceDecimals(view));
}

export function distanceDecimals(view: MacroscaleView): number {
  const { distribution } = view;
  return decimalsFor(distribution ? distribution.max - distribution.min : 1);
}

export const naivePInWords =
  'The naive p, as in the paper, treats pairs as independent, which they are not: it is often far too small, ' +
  'and too large where both sides hold the same people.';

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
