/**
 * Runs every benchmark, one process after another. Each prints its figures as ratios against a baseline in the
 * same run, and ends with 1 where it misses a bound. `npm run bench -- ks` runs those whose name holds «ks».
 * Ends with one table, beside the last run of the same machine, and keeps the run in `artifacts/bench`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, hostname, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchFigure, figuresTable, figuresVariable } from './figures.ts';

interface BenchRun {
  readonly machine: string;
  readonly finished: string;
  readonly node: string;
  readonly load: number;
  readonly figures: readonly BenchFigure[];
}

const kept = 'artifacts/bench';
const machine = `${hostname()}, ${cpus()[0]?.model ?? 'unknown'} × ${availableParallelism()}`;
const wanted = process.argv[2] ?? '';
const benches = readdirSync(import.meta.dirname).filter(
  (name) => name.endsWith('Bench.ts') && name.includes(wanted),
);
if (benches.length === 0) {
  console.error(`No benchmark holds «${wanted}».`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-figures-'));
const file = join(folder, 'figures.jsonl');
writeFileSync(file, '');
const failed: string[] = [];
for (const name of benches.sort()) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name)], {
    stdio: 'inherit',
    env: { ...process.env, [figuresVariable]: file },
  });
  if (status !== 0) failed.push(name);
}
const figures = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as BenchFigure);
rmSync(folder, { recursive: true });
const before = lastRun();
console.log(`\n${machine}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`);
if (before) console.log(`before: ${before.finished}, Node ${before.node}, load ${before.load.toFixed(1)}`);
console.log(figuresTable(figures, before?.figures ?? []));
keep();
if (failed.length > 0) console.log(`\nBound missed, or failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Of this machine; of each figure the newest, since a run may be of some benchmarks only. */
function lastRun(): BenchRun | null {
  const runs = storedRuns().filter((run) => run.machine === machine);
  const last = runs.at(-1);
  if (last === undefined) return null;
  const newest = new Map(
    runs.flatMap((run) => run.figures.map((one) => [`${one.bench}\n${one.name}`, one] as const)),
  );
  return { ...last, figures: [...newest.values()] };
}

function storedRuns(): BenchRun[] {
  mkdirSync(kept, { recursive: true });
  const names = readdirSync(kept).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => JSON.parse(readFileSync(join(kept, name), 'utf8')) as BenchRun);
}

function keep(): void {
  const finished = new Date().toISOString();
  const run: BenchRun = { machine, finished, node: process.version, load: loadavg()[0]!, figures };
  writeFileSync(join(kept, `${finished.replaceAll(':', '-')}.json`), `${JSON.stringify(run, null, 2)}\n`);
}
