import type { Correlation, MacroscaleResult, Report } from '../src/protocol/report.ts';
import type { EntropyMeasure, KsAggregate } from '../src/protocol/macroscaleSchema.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';

/** Whether attributes that vary more within people, or between them, have larger KS distances. */
export interface CorrelationView {
  readonly result: MacroscaleResult;
  /** All that the report holds. */
  readonly correlations: readonly Correlation[];
  readonly aggregate: KsAggregate;
  readonly entropy: EntropyMeasure;
  /** Of the two; `null` where the report does not hold it. */
  readonly correlation: Correlation | null;
  /** Attributes that have both, largest KS first. */
  readonly points: readonly CorrelationPoint[];
  readonly selected: string | null;
}

export interface CorrelationPoint {
  readonly attribute: string;
  readonly entropy: number;
  readonly ks: number;
}

/** `null` where the report has no aggregates of KS, as those before version 3. */
export function viewCorrelations(
  report: Report,
  result: MacroscaleResult,
  state: PageState,
): CorrelationView | null {
  if (result.attributes.length === 0) return null;
  const { correlations } = result;
  const aggregate = state.ksAggregate ?? 'ksMax';
  const entropy = state.entropy ?? 'intraEntropy';
  const points = pointsOf(report, result, aggregate, entropy);
  return {
    result,
    correlations,
    aggregate,
    entropy,
    correlation: correlations.find((one) => one.aggregate === aggregate && one.against === entropy) ?? null,
    points,
    selected: points.find(({ attribute }) => attribute === state.attribute)?.attribute ?? null,
  };
}

function pointsOf(
  { results }: Report,
  { attributes }: MacroscaleResult,
  aggregate: KsAggregate,
  entropy: EntropyMeasure,
): CorrelationPoint[] {
  const entropies = new Map(results.attributes.map((row) => [row.attribute, row[entropy]]));
  return attributes
    .flatMap((row): CorrelationPoint[] => {
      const value = entropies.get(row.attribute) ?? null;
      return value === null ? [] : [{ attribute: row.attribute, entropy: value, ks: row[aggregate] }];
    })
    .sort((a, b) => b.ks - a.ks);
}
