import type { EnergyValidation } from '../src/protocol/microscaleSchema.ts';
import { formatCount, formatFixed } from './format.ts';
import { t } from './l10n.ts';
import { ruleInWords } from './microscaleWording.ts';
import { paragraph } from './phrases.ts';

function fieldName(field: EnergyValidation['field']): string {
  switch (field) {
    case 'vonMisesFisher':
      return t('von Mises-Fisher directions');
    case 'aligned':
      return t('one common direction');
    case 'clustered':
      return t('clusters that share a direction');
    case 'halfMixed':
      return t('half clustered, half random');
    case 'random':
      return t('random directions');
    case 'linearInvariant':
      return t('linear encoder that ignores the attribute');
    case 'linearAligned':
      return t('linear encoder that sees the attribute');
  }
}

export function validationColumns(): readonly string[] {
  return [
    t('Field'),
    'κ',
    t('neighbours'),
    t('measured'),
    t('known'),
    t('standard error'),
    'z',
    t('dimensions'),
    t('curves'),
    t('draws'),
  ];
}

/** One text for each column. */
export function validationCells(one: EnergyValidation): readonly string[] {
  return [
    fieldName(one.field),
    one.kappa === null ? '' : formatCount(one.kappa),
    ruleInWords(one.neighbours),
    one.measured === null ? t('does not move') : formatFixed(one.measured, 4),
    one.analytic === null ? t('does not move') : formatFixed(one.analytic, 4),
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
  const differences = validations.flatMap(({ measured, analytic }) =>
    measured === null || analytic === null ? [] : [Math.abs(measured - analytic)],
  );
  const largest = differences.reduce((most, one) => Math.max(most, one), 0);
  const nWrong = validations.filter(
    ({ measured, analytic }) => (measured === null) !== (analytic === null),
  ).length;
  const [n, most] = [formatCount(validations.length), formatFixed(largest, 4)];
  return paragraph(
    tested.length === 0
      ? t(
          'The metric on made-up fields whose energy is known ({0}): measured and known differ by at most {1}.',
          n,
          most,
        )
      : t(
          'The metric on made-up fields whose energy is known ({0}): measured and known differ by at most {1}; {2} of {3} lie more than two standard errors apart, where chance alone would put about {4}.',
          n,
          most,
          formatCount(tested.filter(isFar).length),
          formatCount(tested.length),
          formatFixed(tested.length / 20, 1),
        ),
    nWrong > 0 ? t('In {0} it disagrees on whether the field moves at all.', formatCount(nWrong)) : '',
  );
}

export function validationCaveat(): string {
  return t(
    'It says that the metric measures what it is defined to, not that an attribute of faces is such a field. Rules of the same field and κ share their draws, so that they are far together.',
  );
}

/** What the chart shows. */
export function scatterInWords(validations: readonly EnergyValidation[]): string {
  return paragraph(
    t(
      'Measured energy against the known one, whiskers two standard errors, the dashed line where both agree.',
    ),
    validationInWords(validations),
  );
}
