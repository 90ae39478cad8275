import { decimalsOfInterval, formatCount, formatFixed } from './format.ts';
import { byChance, rangeText } from './inference.ts';
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
  if (!largest) return ['No attribute has an energy in both models.'];
  return [
    'Energy of ',
    { name: model },
    ' less that of ',
    { name: other },
    ', on the same identities: ',
    { number: formatCount(nExcludingZero) },
    ` of ${formatCount(rows.length)} intervals exclude zero (by chance about ${byChance(rows.length)}). Largest for `,
    { name: largest.attribute },
    ': ',
    { number: differenceCells(largest)[0] },
    `. Intervals of ${formatCount(bootstraps)} paired bootstraps of identities, not adjusted for their number.`,
  ];
}

export const comparisonCaveat =
  'Negative: the first model is moved in the more shared direction. It does not say which model is better.';

/** Difference, its interval, and whether that excludes zero. */
export function differenceCells(row: EnergyDifference): readonly [string, string, string] {
  const decimals = decimalsOfInterval([row.ci[0], row.ci[1]]);
  return [
    formatFixed(row.difference, decimals),
    rangeText([row.ci[0], row.ci[1]], decimals),
    excludesZero(row) ? 'excluded' : 'included',
  ];
}
