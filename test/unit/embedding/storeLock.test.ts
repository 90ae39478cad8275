import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { acquireLock } from '../../../src/embedding/storeLock.ts';
import { openStore, temporaryFolder } from './storeSamples.ts';

const silent = (): void => undefined;

test('a store whose lock another process holds is refused, with the process and the file to delete', async (t) => {
  const folder = temporaryFolder(t);
  const { store } = await openStore(t, folder);
  store.close();
  const lock = join(store.folder, 'lock');
  writeFileSync(lock, JSON.stringify({ pid: process.ppid, host: hostname(), since: '' }));
  await assert.rejects(openStore(t, folder), (error) => {
    assert.ok(isAppError(error, 'storeBusy'));
    assert.match(error.message, new RegExp(`process ${process.ppid} on ${hostname()}`));
    assert.ok(error.message.includes(`delete ${lock}`));
    return true;
  });
  rmSync(lock);
  await openStore(t, folder);
});

test('the lock of a process that lives is respected', (t) => {
  const file = join(temporaryFolder(t), 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.ppid, host: hostname(), since: '' }));
  assert.throws(
    () => acquireLock(file, silent),
    (error) => isAppError(error, 'storeBusy'),
  );
});

test('the lock of a process that has ended is taken over, and the log says so', (t) => {
  const file = join(temporaryFolder(t), 'lock');
  const ended = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, JSON.stringify({ pid: ended.pid, host: hostname(), since: '' }));
  const log: string[] = [];
  const release = acquireLock(file, (level, message) => log.push(`${level}: ${message}`));
  assert.match(log.join(), new RegExp(`^warning: Took over .*process ${ended.pid}`));
  assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid, process.pid);
  release();
  assert.equal(existsSync(file), false);
});

test('a lock with our own process number that we do not hold is a leftover of an earlier process', (t) => {
  const file = join(temporaryFolder(t), 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname(), since: '' }));
  acquireLock(file, silent)();
});

test('the lock of another machine is respected: its processes cannot be seen from here', (t) => {
  const file = join(temporaryFolder(t), 'lock');
  writeFileSync(file, JSON.stringify({ pid: 1, host: 'elsewhere.example', since: '' }));
  assert.throws(
    () => acquireLock(file, silent),
    (error) => isAppError(error, 'storeBusy') && error.message.includes('elsewhere.example'),
  );
});

test('an empty lock belongs to a process that is writing it, unless it is old', (t) => {
  const file = join(temporaryFolder(t), 'lock');
  writeFileSync(file, '');
  assert.throws(
    () => acquireLock(file, silent),
    (error) => isAppError(error, 'storeBusy'),
  );
  utimesSync(file, 1, 1);
  acquireLock(file, silent)();
});

test('giving back does not remove a lock that somebody else took since', (t) => {
  const file = join(temporaryFolder(t), 'lock');
  const release = acquireLock(file, silent);
  writeFileSync(file, 'of another');
  release();
  assert.equal(readFileSync(file, 'utf8'), 'of another');
});
