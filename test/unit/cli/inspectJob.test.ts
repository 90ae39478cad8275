import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jobOf } from '../../../src/cli/jobs.ts';
import { parseCommandLine } from '../../../src/cli/parseCommandLine.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-cli-'));
after(() => rmSync(folder, { recursive: true }));

async function jobFor(...args: string[]) {
  const line = parseCommandLine(args);
  assert.ok(line.kind === 'run');
  return jobOf(line, folder);
}

test('`inspect` takes a model relative to the current folder, and a provider', async () => {
  assert.deepEqual(await jobFor('inspect', 'nets/a.onnx', '--provider', 'cpu'), {
    kind: 'inspect',
    model: { path: join(folder, 'nets', 'a.onnx') },
    provider: 'cpu',
  });
});

test('what the settings say about that model holds for its inspection too', async () => {
  const settings = join(folder, 'settings.json');
  mkdirSync(join(folder, 'nets'), { recursive: true });
  writeFileSync(
    settings,
    JSON.stringify({
      'attributeLens.models': ['nets/a.onnx', { path: 'nets/b.onnx', channels: 'BGR', flip: true }],
    }),
  );
  const job = await jobFor('inspect', 'nets/b.onnx', '--settings', settings);
  assert.ok(job.kind === 'inspect');
  assert.deepEqual(job.model, { path: join(folder, 'nets', 'b.onnx'), channels: 'BGR', flip: true });
});

test('`inspect` without a model is wrong usage', () => {
  assert.throws(() => parseCommandLine(['inspect']), { message: 'inspect needs MODEL.' });
});
