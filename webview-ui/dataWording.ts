import type { EntropyMeasure, KsAggregate } from '../src/protocol/macroscaleSchema.ts';
import type { AttributeResult, People } from '../src/protocol/report.ts';
import type { CorrelationView } from './correlationState.ts';
import type { DataView } from './dataState.ts';
import { shareOf } from './dataState.ts';
import { formatCount, formatFixed, formatKs, formatP, formatShare } from './format.ts';
import { phrase, t } from './l10n.ts';
import type { Noun } from './macroscaleState.ts';
import { isolated, spaced } from './phrases.ts';
import type { Phrase } from './wording.ts';

export function entropyNames(): Readonly<Record<EntropyMeasure, string>> {
  return { intraEntropy: t('intra-entropy'), interEntropy: t('inter-entropy') };
}

export function aggregateNames(): Readonly<Record<KsAggregate, string>> {
  return {
    ksMax: t('KS, larger modality'),
    ksMean: t('KS, mean of both'),
    ksWeightedSum: t('KS weighted by images, summed as in the paper'),
    ksWeightedMean: t('KS weighted by images, mean'),
  };
}

export const entropyDecimals = 3;

export function formatEntropy(entropy: number | null): string {
  return formatFixed(entropy, entropyDecimals);
}

/** One sentence of what the histogram shows, with its numbers; also its `aria-label`. */
export function peopleInWords({ nIdentities, imagesPerIdentity: images }: People): string {
  return t(
    '{0} people have from {1} to {2} images each, half of them at most {3}, {4} on average.',
    formatCount(nIdentities),
    formatCount(images.min),
    formatCount(images.max),
    formatMedian(images.median),
    formatFixed(images.mean, 1),
  );
}

export function peopleCaveat(): string {
  return t(
    'People with many images weigh more wherever all images count; distances between people take one image of each unless the report says otherwise.',
  );
}

/** Why there is no histogram. */
export function noPeopleInWords(noun: Noun): string {
  return noun === 'images'
    ? t('Nobody knows who is on the images: each counts as a person of its own.')
    : t('The report does not say how many images each person has; one made anew would.');
}

/** A median may lie between two numbers of images. */
export function formatMedian(median: number): string {
  return Number.isInteger(median) ? formatCount(median) : formatFixed(median, 1);
}

/** One sentence of what the bars show; also their `aria-label`. */
export function barsInWords({ noun }: DataView): string {
  return noun === 'people'
    ? t(
        'One line for each attribute: which share of the images shows it, how much it varies within people (intra-entropy) and how much people differ in it (inter-entropy), in nats.',
      )
    : t(
        'One line for each attribute: which share of the images shows it, how much it varies within identities (intra-entropy) and how much people differ in it (inter-entropy), in nats.',
      );
}

export function barsCaveat(): string {
  return t(
    'They describe the annotations alone: not how right these are, nor what a model makes of them. The two entropies have scales of their own.',
  );
}

/** What a screen reader says of a line. */
export function countsInWords(row: AttributeResult): string {
  return t(
    '{0}: {1} positive, {2} negative, {3} unknown; intra-entropy {4}, inter-entropy {5}',
    isolated(row.attribute),
    formatCount(row.nPositive),
    formatCount(row.nNegative),
    formatCount(row.nUnknown),
    formatEntropy(row.intraEntropy),
    formatEntropy(row.interEntropy),
  );
}

/** «41.9 %» of the images where it is known. */
export function formatShareOf(row: AttributeResult): string {
  const share = shareOf(row);
  return share === null ? '—' : formatShare(share);
}

/** What the scatter shows, with the correlation; also its `aria-label`. */
export function correlationInWords(view: CorrelationView): Phrase {
  const { aggregate, entropy, points, correlation } = view;
  if (points.length === 0) return [t('No attribute has both a KS distance and an entropy.')];
  const opening = t(
    'Each circle is an attribute: {0} to the right, {1} upwards.',
    entropyNames()[entropy],
    aggregateNames()[aggregate],
  );
  const finding = correlation
    ? rhoInWords(correlation, entropy)
    : [t('The report holds no correlation of the two.')];
  return spaced([[opening], finding]);
}

function rhoInWords(
  { rho, p, nAttributes }: NonNullable<CorrelationView['correlation']>,
  entropy: EntropyMeasure,
): Phrase {
  const n = formatCount(nAttributes);
  if (rho === null) {
    return nAttributes === 1
      ? [
          t(
            'No correlation: it takes at least three attributes and some variation of both, and there is one attribute.',
          ),
        ]
      : [
          t(
            'No correlation: it takes at least three attributes and some variation of both, and there are {0} attributes.',
            n,
          ),
        ];
  }
  const number = { number: formatFixed(rho, rhoDecimals) };
  return p === null
    ? phrase('Spearman’s ρ is {0} over {1} attributes: no trend beyond chance.', number, n)
    : phrase(
        'Spearman’s ρ is {0} over {1} attributes, p {2}: {3}.',
        number,
        n,
        formatP(p, null),
        trend(rho, p, entropy),
      );
}

export const rhoDecimals = 2;

function trend(rho: number, p: number, entropy: EntropyMeasure): string {
  if (!(p < 0.05)) return t('no trend beyond chance');
  if (entropy === 'intraEntropy') {
    return rho > 0
      ? t('attributes that vary more within people have larger KS distances')
      : t('attributes that vary more within people have smaller KS distances');
  }
  return rho > 0
    ? t('attributes that divide people more evenly have larger KS distances')
    : t('attributes that divide people more evenly have smaller KS distances');
}

export function correlationCaveat(): string {
  return t(
    'It does not show a cause. Attributes come together, so the p, which takes them for independent, is too small.',
  );
}

/** What is said of the circle under the pointer or the focus. */
export function pointInWords(
  { attribute, entropy: x, ks }: CorrelationView['points'][number],
  { entropy, aggregate }: CorrelationView,
): Phrase {
  return phrase(
    '{0}: {1} {2}, {3} {4}',
    { name: attribute },
    entropyNames()[entropy],
    { number: formatEntropy(x) },
    aggregateNames()[aggregate],
    { number: formatAggregate(ks, aggregate) },
  );
}

/** A sum over images is a large number, a mean none. */
export function formatAggregate(value: number, aggregate: KsAggregate): string {
  return aggregate === 'ksWeightedSum' ? formatCount(value) : formatKs(value);
}
