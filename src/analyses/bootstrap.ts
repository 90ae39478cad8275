import type { SeededRandom } from '../numerics/random.ts';
import type { LabelledPoints } from './permutation.ts';

/**
 * Identities to be drawn with replacement: those of both modalities, of the positive and of the negative one apart,
 * so that no replicate loses a modality.
 */
export interface BootstrapDesign {
  readonly labels: Int8Array;
  readonly classes: readonly (readonly Int32Array[])[];
}

export function bootstrapDesign({
  labels,
  identities,
}: Pick<LabelledPoints, 'labels' | 'identities'>): BootstrapDesign {
  const people = new Map<number, number[]>();
  labels.forEach((label, point) => {
    if (label === 0) return;
    const points = people.get(identities[point]!);
    if (points) points.push(point);
    else people.set(identities[point]!, [point]);
  });
  const classes: Int32Array[][] = [[], [], []];
  for (const points of people.values()) {
    const hasPositive = points.some((point) => labels[point]! > 0);
    const hasNegative = points.some((point) => labels[point]! < 0);
    classes[hasPositive && hasNegative ? 0 : hasPositive ? 1 : 2]!.push(Int32Array.from(points));
  }
  return { labels, classes };
}

/** How often each point is drawn: as often as its identity; at most 255, which no draw comes near. */
export function drawMultiplicities({ labels, classes }: BootstrapDesign, random: SeededRandom): Uint8Array {
  const multiplicities = new Uint8Array(labels.length);
  for (const people of classes) {
    for (let draw = 0; draw < people.length; draw++) {
      for (const point of people[random.nextInt(people.length)]!) multiplicities[point]!++;
    }
  }
  return multiplicities;
}

/** Identities of the modality that has fewer. */
export function nPeoplePerSide({ classes: [mixed, positive, negative] }: BootstrapDesign): number {
  return mixed!.length + Math.min(positive!.length, negative!.length);
}
