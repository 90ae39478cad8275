import { SeededRandom } from '../numerics/random.ts';
import type { Interval } from './intervals.ts';
import { bootstrapMean } from './microscale.ts';
import type { RuleOutcome } from './microscaleOutcome.ts';

export interface EnergyDifference {
  readonly attribute: string;
  readonly nIdentities: number;
  readonly difference: number;
  readonly ci: Interval;
}

/**
 * Energy of one model less that of another, identity by identity, for each attribute; the interval is of a
 * bootstrap of identities, so what an identity does to both cancels. Both outcomes are of one rule. Attributes with
 * fewer than two identities that have an energy in both are left out.
 */
export function compareEnergies(first: RuleOutcome, second: RuleOutcome): EnergyDifference[] {
  const others = new Map(
    second.rows.map((row) => [JSON.stringify([row.attribute, row.identity]), row.energy]),
  );
  const attributes = [...new Set(first.rows.map(({ attribute }) => attribute))];
  return attributes.flatMap((attribute) => {
    const differences = first.rows.flatMap((row) => {
      if (row.attribute !== attribute || row.identity === null || row.energy === null) return [];
      const other = others.get(JSON.stringify([attribute, row.identity])) ?? null;
      return other === null ? [] : [row.energy - other];
    });
    const random = new SeededRandom(first.seed).fork('microscale').fork(attribute).fork('difference');
    const ci = bootstrapMean(differences, first.bootstraps, random);
    if (ci === null) return [];
    const difference = differences.reduce((sum, one) => sum + one, 0) / differences.length;
    return [{ attribute, nIdentities: differences.length, difference, ci }];
  });
}
