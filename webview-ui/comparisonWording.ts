import type { Modality } from '../src/domain/attributeColumn.ts';
import type { ComparedRow, Comparison } from '../src/protocol/comparisonSchema.ts';
import { isBeyondZero, isOfFew } from './comparisonState.ts';
import type {
  ComparedAttribute,
  ComparedMacroscaleView,
  ComparedMicroscaleView,
  ComparedPoint,
  ComparisonSection,
  ComparisonView,
} from './comparisonState.ts';
import { decimalsOfInterval, formatCount, formatFar, formatFixed, formatKs } from './format.ts';
import { byChance } from './inference.ts';
import { phrase, t } from './l10n.ts';
import type { Part, Phrase } from './wording.ts';

/** A sentence of what was found, and the section that shows it. */
export interface ComparisonFinding {
  readonly words: Phrase;
  readonly section: ComparisonSection;
}

/** How many differences are beyond chance, which are largest, and how much else changed. */
export function findings(view: ComparisonView): ComparisonFinding[] {
  const { pair, comparison } = view;
  const inputs: ComparisonFinding = { words: changesInWords(comparison), section: 'inputs' };
  if (!pair) return [inputs];
  const kinds = [
    ['macroscale', pair.macroscale, beyondZeroOfKs] as const,
    ['microscale', pair.microscale, beyondZeroOfEnergy] as const,
  ];
  return [
    ...kinds.flatMap(([section, rows, words]) => {
      const sentences = [...beyondZeroInWords(rows, words), ...largestInWords(rows)];
      return sentences.length === 0 ? [] : [{ words: spaced(sentences), section }];
    }),
    ...verificationInWords(pair.verification).map((words) => ({ words, section: 'verification' as const })),
    inputs,
  ];
}

type Counted = (nBeyond: Part, nIntervals: string, nByChance: string) => Phrase;

const beyondZeroOfKs: Counted = (nBeyond, nIntervals, nByChance) =>
  phrase(
    '{0} of {1} differences of signed KS have an interval that leaves zero out. If nothing had changed, about {2} would by chance alone: intervals are not adjusted for their number.',
    nBeyond,
    nIntervals,
    nByChance,
  );

const beyondZeroOfEnergy: Counted = (nBeyond, nIntervals, nByChance) =>
  phrase(
    '{0} of {1} differences of invariance energy have an interval that leaves zero out; about {2} would by chance alone.',
    nBeyond,
    nIntervals,
    nByChance,
  );

function beyondZeroInWords(rows: readonly ComparedRow[], words: Counted): Phrase[] {
  const nIntervals = rows.filter(({ differenceCi }) => differenceCi !== null).length;
  if (nIntervals === 0) return [];
  const nBeyond = rows.filter(isBeyondZero).length;
  return [words({ number: formatCount(nBeyond) }, formatCount(nIntervals), byChance(nIntervals))];
}

/** Three at most, of those beyond zero where there are intervals, and never of a few people. */
function largestInWords(rows: readonly (ComparedRow & { readonly modality?: Modality })[]) {
  const isCertain = hasIntervals(rows) ? isBeyondZero : () => true;
  const items = rows
    .filter((row) => row.difference !== null && !isOfFew(row) && isCertain(row))
    .sort((a, b) => Math.abs(b.difference!) - Math.abs(a.difference!))
    .slice(0, 3)
    .map(itemInWords);
  return items.length === 0 ? [] : [phrase('Largest, after less before: {0}.', joined(items))];
}

function itemInWords(row: ComparedRow & { readonly modality?: Modality }): Phrase {
  const [name, difference] = [{ name: row.attribute }, differenceWithInterval(row)];
  if (row.modality === 'positive') return phrase('{0}, positive modality ({1})', name, difference);
  if (row.modality === 'negative') return phrase('{0}, negative modality ({1})', name, difference);
  return phrase('{0} ({1})', name, difference);
}

