import type { ConditionalRow } from '../src/protocol/report.ts';
import { decimalsFor, decimalsOfInterval, formatCount, formatFixed, formatP } from './format.ts';
import { rangeText } from './inference.ts';
import type { MacroscaleView } from './macroscaleState.ts';
import { capital } from './wording.ts';

/** Which points the distances are of, how they were drawn, and which pairs count. */
export function samplingInWords({ result, noun }: MacroscaleView): string {
  const { points, selection, sameIdentity, seed, maxIdentities, repeats } = result.sampling;
  const how = selection === 'random' ? `at random (seed ${seed})` : 'in the order of rows';
  const one =
    selection === 'random'
      ? `one image of each person drawn at random (seed ${seed})`
      : 'the first image of each person in the order of rows';
  const atMost = `, at most ${formatCount(maxIdentities)} a side`;
  const drawn = {
    sample: noun === 'people' ? `${one}${atMost}` : `images drawn ${how}${atMost}`,
    oneImage: noun === 'people' ? `all people, ${one}` : 'all images',
    centroids: 'the mean embedding of each person’s images, all people',
    everyImage: 'all images of all people',
  }[points];
  const mated =
    sameIdentity === 'exclude'
      ? 'pairs of the same identity are excluded'
      : 'pairs of the same identity are included, as in the paper';
  const again = repeats > 1 ? `; drawn ${repeats} times, numbers are of the first draw` : '';
  return `${capital(drawn)}${again}; ${mated}.`;
}

/** What p-values and intervals were made of. */
export function inferenceInWords({ result, noun, hasPermutations, hasIntervals }: MacroscaleView): string {
  const { permutations, bootstraps, nBins, maxPoints } = result.inference;
  const made = [
    ...(hasPermutations
      ? [
          `${formatCount(permutations)} permutations of the modality between and within ${noun}; ` +
            'adjusted and Holm p over all attributes, modalities and models of the report',
        ]
      : []),
    ...(hasIntervals ? [`intervals of 95 % by ${formatCount(bootstraps)} draws of ${noun}`] : []),
  ];
  if (made.length === 0) return 'No permutations and no bootstrap were made.';
  const points = maxPoints === null ? '' : `, of ${formatCount(maxPoints)} points at most`;
  return `${capital(made.join('; '))}; counted in ${formatCount(nBins)} bins of distance${points}.`;
}

/** The attribute's one number for both modalities; empty where the report does not know it. */
export function energyInWords({ aggregate, result }: MacroscaleView): string {
  if (!aggregate) return '';
  const { energyDistance, energyDistanceCi: ci, pEnergy, pEnergyAdjusted } = aggregate;
  const decimals = ci
    ? Math.max(3, decimalsOfInterval(ci))
    : Math.max(3, decimalsFor(Math.abs(energyDistance)));
  const interval = ci ? ` (${rangeText(ci, decimals)})` : '';
  const p = pEnergy === null ? '' : `, p ${formatP(pEnergy, null)}`;
  const adjusted = pEnergyAdjusted === null ? '' : `, adjusted ${formatP(pEnergyAdjusted, null)}`;
  return `Both modalities together: ${formatFixed(energyDistance, decimals)}${interval} of ${result.metric} distance${p}${adjusted}.`;
}

/** «KS 0.14 becomes 0.03, no more than chance gives» */
export function heldInWords(row: ConditionalRow): string {
  const decimals = row.null95 === null ? 3 : decimalsOfInterval([-row.null95, row.null95]);
  const before = formatFixed(row.ksUnmatched * row.signUnmatched, decimals);
  const after = formatFixed(row.ks * row.sign, decimals);
  return `KS ${before} becomes ${after}${outcome(row, decimals)}`;
}

function outcome({ ks, null95, pPermutation }: ConditionalRow, decimals: number): string {
  if (null95 === null) return '';
  const p = pPermutation === null ? '' : `, p ${formatP(pPermutation, null)}`;
  const where = ks <= null95 ? 'no more than chance gives' : 'more than chance gives';
  return `, ${where} (${formatFixed(null95, decimals)}${p})`;
}

export const confoundersInWords =
  'KS with another attribute held fixed: images are matched so that both modalities show it equally often, and ' +
  'compared with as many images without matching.';

export const confoundersCaveat =
  'Where KS falls to what chance gives, the attribute says little beyond the other. It does not show which of the two the model looks at.';
