import type { ExhaustiveOptions } from '../../src/analyses/exhaustive.ts';
import type { MacroscaleInput } from '../../src/analyses/macroscaleOutcome.ts';
import { SeededRandom } from '../../src/numerics/random.ts';

export const defaults: ExhaustiveOptions = {
  metric: 'cosine',
  points: 'everyImage',
  selection: 'first',
  seed: 1,
  sameIdentity: 'exclude',
  refinementPasses: 0,
};

export function inputOf(
  vectors: readonly (readonly number[])[],
  identities: readonly number[],
  attributes: Readonly<Record<string, readonly number[]>>,
): MacroscaleInput {
  return {
    embeddings: { rows: vectors.length, dim: vectors[0]!.length, data: Float32Array.from(vectors.flat()) },
    identities: Int32Array.from(identities),
    attributes: Object.entries(attributes).map(([name, values]) => ({
      name,
      values: Int8Array.from(values),
      rule: { kind: 'binary' },
    })),
    images: vectors.map((_, row) => `image${row}`),
  };
}

/** Some images of each of `nPeople`, in rows of no order; B has unknown labels, people are alike. */
export function crowd(nPeople: number, seed = 3): MacroscaleInput {
  const random = new SeededRandom(seed);
  const dim = 6;
  const vectors: number[][] = [];
  const identities: number[] = [];
  const labels: { a: number[]; b: number[] } = { a: [], b: [] };
  for (let person = 0; person < nPeople; person++) {
    const centre = Array.from({ length: dim }, () => random.nextNormal());
    for (let image = 0; image < 1 + random.nextInt(4); image++) {
      const a = random.nextInt(2) * 2 - 1;
      vectors.push(centre.map((x, t) => x + 0.4 * random.nextNormal() + (t === 0 ? a + 2 : 0)));
      identities.push((person * 7) % nPeople);
      labels.a.push(a);
      labels.b.push(random.nextInt(3) - 1);
    }
  }
  const order = Int32Array.from(vectors.keys());
  random.shuffle(order);
  const shuffled = <T>(xs: readonly T[]): T[] => Array.from(order, (row) => xs[row]!);
  return inputOf(shuffled(vectors), shuffled(identities), { A: shuffled(labels.a), B: shuffled(labels.b) });
}
