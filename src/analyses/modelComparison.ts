import type { Modality } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { deviationInterval, type Interval } from './intervals.ts';
import type { MacroscaleOutcome } from './macroscaleOutcome.ts';

export interface KsDifference {
  readonly attribute: string;
  readonly modality: Modality;
  readonly nIdentities: number;
  /** Signed KS of the first model less that of the second. */
  readonly difference: number;
  readonly ci: Interval;
}

/**
 * Differences between two models on the same images, with intervals of a paired bootstrap: replicate r of either
 * model has the same identities, so what both share of the sample's chance cancels. An attribute whose samples
 * differ, because an image has no usable embedding in one model, is left out and goes to the diagnostics.
 */
export function compareModels(
  first: MacroscaleOutcome,
  second: MacroscaleOutcome,
  diagnostics: DiagnosticLog,
): KsDifference[] {
  const differing = new Set<string>();
  const rowsOfSecond = new Map(second.rows.map((row) => [`${row.modality} ${row.attribute}`, row]));
  const differences = first.rows.flatMap((row): KsDifference[] => {
    const other = rowsOfSecond.get(`${row.modality} ${row.attribute}`);
    const a = first.deviations.get(row.attribute);
    const b = second.deviations.get(row.attribute);
    if (!other || !a || !b) return [];
    if (!sameRows(a.rows, b.rows)) {
      differing.add(row.attribute);
      return [];
    }
    const others = b.deviations[row.modality];
    const difference = row.sign * row.ks - other.sign * other.ks;
    const off = a.deviations[row.modality].map((value, r) => value - others[r]!);
    const ci = deviationInterval(difference, off, 2);
    if (ci === null) return [];
    return [
      {
        attribute: row.attribute,
        modality: row.modality,
        nIdentities: row.nIdentities,
        difference,
        ci,
      },
    ];
  });
  for (const attribute of differing) diagnostics.add('comparisonRowsDiffer', attribute);
  return differences;
}

function sameRows(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}
