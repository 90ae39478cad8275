import type { EnergyValidation } from '../src/protocol/microscaleSchema.ts';
import { formatCount, formatFixed } from './format.ts';
import { ruleInWords } from './microscaleWording.ts';

const fields = {
  vonMisesFisher: 'von Mises-Fisher directions',
  aligned: 'one common direction',
  clustered: 'clusters that share a direction',
  halfMixed: 'half clustered, half random',
  random: 'random directions',
  linearInvariant: 'linear encoder that ignores the attribute',
  linearAligned: 'linear encoder that sees the attribute',
} as const satisfies Record<EnergyValidation['field'], string>;

export const validationColumns = [
  'Field',
  'κ',
  'neighbours',
  'measured',
  'known',
  'standard error',
  'z',
  'dimensions',
  'curves',
  'draws',
] as const;

/** One text for each column. */
export function validationCells(one: EnergyValidation): readonly string[] {
  return [
    fields[one.field],
    one.kappa === null ? '' : formatCount(one.kappa),
    ruleInWords(one.neighbours),
    one.measured === null ? 'does not move' : formatFixed(one.measured, 4),
    one.analytic === null ? 'does not move' : formatFixed(one.analytic, 4),
    formatFixed(one.standardError, 4),
    formatFixed(one.z, 1),
    formatCount(one.dim),
    formatCount(one.nCurves),
    formatCount(one.nDraws),
  ];
}

/** Half of a normal distribution's 95 %. */
const farZ = 1.96;

export function isFar({ z }: EnergyValidation): boolean {
  return z !== null && !(Math.abs(z) <= farZ);
}

/** How well measured and known energies agree. */
export function validationInWords(validations: readonly EnergyValidation[]): string {
  const tested = validations.filter(({ z }) => z !== null);
  const far = tested.filter(isFar).length;
  const differences = validations.flatMap(({ measured, analytic }) =>
    measured === null || analytic === null ? [] : [Math.abs(measured - analytic)],
  );
  const largest = differences.reduce((most, one) => Math.max(most, one), 0);
  const wrong = validations.filter(
    ({ measured, analytic }) => (measured === null) !== (analytic === null),
  ).length;
  return (
    `The metric on ${formatCount(validations.length)} made-up fields whose energy is known: measured and known differ by at most ` +
    formatFixed(largest, 4) +
    (tested.length === 0
      ? '.'
      : `; ${formatCount(far)} of ${formatCount(tested.length)} lie more than two standard errors apart, ` +
        `where chance alone would put about ${formatFixed(tested.length / 20, 1)}.`) +
    (wrong > 0 ? ` In ${formatCount(wrong)} it disagrees on whether the field moves at all.` : '')
  );
}

export const validationCaveat =
  'It says that the metric measures what it is defined to, not that an attribute of faces is such a field. Rules of the same field ' +
  'and κ share their draws, so that they are far together.';

/** What the chart shows. */
export function scatterInWords(validations: readonly EnergyValidation[]): string {
  return `Measured energy against the known one, whiskers two standard errors, the dashed line where both agree. ${validationInWords(validations)}`;
}
