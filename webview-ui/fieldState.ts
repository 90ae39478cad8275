import type { FieldAlignment, FieldDrawing, Retention } from '../src/protocol/microscaleSchema.ts';
import type { Cell } from './associationState.ts';

/** What the parts on fields draw of one model. Pure. */
export interface FieldView {
  readonly alignment: FieldAlignment | null;
  readonly retentions: readonly Retention[];
  readonly drawings: readonly FieldDrawing[];
  /** The chosen one; `null` where there is none. */
  readonly attribute: string | null;
  /** The attribute whose alignment with the chosen one is looked at. */
  readonly other: string | null;
  /** Whose fields are drawn, where the reader has chosen. */
  readonly fieldIdentity: string | null;
}

/** The chosen cell of the matrix; the attribute with itself where no other is chosen. */
export function alignmentCell({ alignment, attribute, other }: FieldView): Cell | null {
  if (!alignment || attribute === null) return null;
  const row = alignment.attributes.indexOf(attribute);
  const column = other === null ? -1 : alignment.attributes.indexOf(other);
  if (row < 0) return null;
  return { row, column: column < 0 ? row : column };
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

export function retentionOf({ retentions, attribute }: FieldView): Retention | null {
  return retentions.find((one) => one.attribute === attribute) ?? null;
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

export interface IdentityFields {
  /** All whose fields are in the report. */
  readonly identities: readonly string[];
  readonly identity: string;
  /** From the most aligned field to the least. */
  readonly drawings: readonly FieldDrawing[];
}

/** `null` where nothing is drawn. */
export function identityFields({ drawings, fieldIdentity }: FieldView): IdentityFields | null {
  const identities = [...new Set(drawings.map(({ identity }) => identity))];
  const identity = identities.find((one) => one === fieldIdentity) ?? identities[0];
  if (identity === undefined) return null;
  const own = drawings.filter((one) => one.identity === identity);
  return {
    identities,
    identity,
    drawings: own.sort((a, b) => (a.energy ?? Infinity) - (b.energy ?? Infinity) || 0),
  };
}
