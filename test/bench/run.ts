/**
 * Runs every benchmark, one process after another. Each prints its figures as ratios against a baseline in the
 * same run, and ends with 1 where it misses its bound. `npm run bench -- ks` runs those whose name holds «ks».
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const wanted = process.argv[2] ?? '';
const benches = readdirSync(folder).filter((name) => name.endsWith('Bench.ts') && name.includes(wanted));
if (benches.length === 0) {
  console.error(`No benchmark holds «${wanted}».`);
  process.exit(2);
}
let failed = 0;
for (const name of benches.sort()) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [join(folder, name)], { stdio: 'inherit' });
  if (status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
