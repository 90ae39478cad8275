import type { Identities } from '../../domain/datasetTable.ts';
import { SeededRandom } from '../../numerics/random.ts';

/** More add little to 128 components, and the n × n matrix of inner products takes 128 MB at this size. */
export const maxTrainingImages = 4000;

/** Images of one identity, at most, where not all images are taken: more people teach more than more pictures. */
const maxPerIdentity = 20;

/**
 * The rows that a baseline learns from, ascending: all of them, or `max` chosen by seed. Where identities are
 * known, whole people are drawn one after another, with at most 20 images each; else single images.
 */
export function trainingRows(identities: Identities, seed: number, max = maxTrainingImages): Int32Array {
  const n = identities.index.length;
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  if (n <= max) return rows;
  const random = new SeededRandom(seed).fork('training images');
  random.shuffle(rows);
  if (!identities.known) return rows.slice(0, max).sort();
  const rowsOf = new Map<number, number[]>();
  for (const row of rows) {
    const identity = identities.index[row]!;
    const own = rowsOf.get(identity);
    if (!own) rowsOf.set(identity, [row]);
    else if (own.length < maxPerIdentity) own.push(row);
  }
  // People in the order of their first shuffled row would favour those with many images.
  const people = Int32Array.from(rowsOf.keys()).sort();
  random.shuffle(people);
  const chosen = Array.from(people, (identity) => rowsOf.get(identity)!).flat();
  return Int32Array.from(chosen.slice(0, max)).sort();
}
