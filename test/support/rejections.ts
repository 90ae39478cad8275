import { type NullPopulation, nullSample } from './nullPopulations.ts';
import { run } from './runMacroscale.ts';

/** Of how many samples of a population each p is at most `level`. */
export interface Rejections {
  readonly permutation: number;
  readonly permutationNegative: number;
  readonly energy: number;
  readonly naive: number;
}

/** The analysis of `repetitions` samples of 100 identities a side, of which the attribute tells nothing. */
export async function countRejections(
  population: NullPopulation,
  repetitions: number,
  permutations: number,
  level = 0.05,
): Promise<Rejections> {
  const counts = { permutation: 0, permutationNegative: 0, energy: 0, naive: 0 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const { rows, attributes } = await run(nullSample(population, repetition, 100), { permutations });
    const [positive, negative] = rows;
    if (positive!.pPermutation! <= level) counts.permutation++;
    if (negative!.pPermutation! <= level) counts.permutationNegative++;
    if (attributes[0]!.pEnergy! <= level) counts.energy++;
    if (positive!.pNaive <= level) counts.naive++;
  }
  return counts;
}
