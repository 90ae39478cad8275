import { decimalsOfInterval, formatCount, formatFixed } from './format.ts';
import { byChance, rangeText } from './inference.ts';
import { phrase, t } from './l10n.ts';
import { type ComparisonView, type EnergyDifference, excludesZero } from './microscaleComparisonState.ts';
import type { Phrase } from './wording.ts';

/** Which model the attributes move in a more shared direction, and how sure that is. */
export function comparisonInWords({
  model,
  other,
  rows,
  nExcludingZero,
  bootstraps,
}: ComparisonView): Phrase {
  const largest = rows[0];
  if (!largest) return [t('No attribute has an energy in both models.')];
  return phrase(
    'Energy of {0} less that of {1}, on the same identities: {2} of {3} intervals exclude zero (by chance about {4}). Largest for {5}: {6}. Intervals of {7} paired bootstraps of identities, not adjusted for their number.',
    { name: model },
    { name: other },
    { number: formatCount(nExcludingZero) },
    formatCount(rows.length),
    byChance(rows.length),
    { name: largest.attribute },
    { number: differenceCells(largest)[0] },
    formatCount(bootstraps),
  );
}

export function comparisonCaveat(): string {
  return t(
    'Negative: the first model is moved in the more shared direction. It does not say which model is better.',
  );
}

/** Difference, its interval, and whether that excludes zero. */
export function differenceCells(row: EnergyDifference): readonly [string, string, string] {
  const decimals = decimalsOfInterval([row.ci[0], row.ci[1]]);
  return [
    formatFixed(row.difference, decimals),
    rangeText([row.ci[0], row.ci[1]], decimals),
    excludesZero(row) ? t('excluded') : t('included'),
  ];
}
