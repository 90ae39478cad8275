import { spearman } from '../numerics/correlation.ts';
import type { AttributeSummary } from './attributeSummary.ts';

const aggregateNames = ['ksMax', 'ksMean', 'ksWeightedSum', 'ksWeightedMean'] as const;
const entropyNames = ['intraEntropy', 'interEntropy'] as const;

/** What the modalities of an attribute give together. */
export type KsAggregates = { readonly attribute: string } & Readonly<
  Record<(typeof aggregateNames)[number], number>
>;

export interface EntropyCorrelation {
  readonly aggregate: (typeof aggregateNames)[number];
  readonly against: (typeof entropyNames)[number];
  /** Attributes that have both. */
  readonly nAttributes: number;
  /** Both `null` with fewer than three attributes, or where one side does not vary. */
  readonly rho: number | null;
  readonly p: number | null;
}

/**
 * Spearman's correlation over attributes of each aggregate of the KS distance with each entropy: whether what
 * varies within people, or between them, is what shapes the space. Attributes are matched by name.
 */
export function correlateWithEntropies(
  aggregates: readonly KsAggregates[],
  summaries: readonly Pick<AttributeSummary, 'attribute' | (typeof entropyNames)[number]>[],
): EntropyCorrelation[] {
  const summaryOf = new Map(summaries.map((summary) => [summary.attribute, summary]));
  return aggregateNames.flatMap((aggregate) =>
    entropyNames.map((against) => {
      const pairs = aggregates.flatMap((row) => {
        const entropy = summaryOf.get(row.attribute)?.[against] ?? null;
        return entropy === null ? [] : [{ ks: row[aggregate], entropy }];
      });
      const found = spearman(
        Float64Array.from(pairs, ({ ks }) => ks),
        Float64Array.from(pairs, ({ entropy }) => entropy),
      );
      return { aggregate, against, nAttributes: pairs.length, rho: found?.rho ?? null, p: found?.p ?? null };
    }),
  );
}
