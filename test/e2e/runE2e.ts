/**
 * Uses the product in a real VS Code as a person does: every `*.e2e.ts` of this folder, in order of their names.
 * Screenshots lie in artifacts/e2e. Ends with one line, `{"suite":"e2e","passed":n,"failed":m}`.
 */
import { readdir } from 'node:fs/promises';
import { type Scenario, Stage } from './stage.ts';

const names = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.e2e.ts')).sort();
const chosen = process.argv[2] ?? '';
let passed = 0;
let failed = 0;

const stage = await Stage.set();
try {
  for (const name of names.filter((one) => one.includes(chosen))) {
    const { scenarios } = (await import(`./${name}`)) as { scenarios: readonly Scenario[] };
    for (const scenario of scenarios) await play(scenario);
  }
} finally {
  await stage.strike();
}
if (passed + failed === 0) failed = 1;
process.exitCode = failed > 0 ? 1 : 0;
console.log(JSON.stringify({ suite: 'e2e', passed, failed }));

async function play({ name, play: body }: Scenario): Promise<void> {
  const start = performance.now();
  let failure: string | null = null;
  try {
    await body(stage);
    passed++;
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    failed++;
    await stage.screenshotAll(`failed-${failed}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${failure === null ? 'ok' : 'not ok'} - ${name} (${seconds} s)`);
  if (failure !== null) console.log(failure.replace(/^/gm, '    '));
  await stage.closeWindows();
}
