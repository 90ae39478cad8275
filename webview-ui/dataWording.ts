import type { EntropyMeasure, KsAggregate } from '../src/protocol/macroscaleSchema.ts';
import type { AttributeResult, People } from '../src/protocol/report.ts';
import type { CorrelationView } from './correlationState.ts';
import type { DataView } from './dataState.ts';
import { shareOf } from './dataState.ts';
import { formatCount, formatFixed, formatKs, formatP, formatShare } from './format.ts';
import type { Noun } from './macroscaleState.ts';
import type { Part, Phrase } from './wording.ts';

export const entropyNames = {
  intraEntropy: 'intra-entropy',
  interEntropy: 'inter-entropy',
} as const satisfies Record<EntropyMeasure, string>;

export const aggregateNames = {
  ksMax: 'KS, larger modality',
  ksMean: 'KS, mean of both',
  ksWeightedSum: 'KS weighted by images, summed as in the paper',
  ksWeightedMean: 'KS weighted by images, mean',
} as const satisfies Record<KsAggregate, string>;

export const entropyDecimals = 3;

export function formatEntropy(entropy: number | null): string {
  return formatFixed(entropy, entropyDecimals);
}

/** One sentence of what the histogram shows, with its numbers; also its `aria-label`. */
export function peopleInWords({ nIdentities, imagesPerIdentity: images }: People): string {
  const half = `half of them at most ${formatMedian(images.median)}`;
  return (
    `${formatCount(nIdentities)} people have from ${formatCount(images.min)} to ${formatCount(images.max)} images each, ` +
    `${half}, ${formatFixed(images.mean, 1)} on average.`
  );
}

export const peopleCaveat =
  'People with many images weigh more wherever all images count; distances between people take one image of each unless the report says otherwise.';

/** Why there is no histogram. */
export function noPeopleInWords(noun: Noun): string {
  return noun === 'images'
    ? 'Nobody knows who is on the images: each counts as a person of its own.'
    : 'The report does not say how many images each person has; one made anew would.';
}

/** A median may lie between two numbers of images. */
export function formatMedian(median: number): string {
  return Number.isInteger(median) ? formatCount(median) : formatFixed(median, 1);
}

/** One sentence of what the bars show; also their `aria-label`. */
export function barsInWords({ noun }: DataView): string {
  const within = noun === 'people' ? 'within people (intra-entropy)' : 'within identities (intra-entropy)';
  return (
    `One line for each attribute: which share of the images shows it, how much it varies ${within} ` +
    'and how much people differ in it (inter-entropy), in nats.'
  );
}

export const barsCaveat =
  'They describe the annotations alone: not how right these are, nor what a model makes of them. The two entropies have scales of their own.';

/** What a screen reader says of a line. */
export function countsInWords(row: AttributeResult): string {
  return (
    `\u2068${row.attribute}\u2069: ${formatCount(row.nPositive)} positive, ${formatCount(row.nNegative)} negative, ` +
    `${formatCount(row.nUnknown)} unknown; intra-entropy ${formatEntropy(row.intraEntropy)}, ` +
    `inter-entropy ${formatEntropy(row.interEntropy)}`
  );
}

/** «41.9 %» of the images where it is known. */
export function formatShareOf(row: AttributeResult): string {
  const share = shareOf(row);
  return share === null ? '—' : formatShare(share);
}

/** What the scatter shows, with the correlation; also its `aria-label`. */
export function correlationInWords({ aggregate, entropy, points, correlation }: CorrelationView): Phrase {
  const opening: Phrase = [
    `Each circle is an attribute: ${entropyNames[entropy]} to the right, ${aggregateNames[aggregate]} upwards. `,
  ];
  if (points.length === 0) return ['No attribute has both a KS distance and an entropy.'];
  if (!correlation) return [...opening, 'The report holds no correlation of the two.'];
  const { rho, p, nAttributes } = correlation;
  if (rho === null) {
    return [
      ...opening,
      `No correlation: it takes at least three attributes and some variation of both, and there ${
        nAttributes === 1 ? 'is one attribute' : `are ${formatCount(nAttributes)} attributes`
      }.`,
    ];
  }
  const uncertainty = p === null ? '' : `, p ${formatP(p, null)}`;
  return [
    ...opening,
    'Spearman’s ρ is ',
    { number: formatFixed(rho, rhoDecimals) },
    ` over ${formatCount(nAttributes)} attributes${uncertainty}: ${trend(rho, p, entropy)}.`,
  ];
}

export const rhoDecimals = 2;

function trend(rho: number, p: number | null, entropy: EntropyMeasure): string {
  if (p === null || p >= 0.05) return 'no trend beyond chance';
  const where = entropy === 'intraEntropy' ? 'vary more within people' : 'divide people more evenly';
  return `attributes that ${where} have ${rho > 0 ? 'larger' : 'smaller'} KS distances`;
}

export const correlationCaveat =
  'It does not show a cause. Attributes come together, so the p, which takes them for independent, is too small.';

/** What is said of the circle under the pointer or the focus. */
export function pointInWords(
  { attribute, entropy: x, ks }: CorrelationView['points'][number],
  { entropy, aggregate }: CorrelationView,
): Phrase {
  const parts: Part[] = [
    { name: attribute },
    `: ${entropyNames[entropy]} `,
    { number: formatEntropy(x) },
    `, ${aggregateNames[aggregate]} `,
    { number: formatAggregate(ks, aggregate) },
  ];
  return parts;
}

/** A sum over images is a large number, a mean none. */
export function formatAggregate(value: number, aggregate: KsAggregate): string {
  return aggregate === 'ksWeightedSum' ? formatCount(value) : formatKs(value);
}
