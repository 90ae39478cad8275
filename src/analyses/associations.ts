import type { AttributeColumn } from '../domain/attributeColumn.ts';
import { pearson } from '../numerics/correlation.ts';
import { associateColumns } from './columnAssociations.ts';
import { type Bits, bitsWhere, countBoth } from './rowBits.ts';

/** How often two attributes, or two columns, occur together. */
export interface AttributeAssociation {
  readonly kind: 'attribute' | 'column';
  readonly a: string;
  readonly b: string;
  /** Images where both are known. */
  readonly nImages: number;
  readonly phi: number | null;
  readonly cramersV: number | null;
  readonly phiOfPeople: number | null;
}

/**
 * Association of every two attributes, in their order, then of every two columns of which one at least has several
 * values. `phi` is Pearson's correlation of two binary attributes over images where both are known, and
 * Cramér's V its size. `phiOfPeople` is Pearson's correlation of people's mean values, over people with a known
 * value of both. Each is `null` where one side never varies.
 *
 * @param identities a number ≥ 0 for each row; `null`: nobody is known, and no correlation is over people.
 */
export function associate(
  identities: Int32Array | null,
  attributes: readonly AttributeColumn[],
): AttributeAssociation[] {
  const sides = attributes.map(({ name, values }) => ({
    name,
    positive: bitsWhere(values, 1),
    negative: bitsWhere(values, -1),
    means: identities === null ? null : meansOfPeople(values, identities),
  }));
  const pairs = sides.flatMap((a, i) =>
    sides.slice(i + 1).map((b): AttributeAssociation => {
      const { phi, nImages } = phiOf(a, b);
      const cramersV = phi === null ? null : Math.abs(phi);
      const phiOfPeople = a.means === null || b.means === null ? null : correlation(a.means, b.means);
      return { kind: 'attribute', a: a.name, b: b.name, nImages, phi, cramersV, phiOfPeople };
    }),
  );
  return [...pairs, ...associateColumns(attributes)];
}

interface Side {
  readonly positive: Bits;
  readonly negative: Bits;
}

/** From the four counts of the table of two binary attributes. */
function phiOf(a: Side, b: Side): { readonly phi: number | null; readonly nImages: number } {
  const pp = countBoth(a.positive, b.positive);
  const pn = countBoth(a.positive, b.negative);
  const np = countBoth(a.negative, b.positive);
  const nn = countBoth(a.negative, b.negative);
  const nImages = pp + pn + np + nn;
  const scale = Math.sqrt((pp + pn) * (np + nn) * ((pp + np) * (pn + nn)));
  if (scale === 0) return { phi: null, nImages };
  return { phi: Math.min(1, Math.max(-1, (pp * nn - pn * np) / scale)), nImages };
}

/** Mean of −1 and 1 over the images of each person where the attribute is known; NaN where it never is. */
function meansOfPeople(values: Int8Array, identities: Int32Array): Float64Array {
  let largest = -1;
  for (const identity of identities) if (identity > largest) largest = identity;
  const sums = new Float64Array(largest + 1);
  const counts = new Float64Array(largest + 1);
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 0) continue;
    sums[identities[row]!]! += values[row]!;
    counts[identities[row]!]!++;
  }
  return sums.map((sum, identity) => sum / counts[identity]!);
}

function correlation(a: Float64Array, b: Float64Array): number | null {
  const isKnown = (_: number, person: number) => !Number.isNaN(a[person]!) && !Number.isNaN(b[person]!);
  return pearson(a.filter(isKnown), b.filter(isKnown));
}
