import type { FieldAlignment, Retention } from '../src/protocol/microscaleSchema.ts';
import type { Cell } from './associationState.ts';

/** What is read off matrices of a lattice's attributes and steps. Pure. */

/**
 * The cell of two attributes; without another one, that of the attribute whose vectors are the least unrelated to
 * the chosen one's. `null` where the matrix does not have the chosen one.
 */
export function alignmentCell(
  { attributes, values }: FieldAlignment,
  chosen: string | null,
  other: string | null,
): Cell | null {
  const row = chosen === null ? -1 : attributes.indexOf(chosen);
  if (row < 0) return null;
  const column = other === null ? -1 : attributes.indexOf(other);
  return { row, column: column < 0 ? leastUnrelated(values[row] ?? [], row) : column };
}

function leastUnrelated(line: readonly (number | null)[], row: number): number {
  let found = row;
  let largest = 0;
  line.forEach((value, column) => {
    const strength = column === row || value === null ? 0 : Math.abs(1 - value);
    if (strength > largest) [found, largest] = [column, strength];
  });
  return found;
}

export interface AlignedPair {
  readonly a: string;
  readonly b: string;
  readonly value: number | null;
  readonly nCurves: number;
}

/** Each two attributes once, from the most alike to the most opposite; those without a number last. */
export function alignedPairs({ attributes, values, nCurves }: FieldAlignment): readonly AlignedPair[] {
  const pairs = attributes.flatMap((a, i) =>
    attributes.slice(i + 1).map((b, k): AlignedPair => {
      const j = i + 1 + k;
      return { a, b, value: values[i]?.[j] ?? null, nCurves: nCurves[i]?.[j] ?? 0 };
    }),
  );
  return pairs.sort((x, y) => (x.value ?? Infinity) - (y.value ?? Infinity) || 0);
}

/** The two steps of a segment that lie farthest apart, the earlier one first; `null` where there are no two. */
export function farthestSteps({ distances }: Retention): Cell | null {
  let found: Cell | null = null;
  distances.forEach((row, i) => {
    row.forEach((distance, j) => {
      if (i < j && (found === null || distance > distances[found.row]![found.column]!)) {
        found = { row: i, column: j };
      }
    });
  });
  return found;
}