function spaced(sentences: readonly Phrase[]): Phrase {
  return sentences.flatMap((sentence, index) => (index === 0 ? sentence : [' ', ...sentence]));
}

/** A list within a sentence. */
function joined(items: readonly Phrase[]): Phrase {
  return items.flatMap((item, index) => (index === 0 ? item : ['; ', ...item]));
}

/** «−0.055, −0.064 to −0.047» */
function differenceWithInterval(row: ComparedRow): Phrase {
  const decimals = differenceDecimals(row);
  const number = { number: formatFixed(row.difference, decimals) };
  if (row.differenceCi === null) return [number];
  const [low, high] = row.differenceCi;
  return phrase('{0}, {1} to {2}', number, formatFixed(low, decimals), formatFixed(high, decimals));
}

function verificationInWords(rows: readonly ComparedRow[]): Phrase[] {
  const auc = rows.find(({ attribute }) => attribute === 'auc');
  const tar = rows.find(({ attribute, difference }) => attribute.startsWith('tar@') && difference !== null);
  if (!auc?.before || !auc.after) return [];
  const [before, after] = [auc.before, auc.after].map(({ value }) => ({ number: formatFixed(value, 4) }));
  if (!tar?.before || !tar.after) return [phrase('AUC {0} before, {1} after.', before!, after!)];
  return [
    phrase(
      'AUC {0} before, {1} after; {2} {3} before, {4} after (difference {5}).',
      before!,
      after!,
      measureName(tar.attribute),
      { number: formatFixed(tar.before.value, 3) },
      { number: formatFixed(tar.after.value, 3) },
      differenceWithInterval(tar),
    ),
  ];
}

function changesInWords({ changes }: Comparison): Phrase {
  if (changes.length === 0) return [t('No input differs that the reports know of.')];
  return changes.length === 1
    ? phrase('One input differs: {0}.', { name: changes[0]!.input })
    : phrase('{0} inputs differ.', { number: formatCount(changes.length) });
}

/** As many decimals as the interval supports, three at least. */
export function differenceDecimals({ differenceCi }: ComparedRow): number {
  return differenceCi === null ? 3 : Math.max(3, decimalsOfInterval(differenceCi));
}

/** «−0.055 (−0.064 to −0.047)», as cells of lists have it. */
export function differenceText(row: ComparedRow | null, least = 3): string {
  if (row === null) return '—';
  const decimals = Math.max(least, differenceDecimals(row));
  const text = formatFixed(row.difference, decimals);
  return row.differenceCi === null
    ? text
    : `${text} (${t('{0} to {1}', formatFixed(row.differenceCi[0], decimals), formatFixed(row.differenceCi[1], decimals))})`;
}

/** The same of a value on one side. */
export function sideText(side: ComparedRow['before'], decimals = 3): string {
  if (side === null) return '—';
  const text = formatFixed(side.value, decimals);
  return side.ci === null
    ? text
    : `${text} (${t('{0} to {1}', formatFixed(side.ci[0], decimals), formatFixed(side.ci[1], decimals))})`;
}

export function measureName(measure: string): string {
  switch (measure) {
    case 'auc':
      return t('AUC');
    case 'eer':
      return t('Equal error rate');
    case 'accuracy':
      return t('Accuracy');
    case 'meanWithin':
      return t('Mean distance, one person');
    case 'meanBetween':
      return t('Mean distance, two people');
  }
  const far = Number(/^tar@(.+)$/.exec(measure)?.[1]);
  return far > 0 ? t('TAR at FAR {0}', formatFar(far)) : measure;
}

/** One sentence of what the chart of differences shows; also its `aria-label`. */
export function macroscaleChartInWords({ pair }: ComparedMacroscaleView): string {
  return hasIntervals(pair.macroscale)
    ? t(
        'One line for each attribute: its signed KS distance after less before, filled dot positive modality, hollow dot negative; whiskers are 95 % intervals, and a dot whose interval holds zero is grey.',
      )
    : t(
        'One line for each attribute: its signed KS distance after less before, filled dot positive modality, hollow dot negative. There are no intervals, so nothing says which differences are more than chance.',
      );
}

