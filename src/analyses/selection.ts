import { type Modality, modalitySign } from '../domain/attributeColumn.ts';
import { SeededRandom } from '../numerics/random.ts';

/** How one image of each identity is chosen. */
export type SelectionRule =
  /** The first image in row order that shows the modality, and the first identities. */
  | { readonly kind: 'first' }
  /** By seed; see `drawSelection`. */
  | { readonly kind: 'random'; readonly seed: number };

/** Equally many rows of both modalities, ascending, one of each identity; fewer than 2 cannot be compared. */
export interface Selection {
  readonly positive: Int32Array;
  readonly negative: Int32Array;
}

/**
 * Chooses the rows that stand for the two modalities of an attribute: one image of each identity that shows
 * the modality, at most `maxIdentities`, as many on either side.
 *
 * At random, every identity of the modality is equally likely, whatever its number of images, and so is each
 * of its images. The draw depends on the seed, the attribute's name, the modality and its rows alone: more
 * attributes change nothing, and a larger `maxIdentities` adds identities to the same draw.
 *
 * @param values −1, 0 or 1 for each row; rows of 0 take no part.
 */
export function drawSelection(
  attribute: string,
  values: Int8Array,
  identities: Int32Array,
  maxIdentities: number,
  rule: SelectionRule,
): Selection {
  const positive = candidates(attribute, 'positive', values, identities, rule);
  const negative = candidates(attribute, 'negative', values, identities, rule);
  const n = Math.min(maxIdentities, positive.length, negative.length);
  return { positive: positive.slice(0, n).sort(), negative: negative.slice(0, n).sort() };
}

/** One row of each identity that shows the modality, in the order in which identities are taken. */
function candidates(
  attribute: string,
  modality: Modality,
  values: Int8Array,
  identities: Int32Array,
  rule: SelectionRule,
): Int32Array {
  switch (rule.kind) {
    case 'first':
      return Int32Array.from(rowsByIdentity(values, identities, modality).values(), (rows) => rows[0]!);
    case 'random':
      return oneOfEachIdentity(
        values,
        identities,
        modality,
        new SeededRandom(rule.seed).fork(attribute).fork(modality),
      );
  }
}

/** A row of each identity that shows the modality, drawn from its rows; the identities in an order that is drawn too. */
export function oneOfEachIdentity(
  values: Int8Array,
  identities: Int32Array,
  modality: Modality,
  stream: SeededRandom,
): Int32Array {
  const groups = rowsByIdentity(values, identities, modality).values();
  const imageStream = stream.fork('image');
  const rows = Int32Array.from(groups, (group) => group[imageStream.nextInt(group.length)]!);
  stream.fork('identity').shuffle(rows);
  return rows;
}

/** Rows of the modality by identity, identities in order of their first such row. */
function rowsByIdentity(
  values: Int8Array,
  identities: Int32Array,
  modality: Modality,
): Map<number, number[]> {
  const sign = modalitySign(modality);
  const groups = new Map<number, number[]>();
  for (let row = 0; row < values.length; row++) {
    if (values[row] !== sign) continue;
    const identity = identities[row]!;
    const group = groups.get(identity);
    if (group) group.push(row);
    else groups.set(identity, [row]);
  }
  return groups;
}
