import { fewIdentities } from '../src/domain/fewIdentities.ts';
import type { VerificationResult } from '../src/protocol/report.ts';
import { peopleInWords } from './facts.ts';
import {
  decimalsFor,
  decimalsOfInterval,
  formatCount,
  formatFar,
  formatFixed,
  formatInterval,
  formatProbability,
} from './format.ts';
import { type Interval, rangeText } from './inference.ts';
import { phrase, t } from './l10n.ts';
import { isolated, paragraph } from './phrases.ts';
import { type ModalityRow, type ModalitySide, tarOf, type VerificationView } from './verificationState.ts';
import { groupName, type Phrase } from './wording.ts';

/** What was found, in one or two sentences for the head of the page. */
export function verificationSummary({ result, overall, ranking, noun }: VerificationView): readonly Phrase[] {
  const ranks = [estimate(result.auc, result.aucCi), estimate(result.eer, result.eerCi)] as const;
  if (!overall) return [phrase('Verification: AUC\u00A0{0}, EER\u00A0{1}.', ...ranks)];
  const accepted = [...ranks, formatFar(overall.far), estimate(overall.tar, overall.ci)] as const;
  const worst = worstModality(ranking, overall);
  if (!worst) {
    return [
      phrase(
        'Verification: AUC\u00A0{0}, EER\u00A0{1}; at FAR\u00A0{2} it accepts {3} of the pairs of one person.',
        ...accepted,
      ),
    ];
  }
  const { row, side } = worst;
  const group = groupName(row.attribute, row.rule, side.modality);
  const { tar, tarCi } = side.rate;
  const fewest =
    tar !== null && tarCi
      ? phrase('{0}; {1}', ...estimateParts(tar, tarCi))
      : [{ number: formatFixed(tar, 3) }];
  return [
    noun === 'people'
      ? phrase(
          'Verification: AUC\u00A0{0}, EER\u00A0{1}; at FAR\u00A0{2} it accepts {3} of the pairs of one person, fewest where both images are of people {4} ({5}).',
          ...accepted,
          group,
          fewest,
        )
      : phrase(
          'Verification: AUC\u00A0{0}, EER\u00A0{1}; at FAR\u00A0{2} it accepts {3} of the pairs of one person, fewest where both images are {4} ({5}).',
          ...accepted,
          group,
          fewest,
        ),
  ];
}

/** «0.978 (0.974 to 0.982)» */
function estimate(value: number, ci: Interval | null): Phrase {
  return ci ? phrase('{0} ({1})', ...estimateParts(value, ci)) : [{ number: formatProbability(value) }];
}

