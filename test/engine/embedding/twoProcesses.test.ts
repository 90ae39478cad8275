import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { openStore, row, temporaryFolder } from '../../unit/embedding/storeSamples.ts';

async function holdStore(folder: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'holdStore.ts'), [folder]);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => assert.fail('The other process ended.')),
  ]);
  return child;
}

test('a store that another process holds is busy, and free again when that process closes it', async (t) => {
  const folder = temporaryFolder(t);
  const child = await holdStore(folder);
  const exited = once(child, 'exit');
  await assert.rejects(
    openStore(t, folder),
    (error) => isAppError(error, 'storeBusy') && error.data['pid'] === child.pid,
  );
  child.send('close');
  await exited;
  const { store, log } = await openStore(t, folder);
  assert.equal(store.state(row(1).key), 'usable');
  assert.deepEqual(log, []);
});

test('the store of a process that was killed is taken over, with every row it had appended', async (t) => {
  const folder = temporaryFolder(t);
  const child = await holdStore(folder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { store, log } = await openStore(t, folder);
  assert.equal(store.state(row(1).key), 'usable');
  assert.match(log.join(), new RegExp(`Took over .*process ${child.pid}`));
});
