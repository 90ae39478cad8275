import type { SeededRandom } from '../numerics/random.ts';

/** Points of two modalities: +1, −1, or 0 for those that take no part. */
export interface LabelledPoints {
  readonly labels: Int8Array;
  readonly identities: Int32Array;
  /** A number for each point, within whose group alone labels may move; `null`: all are one group. */
  readonly strata: Int32Array | null;
}

/** Which labels may change places with which. */
export interface PermutationDesign {
  readonly labels: Int8Array;
  /** Points of each identity that shows both modalities. */
  readonly mixed: readonly Int32Array[];
  /** Stratum by stratum, the points of each identity that shows one modality alone. */
  readonly pure: readonly (readonly Int32Array[])[];
}

/**
 * Identities are the units. One that shows both modalities shuffles them among its points: if, given the person,
 * the modality does not matter, its labels are exchangeable. One that shows a single modality changes it, with all
 * its points, for that of another such identity: if the modality does not matter, people are exchangeable. Both
 * kinds of moves leave the null distribution as it is, so the p-value (b + 1)/(m + 1) of Phipson and Smyth (2010)
 * is exact, whatever the dependence of the distances. An identity with points in several strata counts as one in
 * each.
 */
export function permutationDesign({ labels, identities, strata }: LabelledPoints): PermutationDesign {
  const byStratum = new Map<number, Map<number, number[]>>();
  for (let point = 0; point < labels.length; point++) {
    if (labels[point] === 0) continue;
    const stratum = strata === null ? 0 : strata[point]!;
    const people = byStratum.get(stratum) ?? new Map<number, number[]>();
    byStratum.set(stratum, people);
    const points = people.get(identities[point]!);
    if (points) points.push(point);
    else people.set(identities[point]!, [point]);
  }
  const mixed: Int32Array[] = [];
  const pure: Int32Array[][] = [];
  for (const people of byStratum.values()) {
    const own: Int32Array[] = [];
    for (const points of people.values()) {
      const isPure = points.every((point) => labels[point] === labels[points[0]!]);
      (isPure ? own : mixed).push(Int32Array.from(points));
    }
    pure.push(own);
  }
  return { labels, mixed, pure };
}

/** A permutation of the labels that the design allows, each equally likely. */
export function permuteLabels(design: PermutationDesign, random: SeededRandom): Int8Array {
  const permuted = design.labels.slice();
  for (const points of design.mixed) {
    const order = points.slice();
    random.shuffle(order);
    points.forEach((point, i) => (permuted[point] = design.labels[order[i]!]!));
  }
  for (const people of design.pure) {
    const order = Int32Array.from(people.keys());
    random.shuffle(order);
    people.forEach((points, i) => {
      const label = design.labels[people[order[i]!]![0]!]!;
      for (const point of points) permuted[point] = label;
    });
  }
  return permuted;
}
