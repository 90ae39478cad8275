import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { AttributeAssociation } from './associations.ts';

/**
 * Cramér's V, √(χ²/(n·(min(r, c) − 1))), of every two columns of which one at least became several attributes, one
 * against the rest: from their whole contingency table, without values that no image with both known has. A
 * lone annotated attribute is a column of two values. Combinations and pairs of values are no columns.
 */
export function associateColumns(attributes: readonly AttributeColumn[]): AttributeAssociation[] {
  const groups = groupsOf(attributes);
  if (groups.every(({ length }) => length === 1)) return [];
  const columns = groups.map((group) => (group.length === 1 ? ofOne(group[0]!) : ofSeveral(group)));
  return columns.flatMap((a, i) =>
    columns
      .slice(i + 1)
      .filter((b) => a.nValues > 2 || b.nValues > 2)
      .map((b): AttributeAssociation => {
        const { nImages, cramersV } = contingency(a, b);
        return { kind: 'column', a: a.name, b: b.name, nImages, phi: null, cramersV, phiOfPeople: null };
      }),
  );
}

interface Column {
  readonly name: string;
  /** Two, or more than two. */
  readonly nValues: number;
  /** Number of the value of each row, −1 where it is unknown. */
  readonly codes: Int16Array;
}

function groupsOf(attributes: readonly AttributeColumn[]): AttributeColumn[][] {
  const groups = new Map<string, AttributeColumn[]>();
  for (const attribute of attributes) {
    const { rule, name } = attribute;
    if (rule.kind === 'combination' || rule.kind === 'pairwise') continue;
    // Another kind of attribute may be called like a column.
    const key = rule.kind === 'oneVsRest' ? `column ${rule.column}` : `attribute ${name}`;
    groups.set(key, [...(groups.get(key) ?? []), attribute]);
  }
  return [...groups.values()];
}

/** Loops: `Int16Array.from` with a function takes twenty times as long. */
function ofOne({ name, values }: AttributeColumn): Column {
  const codes = new Int16Array(values.length);
  for (let row = 0; row < codes.length; row++) codes[row] = values[row] === 0 ? -1 : values[row]! > 0 ? 1 : 0;
  return { name, nValues: 2, codes };
}

/** Code k is the k-th value; images of none of them, where all are known, share one more. */
function ofSeveral(group: readonly AttributeColumn[]): Column {
  const [{ rule, name, values }] = group as [AttributeColumn];
  const codes = new Int16Array(values.length);
  for (let row = 0; row < codes.length; row++) codes[row] = values[row] === 0 ? -1 : group.length;
  group.forEach((attribute, value) => {
    for (let row = 0; row < codes.length; row++) if (attribute.values[row]! > 0) codes[row] = value;
  });
  return { name: rule.kind === 'oneVsRest' ? rule.column : name, nValues: group.length + 1, codes };
}

function contingency(a: Column, b: Column): { readonly nImages: number; readonly cramersV: number | null } {
  const table = new Float64Array(a.nValues * b.nValues);
  for (let row = 0; row < a.codes.length; row++) {
    const i = a.codes[row]!;
    const j = b.codes[row]!;
    if (i >= 0 && j >= 0) table[i * b.nValues + j]!++;
  }
  const rows = new Float64Array(a.nValues);
  const columns = new Float64Array(b.nValues);
  let nImages = 0;
  table.forEach((count, cell) => {
    rows[Math.floor(cell / b.nValues)]! += count;
    columns[cell % b.nValues]! += count;
    nImages += count;
  });
  const least = Math.min(nonZero(rows), nonZero(columns));
  if (least < 2) return { nImages, cramersV: null };
  // χ²/n = Σ count²/(row·column) − 1, summed as squared deviations, which cannot fall below zero.
  let chiSquare = 0;
  table.forEach((count, cell) => {
    const expected = (rows[Math.floor(cell / b.nValues)]! / nImages) * columns[cell % b.nValues]!;
    if (expected > 0) chiSquare += (count - expected) ** 2 / expected;
  });
  return { nImages, cramersV: Math.min(1, Math.sqrt(chiSquare / nImages / (least - 1))) };
}

function nonZero(counts: Float64Array): number {
  return counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
}
