import type { ConditionalRow } from '../src/protocol/report.ts';
import { decimalsFor, decimalsOfInterval, formatCount, formatFixed, formatP } from './format.ts';
import { rangeText } from './inference.ts';
import { t } from './l10n.ts';
import type { MacroscaleView } from './macroscaleState.ts';
import { capital } from './wording.ts';

/** Which points the distances are of, how they were drawn, and which pairs count. */
export function samplingInWords(view: MacroscaleView): string {
  const { sameIdentity, repeats } = view.result.sampling;
  const mated =
    sameIdentity === 'exclude'
      ? t('pairs of the same identity are excluded')
      : t('pairs of the same identity are included, as in the paper');
  const points = pointsInWords(view);
  return repeats > 1
    ? t('{0}; drawn {1} times, numbers are of the first draw; {2}.', points, repeats, mated)
    : t('{0}; {1}.', points, mated);
}

function pointsInWords({ result, noun }: MacroscaleView): string {
  const { points, selection, seed, maxIdentities } = result.sampling;
  const [atMost, random] = [formatCount(maxIdentities), selection === 'random'];
  switch (points) {
    case 'sample':
      if (noun === 'people') {
        return random
          ? t('One image of each person drawn at random (seed {0}), at most {1} a side', seed, atMost)
          : t('The first image of each person in the order of rows, at most {0} a side', atMost);
      }
      return random
        ? t('Images drawn at random (seed {0}), at most {1} a side', seed, atMost)
        : t('Images drawn in the order of rows, at most {0} a side', atMost);
    case 'oneImage':
      if (noun === 'images') return t('All images');
      return random
        ? t('All people, one image of each person drawn at random (seed {0})', seed)
        : t('All people, the first image of each person in the order of rows');
    case 'centroids':
      return t('The mean embedding of each person’s images, all people');
    case 'everyImage':
      return t('All images of all people');
  }
}

/** What p-values and intervals were made of. */
export function inferenceInWords({ result, noun, hasPermutations, hasIntervals }: MacroscaleView): string {
  const { permutations, bootstraps, nBins, maxPoints } = result.inference;
  if (!hasPermutations && !hasIntervals) return t('No permutations and no bootstrap were made.');
  const [nPermutations, nDraws, bins] = [permutations, bootstraps, nBins].map(formatCount);
  const people = noun === 'people';
  const permuted = people
    ? t(
        '{0} permutations of the modality between and within people; adjusted and Holm p over all attributes, modalities and models of the report',
        nPermutations!,
      )
    : t(
        '{0} permutations of the modality between and within images; adjusted and Holm p over all attributes, modalities and models of the report',
        nPermutations!,
      );
  const drawn = people
    ? t('intervals of 95 % by {0} draws of people', nDraws!)
    : t('intervals of 95 % by {0} draws of images', nDraws!);
  const counted =
    maxPoints === null
      ? t('counted in {0} bins of distance', bins!)
      : t('counted in {0} bins of distance, of {1} points at most', bins!, formatCount(maxPoints));
  const clauses = [...(hasPermutations ? [permuted] : []), ...(hasIntervals ? [drawn] : []), counted];
  return `${capital(clauses.join('; '))}.`;
}

/** The attribute's one number for both modalities; empty where the report does not know it. */
export function energyInWords({ aggregate, result }: MacroscaleView): string {
  if (!aggregate) return '';
  const { energyDistance, energyDistanceCi: ci, pEnergy, pEnergyAdjusted } = aggregate;
  const decimals = ci
    ? Math.max(3, decimalsOfInterval(ci))
    : Math.max(3, decimalsFor(Math.abs(energyDistance)));
  const number = formatFixed(energyDistance, decimals);
  const distance = ci ? t('{0} ({1})', number, rangeText(ci, decimals)) : number;
  const cosine = result.metric === 'cosine';
  if (pEnergy === null) {
    return cosine
      ? t('Both modalities together: {0} of cosine distance.', distance)
      : t('Both modalities together: {0} of euclidean distance.', distance);
  }
  const p = formatP(pEnergy, null);
  if (pEnergyAdjusted === null) {
    return cosine
      ? t('Both modalities together: {0} of cosine distance, p {1}.', distance, p)
      : t('Both modalities together: {0} of euclidean distance, p {1}.', distance, p);
  }
  const adjusted = formatP(pEnergyAdjusted, null);
  return cosine
    ? t('Both modalities together: {0} of cosine distance, p {1}, adjusted {2}.', distance, p, adjusted)
    : t('Both modalities together: {0} of euclidean distance, p {1}, adjusted {2}.', distance, p, adjusted);
}

/** «KS 0.14 becomes 0.03, no more than chance gives» */
export function heldInWords(row: ConditionalRow): string {
  const { null95, pPermutation } = row;
  const decimals = null95 === null ? 3 : decimalsOfInterval([-null95, null95]);
  const before = formatFixed(row.ksUnmatched * row.signUnmatched, decimals);
  const after = formatFixed(row.ks * row.sign, decimals);
  if (null95 === null) return t('KS {0} becomes {1}', before, after);
  const chance = formatFixed(null95, decimals);
  const isChance = row.ks <= null95;
  if (pPermutation === null) {
    return isChance
      ? t('KS {0} becomes {1}, no more than chance gives ({2})', before, after, chance)
      : t('KS {0} becomes {1}, more than chance gives ({2})', before, after, chance);
  }
  const p = formatP(pPermutation, null);
  return isChance
    ? t('KS {0} becomes {1}, no more than chance gives ({2}, p {3})', before, after, chance, p)
    : t('KS {0} becomes {1}, more than chance gives ({2}, p {3})', before, after, chance, p);
}

export function confoundersInWords(): string {
  return t(
    'KS with another attribute held fixed: images are matched so that both modalities show it equally often, and compared with as many images without matching.',
  );
}

export function confoundersCaveat(): string {
  return t(
    'Where KS falls to what chance gives, the attribute says little beyond the other. It does not show which of the two the model looks at.',
  );
}
