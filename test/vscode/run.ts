import { appendFileSync } from 'node:fs';
import { runRegistered } from './harness.ts';

/** What VS Code calls in the extension host; a rejection becomes exit code 1. */
export async function run(): Promise<void> {
  const file = process.env['ATTRIBUTE_LENS_TEST_RESULTS'];
  if (file === undefined) throw new Error('ATTRIBUTE_LENS_TEST_RESULTS names no file.');
  let failed = 0;
  await runRegistered((outcome) => {
    if (outcome.failure !== null) failed++;
    appendFileSync(file, `${JSON.stringify(outcome)}\n`);
  });
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}
