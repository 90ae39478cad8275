import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { isAppError } from '../../../src/domain/appError.ts';
import { engineProtocolVersion, type JobEvent, shutdownRequest } from '../../../src/protocol/engineRpc.ts';
import type { EmbedSummary, JobResult } from '../../../src/protocol/jobs.ts';
import { engineFile, forkEngine } from '../../support/forkEngine.ts';
import { embedJob, nImages, rowsOnDisk } from './embedSamples.ts';

test('the engine introduces itself with its process and the libraries it loaded', async (t) => {
  const { initialize, child } = forkEngine(t);
  const { pid, protocolVersion, libraries } = await initialize();
  assert.equal(pid, child.pid);
  assert.equal(protocolVersion, engineProtocolVersion);
  for (const name of ['node', 'onnxruntime', 'sharp', 'libvips'])
    assert.match(libraries[name] ?? '', /^\d+\./, name);
});

test('a client of another version is refused across the process', async (t) => {
  const { initialize } = forkEngine(t);
  await assert.rejects(initialize(engineProtocolVersion + 1), (error) =>
    isAppError(error, 'protocolMismatch'),
  );
});

test('the engine ends by itself when its parent lets go', async (t) => {
  const { initialize, child, exited } = forkEngine(t);
  await initialize();
  child.disconnect();
  assert.deepEqual(await exited, [0, null]);
});

test('the engine answers a shutdown and ends', async (t) => {
  const { initialize, connection, exited } = forkEngine(t);
  await initialize();
  assert.equal(await connection.sendRequest(shutdownRequest, null), null);
  assert.deepEqual(await exited, [0, null]);
});

test('started from a shell, the engine says what it is', () => {
  const { status, stderr } = spawnSync(process.execPath, [engineFile], { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /the editor starts it/);
});

test('killed in the middle of embedding, the next engine computes what is missing and nothing else', async (t) => {
  const job = await embedJob(t);
  const first = forkEngine(t);
  await first.initialize();
  let doneBeforeKill = 0;
  await assert.rejects(
    first.runJob(job('killed'), (event) => {
      if (event.type !== 'progress' || event.phase !== 'embed' || event.done === 0 || doneBeforeKill > 0)
        return;
      doneBeforeKill = event.done;
      first.child.kill('SIGKILL');
    }),
    (error) => isAppError(error, 'engineCrashed'),
  );
  assert.deepEqual(await first.exited, [null, 'SIGKILL']);
  const store = onlyStore(job('killed').storeFolder);
  const left = rowsOnDisk(store);
  assert.ok(
    left.size >= doneBeforeKill && left.size < nImages,
    `${left.size} rows, ${doneBeforeKill} reported`,
  );

  const second = forkEngine(t);
  await second.initialize();
  const resumed = summary(await second.runJob(job('killed')));
  assert.deepEqual(
    [resumed.nComputed, resumed.nEmbedded, resumed.nFailed, resumed.store],
    [nImages - left.size, nImages, 0, store],
  );
  assert.equal(summary(await second.runJob(job('killed'))).nComputed, 0);

  // Other batches, the same numbers: as an uninterrupted run gives them, bit for bit.
  const whole = summary(await second.runJob(job('whole')));
  assert.equal(whole.nComputed, nImages);
  const rows = rowsOnDisk(whole.store);
  assert.equal(rows.size, nImages);
  for (const [key, numbers] of rowsOnDisk(store)) assert.equal(rows.get(key), numbers);
});

test('a cancel ends embedding within a batch, says how far it came, and the next run goes on there', async (t) => {
  const job = await embedJob(t);
  const { initialize, runJob, log } = forkEngine(t);
  await initialize();
  const source = new CancellationTokenSource();
  const events: Extract<JobEvent, { type: 'progress' }>[] = [];
  await assert.rejects(
    runJob(
      job('cancelled'),
      (event) => {
        if (event.type !== 'progress' || event.phase !== 'embed') return;
        events.push(event);
        if (event.done > 0) source.cancel();
      },
      source.token,
    ),
    (error) => isAppError(error, 'cancelled'),
  );
  const kept = rowsOnDisk(onlyStore(job('cancelled').storeFolder)).size;
  assert.ok(kept >= events.at(-1)!.done && kept < nImages, `${kept} kept`);
  assert.ok(log.some(({ message }) => message.startsWith(`Cancelled: ${kept} of ${nImages} images`)));
  assert.equal(summary(await runJob(job('cancelled'))).nComputed, nImages - kept);
});

test('progress names images, never falls, and each phase ends at its total', async (t) => {
  const job = await embedJob(t);
  const { initialize, runJob } = forkEngine(t);
  await initialize();
  const events: JobEvent[] = [];
  await runJob(job('whole'), (event) => events.push(event));
  assert.equal(events[0]?.type, 'started');
  const progress = events.filter((event) => event.type === 'progress');
  progress.forEach((event, i) => {
    const before = progress[i - 1];
    if (before?.phase === event.phase) assert.ok(event.done >= before.done);
    else if (before) assert.equal(before.done, before.total);
  });
  const last = progress.at(-1)!;
  assert.deepEqual([last.phase, last.done, last.total, last.item], ['embed', nImages, nImages, '159.jpg']);
});

function summary(result: JobResult): EmbedSummary {
  assert.equal(result.kind, 'embed');
  return result.models[0]!;
}

/** The folder with a fingerprint's name. */
function onlyStore(storeFolder: string): string {
  const names = readdirSync(storeFolder).filter((name) => /^[0-9a-f]{64}$/.test(name));
  assert.equal(names.length, 1);
  return join(storeFolder, names[0]!);
}
