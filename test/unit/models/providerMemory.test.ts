import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openProviderMemory, providerMemoryFile } from '../../../src/models/providerMemory.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-memory-'));
const file = providerMemoryFile(join(folder, 'store'));
after(() => rmSync(folder, { recursive: true }));

test('speeds and sizes are found again for the same model and versions, and for no other', async () => {
  const memory = openProviderMemory(file, { model: 'a', runtime: '1' });
  assert.deepEqual([memory.speeds, memory.rows], [null, {}]);
  await memory.rememberSpeeds({ cpu: 20, cuda: 900 });
  await memory.rememberRows('cuda', 8);
  const again = openProviderMemory(file, { model: 'a', runtime: '1' });
  assert.deepEqual([again.speeds, again.rows], [{ cpu: 20, cuda: 900 }, { cuda: 8 }]);
  assert.equal(openProviderMemory(file, { model: 'a', runtime: '2' }).speeds, null);
});

test('a broken file is as if it were empty, and is written anew', async () => {
  for (const text of ['{', '[{"key": 1}]', '[{"key": "a", "speeds": {"toaster": 3}, "rows": {}}]', 'null']) {
    writeFileSync(file, text);
    const memory = openProviderMemory(file, { model: 'b' });
    assert.equal(memory.speeds, null);
    await memory.rememberSpeeds({ cpu: 1 });
    assert.deepEqual(openProviderMemory(file, { model: 'b' }).speeds, { cpu: 1 });
  }
});

test('the file does not grow without end', async () => {
  for (let i = 0; i < 210; i++) await openProviderMemory(file, { model: i }).rememberSpeeds({ cpu: 1 });
  assert.equal((JSON.parse(readFileSync(file, 'utf8')) as unknown[]).length, 200);
  assert.equal(openProviderMemory(file, { model: 0 }).speeds, null);
  assert.deepEqual(openProviderMemory(file, { model: 209 }).speeds, { cpu: 1 });
});

test('where nothing can be written, nothing is remembered and nothing fails', async () => {
  writeFileSync(join(folder, 'no-folder'), '');
  const memory = openProviderMemory(join(folder, 'no-folder', 'providers.json'), {});
  await memory.rememberSpeeds({ cpu: 1 });
});