export function macroscaleCaveat(): string {
  return t(
    'Right of zero, members of the modality lie closer to each other, compared with the others, than before. It does not show which side is better, nor why they differ: see what changed in the inputs.',
  );
}

export function microscaleChartInWords({ pair, rule }: ComparedMicroscaleView): string {
  return hasIntervals(pair.microscale)
    ? t(
        'One line for each attribute: its invariance energy (neighbours {0}) after less before; whiskers are 95 % intervals, and a dot whose interval holds zero is grey.',
        rule,
      )
    : t(
        'One line for each attribute: its invariance energy (neighbours {0}) after less before. There are no intervals, so nothing says which differences are more than chance.',
        rule,
      );
}

export function hasIntervals(rows: readonly ComparedRow[]): boolean {
  return rows.some(({ differenceCi }) => differenceCi !== null);
}

export function microscaleCaveat(): string {
  return t(
    'Left of zero, the attribute moves embeddings more alike than before: the model depends on it more. It does not show how far they move.',
  );
}

export function attributeInWords({ attribute, positive, negative }: ComparedAttribute): string {
  return t(
    '{0}: positive {1}; negative {2}',
    isolated(attribute),
    lineInWords(positive),
    lineInWords(negative),
  );
}

export function rowInWords(row: ComparedRow): string {
  return t('{0}: {1}', isolated(row.attribute), lineInWords(row));
}

/** A name in a text that is no phrase. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

function lineInWords(row: ComparedRow | null): string {
  if (typeof row?.difference !== 'number') return t('not on both sides');
  if (row.differenceCi === null) return t('difference {0}', formatKs(row.difference));
  const decimals = differenceDecimals(row);
  const [value, low, high] = [row.difference, ...row.differenceCi].map((x) => formatFixed(x, decimals));
  return isBeyondZero(row)
    ? t('difference {0}, {1} to {2}', value!, low!, high!)
    : t('difference {0}, {1} to {2}, holds zero', value!, low!, high!);
}

/** One sentence of what the scatter shows, with how far the two agree; also its `aria-label`. */
export function scatterInWords({ pair, measure, points }: ComparedMacroscaleView): Phrase {
  const opening = phrase(
    'Each circle is an attribute: {0}, before to the right, after upwards. On the dashed line nothing has changed.',
    measuredInWords(measure),
  );
  const correlation = pair.macroscaleCorrelation;
  const farthest = points
    .slice(0, 3)
    .map(({ attribute, before, after }) =>
      phrase('{0} ({1} and {2})', { name: attribute }, formatKs(before), formatKs(after)),
    );
  return [
    ...opening,
    ' ',
    ...(farthest.length > 0 ? phrase('Farthest from it: {0}.', joined(farthest)) : []),
    ...(correlation
      ? [
          ' ',
          ...phrase(
            'Over {0} signed KS of both sides, Pearson’s correlation is {1}, Spearman’s {2}.',
            formatCount(correlation.n),
            { number: formatFixed(correlation.pearson, 2) },
            { number: formatFixed(correlation.spearman, 2) },
          ),
        ]
      : []),
  ];
}

function measuredInWords(measure: ComparedMacroscaleView['measure']): string {
  switch (measure) {
    case 'max':
      return t('the larger KS of its two modalities');
    case 'positive':
      return t('the signed KS of its positive modality');
    case 'negative':
      return t('the signed KS of its negative modality');
  }
}

export function pointInWords({ attribute, before, after }: ComparedPoint): Phrase {
  return phrase(
    '{0}: {1} before, {2} after',
    { name: attribute },
    { number: formatKs(before) },
    { number: formatKs(after) },
  );
}

/** Names of strangers may hold marks that turn the rest of a sentence round: they are taken out of notes. */
export function noteText(note: string): string {
  return note.replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
}
