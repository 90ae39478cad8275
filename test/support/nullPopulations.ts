import type { MacroscaleInput } from '../../src/analyses/macroscaleOutcome.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { column } from './runMacroscale.ts';

const dim = 64;

/**
 * People of whom an attribute tells nothing, one embedding each, by how unequal they are. A p-value holds its level
 * only if it does so in all of them; one that takes pairs for independent fails where people differ in how far they
 * are from everybody else.
 */
export const nullPopulations = {
  isotropic: normals,
  'two balanced clusters': (random) => moved(normals(random), 0.5 * (random.nextInt(2) === 0 ? 1 : -1)),
  'common mean': (random) => moved(normals(random), 0.5),
  hubness: (random) => moved(normals(random), 0.5 * Math.exp(0.6 * random.nextNormal())),
  'clusters of 80 and 20 %': (random) => moved(normals(random), random.nextInt(5) === 0 ? -0.5 : 0.5),
  'quality collapse': (random) => {
    const quality = random.nextFloat();
    return moved(
      normals(random).map((x) => quality * x),
      1 - quality,
    );
  },
} as const satisfies Record<string, (random: SeededRandom) => Float64Array>;

export type NullPopulation = keyof typeof nullPopulations;

/** All but that in which everybody is alike: the naive p-value rejects too often at 100 identities a side. */
export const naiveFailsIn: readonly NullPopulation[] = [
  'two balanced clusters',
  'common mean',
  'hubness',
  'clusters of 80 and 20 %',
  'quality collapse',
];

/** Another sample of the population for each repetition, `nPerSide` identities of either modality at random. */
export function nullSample(
  population: NullPopulation,
  repetition: number,
  nPerSide: number,
): MacroscaleInput {
  const random = new SeededRandom(repetition).fork(population);
  const rows = 2 * nPerSide;
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) data.set(nullPopulations[population](random), row * dim);
  return {
    embeddings: { rows, dim, data },
    identities: Int32Array.from({ length: rows }, (_, row) => row),
    // Rows are drawn alike, so any half of them is a random half.
    attributes: [column('none', new Int8Array(rows).fill(1, 0, nPerSide).fill(-1, nPerSide))],
    images: Array.from({ length: rows }, (_, row) => `image${row}`),
  };
}

/**
 * `nPerSide` people with two photos each, either of which is the positive one: nothing but chance tells which. The
 * cross distances include a photo's nearest neighbour, the person's other one.
 */
export function samePeopleSample(repetition: number, nPerSide: number): MacroscaleInput {
  const random = new SeededRandom(repetition).fork('same people');
  const rows = 2 * nPerSide;
  const data = new Float32Array(rows * dim);
  for (let person = 0; person < nPerSide; person++) {
    const face = nullPopulations.hubness(random);
    for (const row of [person, nPerSide + person]) {
      data.set(
        face.map((value) => value + random.nextNormal() / 2),
        row * dim,
      );
    }
  }
  return {
    embeddings: { rows, dim, data },
    identities: Int32Array.from({ length: rows }, (_, row) => row % nPerSide),
    attributes: [column('none', new Int8Array(rows).fill(1, 0, nPerSide).fill(-1, nPerSide))],
    images: Array.from({ length: rows }, (_, row) => `image${row}`),
  };
}

function normals(random: SeededRandom): Float64Array {
  return Float64Array.from({ length: dim }, () => random.nextNormal());
}

function moved(x: Float64Array, by: number): Float64Array {
  return x.map((value) => value + by);
}
