import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readSettingsFile } from '../../../src/cli/settingsFile.ts';
import { jobOf } from '../../../src/cli/jobs.ts';
import { parseCommandLine } from '../../../src/cli/parseCommandLine.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import type { Job } from '../../../src/protocol/jobs.ts';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  await mkdir(join(folder, '.vscode'));
});
after(() => rm(folder, { recursive: true }));

async function settingsAre(text: string): Promise<void> {
  await writeFile(join(folder, '.vscode', 'settings.json'), text);
}

async function job(...args: string[]): Promise<Job> {
  const line = parseCommandLine(args);
  assert.ok(line.kind === 'run');
  return jobOf(line, folder);
}

test('comments and trailing commas are understood, other settings passed over', async () => {
  await settingsAre('{ // faces\n "editor.fontSize": 12, "attributeLens.seed": 7, }');
  assert.deepEqual(await readSettingsFile(null, folder), { baseFolder: folder, values: { seed: 7 } });
});

test('without a settings file the defaults hold', async () => {
  assert.deepEqual(await readSettingsFile(null, join(folder, '.vscode')), {
    baseFolder: join(folder, '.vscode'),
    values: {},
  });
});

test('a misspelt setting, a broken file and a missing one are named', async () => {
  await settingsAre('{ "attributeLens.sed": 7 }');
  await assert.rejects(readSettingsFile(null, folder), {
    message: /«attributeLens\.sed», which does not exist/,
  });
  await settingsAre('{ "attributeLens.seed": }');
  await assert.rejects(readSettingsFile(null, folder), {
    message: /not valid JSON: ValueExpected at character 24/,
  });
  await assert.rejects(readSettingsFile(join(folder, 'none.json'), folder), {
    message: /none\.json cannot be read/,
  });
});

test('flags win over the file; paths in the file are relative to its workspace, those in flags to the current folder', async () => {
  await settingsAre(
    '{ "attributeLens.dataset": "faces", "attributeLens.models": ["m.onnx"], "attributeLens.seed": 7 }',
  );
  const file = join(folder, '.vscode', 'settings.json');
  const line = parseCommandLine(['analyze', '--settings', file, '--data', 'other', '--max-identities', '9']);
  assert.ok(line.kind === 'run');
  const analyze = await jobOf(line, join(folder, '.vscode'));
  assert.ok(analyze.kind === 'analyze');
  assert.equal(analyze.data, join(folder, '.vscode', 'other'));
  assert.deepEqual(analyze.models, [{ path: join(folder, 'm.onnx') }]);
  assert.equal(analyze.seed, 7);
  assert.equal(analyze.maxIdentities, 9);
});

test('models given as flags replace ready embeddings of the file', async () => {
  await settingsAre('{ "attributeLens.dataset": "faces", "attributeLens.embeddings": "e.npy" }');
  const fromFile = await job('analyze');
  assert.ok(fromFile.kind === 'analyze');
  assert.deepEqual(fromFile.embeddings, { file: join(folder, 'e.npy'), list: null });
  const fromFlag = await job('analyze', '--model', 'm.onnx');
  assert.ok(fromFlag.kind === 'analyze');
  assert.equal(fromFlag.embeddings, null);
  assert.deepEqual(fromFlag.models, [{ path: join(folder, 'm.onnx') }]);
});

test('a value that the setting does not allow is refused with the setting’s name', async () => {
  await settingsAre('{}');
  await assert.rejects(
    job('analyze', '--data', 'x', '--model', 'm', '--metric', 'manhattan'),
    (error) =>
      isAppError(error, 'settingInvalid') && error.message.includes('attributeLens.metric is "manhattan"'),
  );
  await assert.rejects(job('analyze', '--data', 'x'), /No model was named/);
  await assert.rejects(job('analyze', '--model', 'x'), /No data set was named/);
});
