import {
  nullPopulations,
  type NullPopulation,
  nullSample,
  samePeopleSample,
} from '../support/nullPopulations.ts';
import type { MacroscaleInput } from '../../src/analyses/macroscaleOutcome.ts';
import { countRejections } from '../support/rejections.ts';

/**
 * How often p-values reject a true null at 0.05, 100 identities a side: in each population 1,000 samples, or as many
 * as the argument says, each with 999 permutations. The permutation p must reject in 3 to 7 % of them.
 */
const repetitions = Number(process.argv[2] ?? 1000);
const permutations = 999;
const level = 0.05;
const nPerSide = 100;
const [least, most] = [0.03, 0.07];

const verdicts: boolean[] = [];
console.log(
  `calibrationStudy: share of ${repetitions} samples with p ≤ ${level}, ${permutations} permutations`,
);
for (const population of Object.keys(nullPopulations) as NullPopulation[]) {
  verdicts.push(
    await judge(population, (repetition) => nullSample(population, repetition, nPerSide), 'exclude'),
  );
}
for (const sameIdentity of ['exclude', 'include'] as const) {
  const sample = (repetition: number) => samePeopleSample(repetition, nPerSide);
  verdicts.push(await judge(`same people on both sides, ${sameIdentity}`, sample, sameIdentity));
}
process.exitCode = verdicts.every((held) => held) ? 0 : 1;

async function judge(
  name: string,
  sample: (repetition: number) => MacroscaleInput,
  sameIdentity: 'exclude' | 'include',
): Promise<boolean> {
  const start = performance.now();
  const counts = await countRejections(sample, repetitions, { permutations, sameIdentity }, level);
  const share = (count: number): string => (count / repetitions).toFixed(3);
  const held = [counts.permutation, counts.permutationNegative, counts.energy].every(
    (count) => count / repetitions >= least && count / repetitions <= most,
  );
  console.log(
    `${name}: permutation ${share(counts.permutation)} and ${share(counts.permutationNegative)}, energy ${share(counts.energy)}, naive ${share(counts.naive)} (${((performance.now() - start) / 1000).toFixed(0)} s)${held ? '' : ' — outside 0.03..0.07'}`,
  );
  return held;
}
