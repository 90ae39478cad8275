import type { Association } from '../../src/protocol/report.ts';
import type { AssociationMap } from '../associationState.ts';
import type { Theme } from '../theme.ts';

/** How a cell of the map is painted, over the page's background. */
export interface HeatCell {
  readonly colour: string;
  /** 0 where there is nothing to see, 1 at the end of the scale. */
  readonly alpha: number;
  /** A second code for the sign, and what has no number. */
  readonly mark: 'none' | 'minus' | 'unknown';
}

/** By row and column. Blue above zero, orange below, the background at zero; the diagonal is a neutral grey. */
export function heatCells({ cells, measure, end }: AssociationMap, theme: Theme): HeatCell[][] {
  return cells.map((row, i) =>
    row.map((association, j) =>
      i === j
        ? { colour: theme.noise, alpha: 1, mark: 'none' }
        : heatCell(valueOf(association, measure), end, theme),
    ),
  );
}

/** The colours of the scale from its lower end to its upper one. */
export function scaleCells(
  end: number,
  nSteps: number,
  theme: Theme,
): (HeatCell & { readonly value: number })[] {
  return Array.from({ length: 2 * nSteps + 1 }, (_, i) => {
    const value = (end * (i - nSteps)) / nSteps;
    return { ...heatCell(value, end, theme), value };
  });
}

/** Of one number, around zero. */
export function heatCell(value: number | null, end: number, theme: Theme): HeatCell {
  if (value === null) return { colour: theme.muted, alpha: 1, mark: 'unknown' };
  const alpha = Math.min(1, Math.abs(value) / end);
  return {
    colour: value < 0 ? theme.negative : theme.positive,
    alpha,
    mark: value < 0 && alpha >= faintest ? 'minus' : 'none',
  };
}

/** A sign on what is hardly to be seen would be more than what it is of. */
const faintest = 0.15;

function valueOf(association: Association | null, measure: AssociationMap['measure']): number | null {
  return association?.[measure] ?? null;
}
