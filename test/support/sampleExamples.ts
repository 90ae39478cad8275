import type { SeededRandom } from '../../src/numerics/random.ts';
import type { ExtremePairs, FaceExamples, PairExample } from '../../src/protocol/exampleSchema.ts';
import type { MacroscaleResult } from '../../src/protocol/report.ts';

/** Faces of each attribute, and pairs within the drawn range of its distances. */
export function sampleExamples(
  macroscale: readonly MacroscaleResult[],
  random: SeededRandom,
): { readonly faces: FaceExamples[]; readonly extremes: ExtremePairs[] } {
  const image = () => `${String(1 + random.nextInt(202_599)).padStart(6, '0')}.jpg`;
  const images = (n: number) => Array.from({ length: n }, image);
  const pairs = (first: number, step: number): PairExample[] =>
    Array.from({ length: 6 }, (_, i) => ({ left: image(), right: image(), distance: first + i * step }));
  const faces = (macroscale[0]?.attributes ?? []).map(({ attribute }) => ({
    attribute,
    positive: images(12),
    negative: images(12),
  }));
  const extremes = macroscale.flatMap(({ model, distributions }) =>
    distributions.map(({ attribute, min, max }) => {
      const step = (max - min) / 200;
      return {
        model,
        attribute,
        closestCross: pairs(min, step),
        farthestPositive: pairs(max, -step),
        farthestNegative: pairs(max - step, -step),
      };
    }),
  );
  return { faces, extremes };
}
