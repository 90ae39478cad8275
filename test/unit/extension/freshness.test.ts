import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { KnownFreshness } from '../../../src/extension/freshness.ts';

test('freshness is known until the report is written anew, or for as long as it is asked for', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'a.attrlens.json');
  let now = 0;
  const known = new KnownFreshness(() => now);
  const told: string[] = [];
  const stop = known.onChange((changed) => told.push(changed));
  const stale = { state: 'stale', changes: ['1 image was added.'] } as const;

  await known.remember(file, stale);
  assert.equal(await known.of(file), undefined, 'There is no such file.');

  await writeFile(file, '{}');
  await known.remember(file, stale);
  stop();
  assert.deepEqual(await known.of(file), stale);
  now = 1_001;
  assert.equal(await known.of(file, 1_000), undefined);
  assert.deepEqual(await known.of(file), stale);
  await utimes(file, 1, 1);
  assert.equal(await known.of(file), undefined);
  await known.remember(file, stale);
  assert.deepEqual(told, [file]);
});