function estimateParts(value: number, ci: Interval) {
  const decimals = decimalsOfInterval(ci);
  return [{ number: formatFixed(value, decimals) }, rangeText(ci, decimals)] as const;
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

/** Which pairs were judged, of how many, and how they were drawn. */
export function pairsInWords(result: VerificationResult): readonly string[] {
  const { sampling, nMatched, nUnmatched } = result;
  const counts = [
    formatCount(nMatched),
    formatCount(nUnmatched),
    formatCount(result.nImages),
    peopleInWords(result.nIdentities),
  ] as const;
  if (sampling.pairs === 'protocol') {
    return [
      t(
        '{0} pairs of one person and {1} of two, among {2} images of {3}: the data set’s own list of pairs.',
        ...counts,
      ),
    ];
  }
  const { nMatchedPossible, nUnmatchedPossible } = sampling;
  if (nMatched === nMatchedPossible && nUnmatched === nUnmatchedPossible) {
    return [
      t('{0} pairs of one person and {1} of two, among {2} images of {3}: all pairs there are.', ...counts),
    ];
  }
  return [
    t(
      '{0} pairs of one person and {1} of two, among {2} images of {3}: at most {4} of each kind, drawn with seed {5} from {6} and {7}, every pair equally likely.',
      ...counts,
      formatCount(sampling.maxPairs),
      sampling.seed,
      formatCount(nMatchedPossible),
      formatCount(nUnmatchedPossible),
    ),
    ...(result.meansOver === 'allPairs' ? [t('Mean distances are over all pairs, not only these.')] : []),
  ];
}

export function distanceOfPairs(distance: number, { histograms: { min, max } }: VerificationResult): string {
  return formatFixed(distance, decimalsFor(max - min));
}

/** What the histogram shows, with its numbers; also its `aria-label`. */
export function histogramInWords(result: VerificationResult): string {
  return t(
    'Distances of the two images of a pair: pairs of one person (solid) have the mean {0}, pairs of two (dashed) {1}. A pair left of a threshold is accepted.',
    distanceOfPairs(result.meanWithin, result),
    distanceOfPairs(result.meanBetween, result),
  );
}

export function histogramCaveat(): string {
  return t(
    'It does not show the few pairs of two people that decide a low FAR: they are too few to be seen here.',
  );
}

/** What the ROC shows, with its numbers; also its `aria-label`. */
export function rocInWords(result: VerificationResult): string {
  const rates = result.tar.map(({ far, tar, ci }) =>
    t('{0} at {1}', formatFixed(tar, decimalsOfInterval(ci)), formatFar(far)),
  );
  return t(
    'Share of pairs of one person that are accepted (TAR) against the share of pairs of two that are (FAR), as the threshold rises: {0}. Dots are these rates with their 95 % intervals, hollow where there are too few pairs; the diamond is the EER, the dashed curve is chance.',
    rates.join(', '),
  );
}

export function rocCaveat(): string {
  return t('It does not show how the model does on other people, other images or another alignment.');
}

/** One sentence of what the chart of modalities shows; also its `aria-label`. */
export function tarChartInWords({ overall }: VerificationView): string {
  return overall
    ? t(
        'Share of pairs of one person that are accepted at the threshold that gives all pairs a FAR of {0}, for pairs of which both images show the modality: filled dot positive, hollow dot negative, whiskers 95 % intervals; the dashed line is the rate of all pairs.',
        formatFar(overall.far),
      )
    : t(
        'Share of pairs of one person that are accepted, for pairs of which both images show the modality: filled dot positive, hollow dot negative, whiskers 95 % intervals.',
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
  const nSides = 2 * ranking.length;
  return paragraph(
    t('It does not show why: attributes come together, and so do people and photographers.'),
    nSides >= 20
      ? t(
          'Of {0} such intervals about {1} miss by chance alone.',
          formatCount(nSides),
          formatCount(nSides / 20),
        )
      : '',
    isCut ? t('Whiskers of few people go on beyond the axis.') : '',
  );
}

/** What a screen reader says of one line of the chart. */
export function tarRowInWords(row: ModalityRow): string {
  return t('{0}: {1}; {2}', isolated(row.attribute), positiveSide(row.positive), negativeSide(row.negative));
}

function positiveSide(side: ModalitySide | null): string {
  const tar = tarOf(side);
  if (tar === null) return t('positive without pairs');
  const interval = side!.rate.tarCi;
  return interval
    ? t('positive TAR {0}, interval {1}', formatFixed(tar, 3), formatInterval(interval, 3))
    : t('positive TAR {0}', formatFixed(tar, 3));
}

function negativeSide(side: ModalitySide | null): string {
  const tar = tarOf(side);
  if (tar === null) return t('negative without pairs');
  const interval = side!.rate.tarCi;
  return interval
    ? t('negative TAR {0}, interval {1}', formatFixed(tar, 3), formatInterval(interval, 3))
    : t('negative TAR {0}', formatFixed(tar, 3));
}

export function worstPairsInWords(): string {
  return t(
    'The pairs that the model gets most wrong: of one person but far apart, and of two people but close.',
  );
}

export function worstPairsCaveat(): string {
  return t(
    'They are the extremes, not the rule, and often errors of the data set: a wrong name, a face cut out of the wrong place, one person under two names.',
  );
}

/** Fewer unmatched pairs than 1 / FAR: the rate cannot be told from zero. */
export function tooFewPairs(far: number, nUnmatched: number): string {
  return t(
    'Unsure: FAR {0} needs at least {1} pairs of two people, there are {2}.',
    formatFar(far),
    formatCount(Math.ceil(1 / far - 1e-9)),
    formatCount(nUnmatched),
  );
}
