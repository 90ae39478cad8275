import type { Projection } from '../../src/protocol/projectionSchema.ts';
import { newcombeInterval } from '../../src/numerics/newcombe.ts';
import { countedShare } from '../../src/numerics/countedShare.ts';
import type { ClusteredShare } from '../../src/numerics/pairClusters.ts';

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
 * Counts of each person's images are all that this asks for: those of the selection are gathered, those of the rest
 * are what is missing from all, which are gathered once for a projection. So a lasso costs its own points only.
 *
 * @param selected numbers of points.
 */
export function profileOf(projection: Projection, selected: Int32Array): readonly ProfileRow[] {
  while (prepareProfile(projection));
  const { person, nPeople, attributes } = talliesOf(projection);
  const inside = emptyTally(nPeople);
  const outside = emptyTally(nPeople);
  const rows = attributes.map(({ name, outcomes, all }): ProfileRow => {
    gather(inside, outcomes, person, selected);
    for (let i = 0; i < nPeople; i++) {
      outside.positive[i] = all.positive[i]! - inside.positive[i]!;
      outside.known[i] = all.known[i]! - inside.known[i]!;
    }
    return rowOf(
      name,
      countedShare(inside.positive, inside.known),
      countedShare(outside.positive, outside.known),
    );
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

/** Of each person, how many images an attribute is known of, and how many have it. */
interface Tally {
  readonly positive: Int32Array;
  readonly known: Int32Array;
}

interface AttributeTally {
  readonly name: string;
  /** Of each point: 1, 0, or −1 where it is not known. */
  readonly outcomes: Int8Array;
  readonly all: Tally;
}

interface Tallies {
  /** Of each point. */
  readonly person: Int32Array;
  readonly nPeople: number;
  /** As far as they were gathered, in the projection's order. */
  readonly attributes: AttributeTally[];
}

/**
 * Gathers what profiles ask for of one more attribute, a millisecond or so of work for 50,000 points: done while nobody
 * waits, it is there when a lasso ends. @returns whether there are further ones.
 */
export function prepareProfile(projection: Projection): boolean {
  const tallies = talliesOf(projection);
  const attribute = projection.attributes[tallies.attributes.length];
  if (attribute) tallies.attributes.push(tallyOf(attribute, tallies));
  return tallies.attributes.length < projection.attributes.length;
}

function talliesOf(projection: Projection): Tallies {
  const { identities, identityNames } = projection.points;
  const tallies = made.get(projection) ?? {
    person: Int32Array.from(identities),
    nPeople: identityNames.length,
    attributes: [],
  };
  made.set(projection, tallies);
  return tallies;
}

const made = new WeakMap<Projection, Tallies>();

function tallyOf(
  { name, codes }: Projection['attributes'][number],
  { person, nPeople }: Tallies,
): AttributeTally {
  const outcomes = new Int8Array(person.length);
  for (let i = 0; i < outcomes.length; i++) outcomes[i] = outcomeOf(codes.charCodeAt(i));
  const all = emptyTally(nPeople);
  gather(all, outcomes, person, Int32Array.from(person.keys()));
  return { name, outcomes, all };
}

function emptyTally(nPeople: number): Tally {
  return { positive: new Int32Array(nPeople), known: new Int32Array(nPeople) };
}

function gather(
  { positive, known }: Tally,
  outcomes: Int8Array,
  person: Int32Array,
  points: Int32Array,
): void {
  positive.fill(0);
  known.fill(0);
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!;
    const outcome = outcomes[point]!;
    if (outcome < 0) continue;
    positive[person[point]!]! += outcome;
    known[person[point]!]!++;
  }
}

const [plus, minus] = ['+', '-'].map((code) => code.charCodeAt(0)) as [number, number];

function outcomeOf(code: number): -1 | 0 | 1 {
  if (code === plus) return 1;
  return code === minus ? 0 : -1;
}

export function nPeopleOf({ points: { identities } }: Projection, selected: Int32Array): number {
  const people = new Set<number>();
  for (const point of selected) people.add(identities[point]!);
  return people.size;
}
