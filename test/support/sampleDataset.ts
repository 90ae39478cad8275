import type { SeededRandom } from '../../src/numerics/random.ts';
import type {
  Association,
  AttributeResult,
  DiscriminativeResult,
  People,
} from '../../src/protocol/report.ts';

/** How strongly attributes go with being a man, and with age, where the sample's pictures should look plausible. */
const loadings = new Map<string, readonly [male: number, age: number]>(
  Object.entries({
    Male: [0.97, 0.1],
    Heavy_Makeup: [-0.78, -0.2],
    Wearing_Lipstick: [-0.86, -0.1],
    Wearing_Earrings: [-0.42, 0],
    Wearing_Necktie: [0.35, 0.15],
    No_Beard: [-0.55, 0.05],
    Goatee: [0.32, -0.05],
    Mustache: [0.26, 0.05],
    Sideburns: [0.3, 0],
    '5_o_Clock_Shadow': [0.42, -0.1],
    Arched_Eyebrows: [-0.42, -0.1],
    Attractive: [-0.4, -0.45],
    Young: [-0.3, -0.85],
    Gray_Hair: [0.2, 0.6],
    Bald: [0.2, 0.3],
    Double_Chin: [0.2, 0.4],
    Bags_Under_Eyes: [0.25, 0.3],
    Rosy_Cheeks: [-0.25, -0.1],
    Wavy_Hair: [-0.35, -0.1],
    Blond_Hair: [-0.3, -0.05],
  }),
);

/** Every pair of attributes: correlations of a few common causes, so that all of them are possible together. */
export function sampleAssociations(counts: readonly AttributeResult[], random: SeededRandom): Association[] {
  const causes = counts.map(({ attribute }) => {
    const [male, age] = loadings.get(attribute) ?? [0.15 * random.nextNormal(), 0.15 * random.nextNormal()];
    return [clip(male), clip(age), 0.2 * (random.nextFloat() - 0.5)];
  });
  return counts.flatMap((a, i) =>
    counts.slice(i + 1).map((b, offset) => {
      const other = causes[i + 1 + offset]!;
      const phi = Math.max(
        -1,
        Math.min(
          1,
          causes[i]!.reduce((sum, x, k) => sum + x * other[k]!, 0),
        ),
      );
      return {
        kind: 'attribute' as const,
        a: a.attribute,
        b: b.attribute,
        nImages: Math.min(a.nPositive + a.nNegative, b.nPositive + b.nNegative),
        phi,
        cramersV: Math.abs(phi),
        phiOfPeople: Math.max(-1, Math.min(1, 1.1 * phi)),
      };
    }),
  );
}

function clip(x: number): number {
  return Math.max(-0.98, Math.min(0.98, x));
}

/** As many people and images as are asked for, most people with about thirty. */
export function samplePeople(nIdentities: number, nImages: number): People {
  const smallest = 20;
  const counts = new Array<number>(16).fill(0);
  const shape = counts.map((_, i) => Math.exp(-(((i - 8.3) / 4) ** 2)));
  const total = shape.reduce((sum, x) => sum + x, 0);
  shape.forEach((x, i) => {
    counts[i] = Math.floor((nIdentities * x) / total);
  });
  counts[8]! += nIdentities - counts.reduce((sum, n) => sum + n, 0);
  let missing = nImages - counts.reduce((sum, n, i) => sum + n * (smallest + i), 0);
  for (let i = 4; missing !== 0; i = i < 12 ? i + 1 : 4) {
    const [from, to] = missing > 0 ? [i, i + 1] : [i + 1, i];
    if (counts[from]! < 2) continue;
    counts[from]! -= 1;
    counts[to]! += 1;
    missing -= Math.sign(missing);
  }
  const histogram = counts.map((n, i) => ({ nImages: smallest + i, nIdentities: n }));
  let cumulated = 0;
  const median = histogram.find(({ nIdentities: n }) => (cumulated += n) >= nIdentities / 2)!.nImages;
  return {
    nIdentities,
    imagesPerIdentity: { min: smallest, median, mean: nImages / nIdentities, max: smallest + 15 },
    histogram,
  };
}

export function sampleDiscriminative(
  model: string,
  counts: readonly AttributeResult[],
  random: SeededRandom,
  seed: number,
): DiscriminativeResult {
  const maxImages = 20_000;
  return {
    model,
    inputs: 'unitNorm',
    nFolds: 5,
    c: 1,
    maxImages,
    seed,
    rows: counts.map(({ attribute, nPositive, nNegative }) => {
      const known = nPositive + nNegative;
      const nImages = Math.min(maxImages, known);
      const positives = Math.round((nImages * nPositive) / known);
      const majority = Math.max(positives, nImages - positives) / nImages;
      const honest = attribute === 'Male' ? 0.93 : 0.52 + 0.3 * random.nextFloat() ** 2;
      const leakage = 0.01 + 0.05 * random.nextFloat();
      return {
        attribute,
        nImages,
        nIdentities: 2_360,
        nPositive: positives,
        majority,
        stratified: scheme(honest + leakage, majority, random),
        byIdentity: scheme(honest, majority, random),
        leakage,
      };
    }),
  };
}

function scheme(balancedAccuracy: number, majority: number, random: SeededRandom) {
  return {
    accuracy: Math.max(balancedAccuracy, majority * (0.97 + 0.03 * random.nextFloat())),
    balancedAccuracy,
    auc: Math.min(0.999, balancedAccuracy + 0.06 * (1 - balancedAccuracy)),
    sd: 0.004 + 0.01 * random.nextFloat(),
  };
}
