import { fewIdentities } from '../src/domain/fewIdentities.ts';
import type { VerificationResult } from '../src/protocol/report.ts';
import {
  decimalsFor,
  decimalsOfInterval,
  formatCount,
  formatFar,
  formatFixed,
  formatInterval,
  formatProbability,
} from './format.ts';
import type { Noun } from './macroscaleState.ts';
import {
  type ModalityRow,
  type ModalitySide,
  sideOf,
  tarOf,
  type VerificationView,
} from './verificationState.ts';
import { groupName, type Phrase } from './wording.ts';

/** What was found, in one or two sentences for the head of the page. */
export function verificationSummary({ result, overall, ranking, noun }: VerificationView): readonly Phrase[] {
  const ranks: Phrase = [
    'Verification: AUC\u00A0',
    { number: formatProbability(result.auc) },
    ', EER\u00A0',
    { number: formatProbability(result.eer) },
  ];
  if (!overall) return [[...ranks, '.']];
  const worst = worstModality(ranking, overall);
  return [
    [
      ...ranks,
      '; at FAR\u00A0',
      formatFar(overall.far),
      ' it accepts ',
      { number: formatFixed(overall.tar, decimalsOfInterval(overall.ci)) },
      ' of the pairs of one person',
      ...(worst ? failure(worst.row, worst.side, noun) : []),
      '.',
    ],
  ];
}

/** Lowest of those that enough people show and whose interval lies below the rate of all. */
function worstModality(
  ranking: readonly ModalityRow[],
  overall: { readonly tar: number },
): { readonly row: ModalityRow; readonly side: ModalitySide } | null {
  const below = ranking.flatMap((row) =>
    ([row.positive, row.negative] as const).flatMap((side) =>
      side && side.rates.nIdentities >= fewIdentities && (side.rate.tarCi?.[1] ?? 1) < overall.tar
        ? [{ row, side }]
        : [],
    ),
  );
  return below.reduce<(typeof below)[number] | null>(
    (worst, one) => (worst && tarOf(worst.side)! <= tarOf(one.side)! ? worst : one),
    null,
  );
}

function failure(row: ModalityRow, { modality, rate }: ModalitySide, noun: Noun): Phrase {
  return [
    `, fewest where ${noun === 'people' ? 'both images are of people' : 'both images are'} `,
    ...groupName(row.attribute, row.rule, modality),
    ' (',
    { number: formatFixed(rate.tar, rate.tarCi ? decimalsOfInterval(rate.tarCi) : 3) },
    ')',
  ];
}

/** Which pairs were judged, of how many, and how they were drawn. */
export function pairsInWords(result: VerificationResult): readonly string[] {
  const { sampling, nMatched, nUnmatched, nImages, nIdentities } = result;
  const people = `${formatCount(nIdentities)} ${nIdentities === 1 ? 'person' : 'people'}`;
  const judged =
    `${formatCount(nMatched)} pairs of one person and ${formatCount(nUnmatched)} of two, ` +
    `among ${formatCount(nImages)} images of ${people}`;
  if (sampling.pairs === 'protocol') return [`${judged}: the data set’s own list of pairs.`];
  const { nMatchedPossible, nUnmatchedPossible } = sampling;
  if (nMatched === nMatchedPossible && nUnmatched === nUnmatchedPossible) {
    return [`${judged}: all pairs there are.`];
  }
  const means = result.meansOver === 'allPairs' ? ['Mean distances are over all pairs, not only these.'] : [];
  return [
    `${judged}: at most ${formatCount(sampling.maxPairs)} of each kind, drawn with seed ${sampling.seed} ` +
      `from ${formatCount(nMatchedPossible)} and ${formatCount(nUnmatchedPossible)}, every pair equally likely.`,
    ...means,
  ];
}

export function distanceOfPairs(distance: number, { histograms: { min, max } }: VerificationResult): string {
  return formatFixed(distance, decimalsFor(max - min));
}

/** One sentence of what the histogram shows, with its numbers; also its `aria-label`. */
export function histogramInWords(result: VerificationResult): string {
  return (
    `Distances of the two images of a pair: pairs of one person (solid) have the mean ${distanceOfPairs(result.meanWithin, result)}, ` +
    `pairs of two (dashed) ${distanceOfPairs(result.meanBetween, result)}. A pair left of a threshold is accepted.`
  );
}

export const histogramCaveat =
  'It does not show the few pairs of two people that decide a low FAR: they are too few to be seen here.';

/** One sentence of what the ROC shows, with its numbers; also its `aria-label`. */
export function rocInWords(result: VerificationResult): string {
  const rates = result.tar.map(
    ({ far, tar, ci }) => `${formatFixed(tar, decimalsOfInterval(ci))} at ${formatFar(far)}`,
  );
  return (
    'Share of pairs of one person that are accepted (TAR) against the share of pairs of two that are (FAR), ' +
    `as the threshold rises: ${rates.join(', ')}. Dots are these rates with their 95 % intervals, hollow where ` +
    'there are too few pairs; the diamond is the EER, the dashed curve is chance.'
  );
}

export const rocCaveat =
  'It does not show how the model does on other people, other images or another alignment.';

/** One sentence of what the chart of modalities shows; also its `aria-label`. */
export function tarChartInWords({ overall }: VerificationView): string {
  const at = overall ? ` at the threshold that gives all pairs a FAR of ${formatFar(overall.far)}` : '';
  return (
    `Share of pairs of one person that are accepted${at}, for pairs of which both images show the modality: ` +
    'filled dot positive, hollow dot negative, whiskers 95 % intervals' +
    (overall ? '; the dashed line is the rate of all pairs.' : '.')
  );
}

const rounding = 1e-9;

/** What that chart does not show. */
export function tarChartCaveat({ ranking, axis }: VerificationView): string {
  const isCut = ranking.some((row) =>
    [row.positive, row.negative].some((side) => {
      const interval = side?.rate.tarCi;
      return interval ? interval[0] < axis.min - rounding || interval[1] > axis.max + rounding : false;
    }),
  );
  const cut = isCut ? ' Whiskers of few people go on beyond the axis.' : '';
  const nSides = 2 * ranking.length;
  const byChance =
    nSides >= 20
      ? ` Of ${formatCount(nSides)} such intervals about ${formatCount(nSides / 20)} miss by chance alone.`
      : '';
  return `It does not show why: attributes come together, and so do people and photographers.${byChance}${cut}`;
}

/** What a screen reader says of one line of the chart. */
export function tarRowInWords(row: ModalityRow): string {
  const sides = (['positive', 'negative'] as const).map((modality) => {
    const side = sideOf(row, modality);
    const tar = tarOf(side);
    if (tar === null) return `${modality} without pairs`;
    const interval = side!.rate.tarCi;
    return `${modality} TAR ${formatFixed(tar, 3)}${interval ? `, interval ${formatInterval(interval, 3)}` : ''}`;
  });
  return `\u2068${row.attribute}\u2069: ${sides.join('; ')}`;
}

export const worstPairsInWords =
  'The pairs that the model gets most wrong: of one person but far apart, and of two people but close.';

export const worstPairsCaveat =
  'They are the extremes, not the rule, and often errors of the data set: a wrong name, a face cut out of the ' +
  'wrong place, one person under two names.';

/** Fewer unmatched pairs than 1 / FAR: the rate cannot be told from zero. */
export function tooFewPairs(far: number, nUnmatched: number): string {
  return (
    `Unsure: FAR ${formatFar(far)} needs at least ${formatCount(Math.ceil(1 / far - 1e-9))} pairs of two people, ` +
    `there are ${formatCount(nUnmatched)}.`
  );
}
