import type { MacroscaleInput, MacroscaleOptions } from '../../src/analyses/macroscaleOutcome.ts';
import { run } from './runMacroscale.ts';

/** Of how many samples of a population each p is at most `level`. */
export interface Rejections {
  readonly permutation: number;
  readonly permutationNegative: number;
  readonly energy: number;
  readonly naive: number;
}

/** The analysis of as many samples; of none of them the attribute tells anything. */
export async function countRejections(
  sample: (repetition: number) => MacroscaleInput,
  repetitions: number,
  options: Partial<MacroscaleOptions>,
  level = 0.05,
): Promise<Rejections> {
  const counts = { permutation: 0, permutationNegative: 0, energy: 0, naive: 0 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const { rows, attributes } = await run(sample(repetition), { ...options, seed: repetition });
    const [positive, negative] = rows;
    if (positive!.pPermutation! <= level) counts.permutation++;
    if (negative!.pPermutation! <= level) counts.permutationNegative++;
    if (attributes[0]!.pEnergy! <= level) counts.energy++;
    if (positive!.pNaive <= level) counts.naive++;
  }
  return counts;
}
