import type { Projection } from '../../src/protocol/projectionSchema.ts';
import { newcombeInterval } from '../../src/numerics/newcombe.ts';
import { clusteredShare, type ClusteredShare, type PairClusters } from '../../src/numerics/pairClusters.ts';

/** How often an attribute is positive among the selected images, against all others. */
export interface ProfileRow {
  readonly attribute: string;
  /** `null`: known of no image there. `nPairs`: images. */
  readonly inside: ClusteredShare | null;
  readonly outside: ClusteredShare | null;
  /** Share inside less share outside, with its 95 % interval; `null` where one of them is not known. */
  readonly difference: number | null;
  readonly interval: readonly [lower: number, upper: number] | null;
}

/**
 * One row for each attribute, the largest difference first, those without one last.
 *
 * Each share is Wilson's at the number of images that would tell as much if no two were of one person
 * (`clusteredShare`, here of images within people); their difference is Newcombe's (`newcombeInterval`). Shares of
 * people who are on both sides go together, which the interval does not use: it is then wider than need be.
 *
 * @param selected numbers of points.
 */
export function profileOf(projection: Projection, selected: Int32Array): readonly ProfileRow[] {
  const { identities } = projection.points;
  const isSelected = new Uint8Array(identities.length);
  for (const point of selected) isSelected[point] = 1;
  const people = clustersOf(projection);
  const inside = new Int8Array(identities.length);
  const outside = new Int8Array(identities.length);
  const rows = projection.attributes.map(({ name, codes }): ProfileRow => {
    for (let i = 0; i < identities.length; i++) {
      const outcome = outcomeOf(codes.charCodeAt(i));
      inside[i] = isSelected[i] === 1 ? outcome : -1;
      outside[i] = isSelected[i] === 1 ? -1 : outcome;
    }
    return rowOf(name, clusteredShare(inside, people), clusteredShare(outside, people));
  });
  return rows.sort((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0) || rank(a) - rank(b));
}

function rank({ difference }: ProfileRow): number {
  return difference === null ? 1 : 0;
}

function rowOf(attribute: string, inside: ClusteredShare | null, outside: ClusteredShare | null): ProfileRow {
  const known = inside !== null && outside !== null;
  return {
    attribute,
    inside,
    outside,
    difference: known ? inside.share - outside.share : null,
    interval: known ? newcombeInterval(inside, outside) : null,
  };
}

const [plus, minus] = ['+', '-'].map((code) => code.charCodeAt(0)) as [number, number];

function outcomeOf(code: number): -1 | 0 | 1 {
  if (code === plus) return 1;
  return code === minus ? 0 : -1;
}

/** Every image lies within one person. */
function clustersOf({ points: { identities, identityNames } }: Projection): PairClusters {
  const person = Int32Array.from(identities);
  return { first: person, second: person, nClusters: identityNames.length, dyad: person, nDyads: 0 };
}

export function nPeopleOf({ points: { identities } }: Projection, selected: Int32Array): number {
  const people = new Set<number>();
  for (const point of selected) people.add(identities[point]!);
  return people.size;
}
