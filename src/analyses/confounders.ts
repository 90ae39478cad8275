import type { AttributeColumn } from '../domain/attributeColumn.ts';
import { sharedSources } from '../domain/attributeSources.ts';
import type { Condition } from './conditional.ts';

interface Association {
  readonly kind: 'attribute' | 'column';
  readonly a: string;
  readonly b: string;
  readonly phi: number | null;
  readonly phiOfPeople: number | null;
}

/**
 * For each attribute the `most` others that go most closely with it, by the correlation of people's means, or of
 * images where nobody is known. Values of one column, and a combination and its parts, go together by definition
 * and are no confounders of each other.
 */
export function likelyConfounders(
  attributes: readonly AttributeColumn[],
  associations: readonly Association[],
  most: number,
): Condition[] {
  const related = sharedSources(attributes);
  const strength = ({ phi, phiOfPeople }: Association): number => Math.abs(phiOfPeople ?? phi ?? 0);
  const own = associations.filter(({ kind, a, b }) => kind === 'attribute' && !related(a, b));
  return attributes.flatMap(({ name }) =>
    own
      .filter((one) => (one.a === name || one.b === name) && strength(one) > 0)
      .sort((x, y) => strength(y) - strength(x))
      .slice(0, most)
      .map(({ a, b }) => ({ attribute: name, given: a === name ? b : a })),
  );
}
