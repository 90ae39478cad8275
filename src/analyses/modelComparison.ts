import type { Modality } from '../domain/attributeColumn.ts';
import { percentileInterval } from './bootstrap.ts';
import type { Interval } from './inference.ts';
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
 * differ, because an image has no usable embedding in one model, is left out.
 */
export function compareModels(first: MacroscaleOutcome, second: MacroscaleOutcome): KsDifference[] {
  const others = new Map(second.rows.map((row) => [`${row.modality} ${row.attribute}`, row]));
  return first.rows.flatMap((row) => {
    const other = others.get(`${row.modality} ${row.attribute}`);
    const a = first.replicates.get(row.attribute);
    const b = second.replicates.get(row.attribute);
    if (!other || !a || !b || !sameRows(a.rows, b.rows)) return [];
    const own = a.replicates[row.modality];
    const ci = percentileInterval(own.map((value, r) => value - b.replicates[row.modality][r]!));
    if (ci === null) return [];
    return [
      {
        attribute: row.attribute,
        modality: row.modality,
        nIdentities: row.nIdentities,
        difference: row.sign * row.ks - other.sign * other.ks,
        ci,
      },
    ];
  });
}

function sameRows(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}
