import { type CurveTable, CurveBuilder } from '../domain/curveTable.ts';
import type { Identities } from '../domain/datasetTable.ts';
import {
  type LatticeAttribute,
  latticeAxes,
  type LatticePoint,
  stencilOf,
} from '../domain/latticeAttribute.ts';
import { SeededRandom } from '../numerics/random.ts';
import { augmentedKey, type AugmentedRef } from './augmentFaces.ts';
import type { FramedRef } from './cropFaces.ts';

export interface LatticeOptions {
  readonly attributes: readonly LatticeAttribute[];
  /** In each attribute's unit; those not named have the default step. */
  readonly steps: Readonly<Partial<Record<LatticeAttribute, number>>>;
  readonly pointsPerIdentity: number;
  readonly maxIdentities: number;
  readonly seed: number;
}

/** What the model has to see, and how that makes curves; point i of the curves is `refs[i]`. */
export interface LatticePlan {
  readonly refs: readonly AugmentedRef[];
  readonly curves: CurveTable;
  /** The images that the lattice is made of, ascending: positions in what it was made from. */
  readonly images: Int32Array;
}

/**
 * A lattice of each identity's own images: `pointsPerIdentity` points, its images taken in turn in an order by
 * seed, each with a random value of every attribute; around each point a stencil along every attribute, the
 * others kept (section 5 of the paper, without a generator). Identities with the most images come first.
 *
 * The draw of an identity depends on the seed, its name and its images alone. `identities.index` has an entry for
 * each of `refs`.
 */
export function planLattice(
  refs: readonly FramedRef[],
  identities: Pick<Identities, 'index' | 'names'>,
  options: LatticeOptions,
): LatticePlan {
  const { attributes } = options;
  const builder = new CurveBuilder(
    attributes,
    attributes.map((attribute) => stepNames(attribute, stepOf(attribute, options))),
  );
  const planned: AugmentedRef[] = [];
  const images = new Set<number>();
  let basePoint = 0;
  for (const { name, members } of largestIdentities(identities, options.maxIdentities)) {
    builder.startIdentity(name, planned.length);
    const points = new PointNumbers(planned);
    for (const { member, point, noiseSeed } of drawPoints(members.length, name, options)) {
      const ref = refs[members[member]!]!;
      images.add(members[member]!);
      attributes.forEach((attribute, a) => {
        const stencil = stencilOf(point, attribute, stepOf(attribute, options));
        builder.add(
          a,
          basePoint,
          stencil.map((place) => points.numberOf(ref, place, noiseSeed)),
        );
      });
      basePoint++;
    }
  }
  return {
    refs: planned,
    curves: builder.build(planned.length, 0),
    images: Int32Array.from(images).sort(),
  };
}

export function stepOf(attribute: LatticeAttribute, { steps }: Pick<LatticeOptions, 'steps'>): number {
  return steps[attribute] ?? latticeAxes[attribute].step;
}

function stepNames(attribute: LatticeAttribute, step: number): string[] {
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value)}`;
  return latticeAxes[attribute].oneSided
    ? ['0', signed(step), signed(2 * step)]
    : [signed(-step), '0', signed(step)];
}

interface Group {
  readonly name: string;
  /** Positions in `refs`. */
  readonly members: readonly number[];
}

function largestIdentities(
  { index, names }: Pick<Identities, 'index' | 'names'>,
  maxIdentities: number,
): Group[] {
  const groups = new Map<number, number[]>();
  index.forEach((identity, i) => {
    const members = groups.get(identity);
    if (members) members.push(i);
    else groups.set(identity, [i]);
  });
  return [...groups]
    .map(([identity, members]) => ({ name: names[identity]!, members }))
    .sort((a, b) => b.members.length - a.members.length)
    .slice(0, maxIdentities);
}

interface DrawnPoint {
  /** Position among the identity's images. */
  readonly member: number;
  readonly point: LatticePoint;
  readonly noiseSeed: number;
}

/** All points of one image one after another, so that it is decoded once. */
function drawPoints(
  nImages: number,
  name: string,
  { attributes, pointsPerIdentity, seed }: LatticeOptions,
): DrawnPoint[] {
  const stream = new SeededRandom(seed).fork('lattice').fork(name);
  const order = Int32Array.from({ length: nImages }, (_, i) => i);
  stream.fork('images').shuffle(order);
  const noise = stream.fork('noise');
  const values = attributes.map((attribute) => ({
    attribute,
    axis: latticeAxes[attribute],
    stream: stream.fork(attribute),
  }));
  return Array.from({ length: pointsPerIdentity }, (_, i) => ({
    member: order[i % nImages]!,
    noiseSeed: noise.nextUint32(),
    point: Object.fromEntries(
      values.map(({ attribute, axis, stream: draw }) => {
        const share = draw.nextFloat();
        return [attribute, axis.range * (axis.oneSided ? share : 2 * share - 1)];
      }),
    ),
  })).sort((a, b) => a.member - b.member);
}

/** Numbers of an identity's points: the base points that stencils share are seen once. */
class PointNumbers {
  readonly #planned: AugmentedRef[];
  readonly #numbers = new Map<string, number>();

  constructor(planned: AugmentedRef[]) {
    this.#planned = planned;
  }

  numberOf(ref: FramedRef, point: LatticePoint, noiseSeed: number): number {
    const key = augmentedKey(ref.key, point, noiseSeed);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#planned.length;
    this.#planned.push({ ...ref, key, point, noiseSeed });
    this.#numbers.set(key, number);
    return number;
  }
}
