import type { MicroscaleComparison, MicroscaleResult } from '../src/protocol/microscaleSchema.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { type Axis, niceAxis } from './charts/axis.ts';

/** Energies of the shown model less those of another one, by the shown neighbour rule. */
export interface ComparisonView {
  readonly model: string;
  readonly other: string;
  readonly others: readonly string[];
  /** Largest difference first, in whichever direction. */
  readonly rows: readonly EnergyDifference[];
  readonly nExcludingZero: number;
  readonly axis: Axis;
  readonly bootstraps: number;
}

export interface EnergyDifference {
  readonly attribute: string;
  readonly nIdentities: number;
  readonly difference: number;
  readonly ci: readonly [low: number, high: number];
}

export function excludesZero({ ci }: Pick<EnergyDifference, 'ci'>): boolean {
  return ci[0] > 0 || ci[1] < 0;
}

/** Those that the shown model is in, turned round where it is the second; `null` where there are none. */
export function viewComparison(
  comparisons: readonly MicroscaleComparison[],
  { model, neighbours, bootstraps }: MicroscaleResult,
  state: PageState,
): ComparisonView | null {
  const found = comparisons
    .filter((one) => one.neighbours === neighbours && (one.modelA === model || one.modelB === model))
    .map((one) => (one.modelA === model ? { other: one.modelB, rows: one.rows } : turned(one)));
  const chosen = found.find(({ other }) => other === state.comparedModel) ?? found[0];
  if (!chosen) return null;
  const rows = [...chosen.rows].sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const ends = rows.flatMap(({ ci, difference }) => [...ci, difference]);
  return {
    model,
    other: chosen.other,
    others: found.map(({ other }) => other),
    rows,
    nExcludingZero: rows.filter(excludesZero).length,
    axis: niceAxis(
      ends.reduce((low, end) => Math.min(low, end), 0),
      ends.reduce((high, end) => Math.max(high, end), 0),
    ),
    bootstraps,
  };
}

function turned({ modelA, rows }: MicroscaleComparison): {
  readonly other: string;
  readonly rows: readonly EnergyDifference[];
} {
  return {
    other: modelA,
    rows: rows.map((row) => ({
      ...row,
      difference: 0 - row.difference,
      ci: [0 - row.ci[1], 0 - row.ci[0]] as const,
    })),
  };
}
