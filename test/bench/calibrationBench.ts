import { nullPopulations, type NullPopulation } from '../support/nullPopulations.ts';
import { countRejections } from '../support/rejections.ts';

/**
 * How often p-values reject a true null at 0.05, 100 identities a side: in each population 1,000 samples, or as many
 * as the argument says, each with 999 permutations. The permutation p must reject in 3 to 7 % of them.
 */
const repetitions = Number(process.argv[2] ?? 1000);
const permutations = 999;
const level = 0.05;
const [least, most] = [0.03, 0.07];

let failed = false;
console.log(
  `calibrationBench: share of ${repetitions} samples with p ≤ ${level}, ${permutations} permutations`,
);
for (const population of Object.keys(nullPopulations) as NullPopulation[]) {
  const start = performance.now();
  const counts = await countRejections(population, repetitions, permutations, level);
  const share = (count: number): string => (count / repetitions).toFixed(3);
  const held = [counts.permutation, counts.permutationNegative, counts.energy].every(
    (count) => count / repetitions >= least && count / repetitions <= most,
  );
  if (!held) failed = true;
  console.log(
    `${population}: permutation ${share(counts.permutation)} and ${share(counts.permutationNegative)}, energy ${share(counts.energy)}, naive ${share(counts.naive)} (${((performance.now() - start) / 1000).toFixed(0)} s)${held ? '' : ' — outside 0.03..0.07'}`,
  );
}
process.exitCode = failed ? 1 : 0;
