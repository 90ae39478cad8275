import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { afterEach, test } from 'node:test';
import { AppError, isAppError } from '../../../src/domain/appError.ts';
import { EngineClient } from '../../../src/extension/engineClient.ts';
import { restartDelaysMs } from '../../../src/extension/engineSupervisorState.ts';
import type { JobEvent } from '../../../src/protocol/engineRpc.ts';
import { analyzeDefaults } from '../../support/jobDefaults.ts';
import type { AnalyzeJob } from '../../../src/protocol/jobs.ts';

const clients: EngineClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});

function clientWith(options: { readonly fake?: string; readonly execPath?: string } = {}) {
  const log: string[] = [];
  const waits: number[] = [];
  const client = new EngineClient({
    enginePath: fileURLToPath(new URL('fakeEngine.ts', import.meta.url)),
    client: 'test',
    chooseExecutable: () =>
      Promise.resolve({
        execPath: options.execPath ?? process.execPath,
        env: { FAKE_ENGINE: options.fake ?? '' },
        why: 'the test says so',
      }),
    log: (level, message) => log.push(`${level}: ${message}`),
    nowMs: () => 0,
    waitMs: (delayMs) => {
      waits.push(delayMs);
      return Promise.resolve();
    },
  });
  clients.push(client);
  return { client, log, waits };
}

function analyze(model: string): AnalyzeJob {
  return {
    ...analyzeDefaults,
    data: '/data',
    models: [{ path: model }],
    storeFolder: '/store',
    report: '/r.attrlens.json',
  };
}

function signalling() {
  let tell: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (tell = resolve));
  return { promise, tell: () => tell() };
}

const signal = new AbortController().signal;
const ignore = { signal, onEvent: () => undefined };
/** The fake engine answers with its process id. */
async function pidOf(client: EngineClient, model: string): Promise<string> {
  const result = await client.runJob(analyze(model), ignore);
  assert.ok(result.kind === 'analyze');
  return result.report;
}

test('nothing is started before the first job', () => {
  assert.equal(clientWith().client.state.kind, 'stopped');
});

test('a job starts the engine, hears its own events and gets its result; the next job finds it running', async () => {
  const { client, log } = clientWith();
  const events: JobEvent[] = [];
  const first = await client.runJob(analyze('/a'), { signal, onEvent: (event) => events.push(event) });
  assert.deepEqual(events, [{ type: 'started', jobId: 1 }]);
  assert.equal(client.state.kind, 'ready');
  assert.ok(log.includes('info: job 1'));
  assert.equal(await pidOf(client, '/a'), first.kind === 'analyze' && first.report);
});

test('two jobs at once share one engine', async () => {
  const { client } = clientWith();
  const [one, two] = await Promise.all([pidOf(client, '/a'), pidOf(client, '/a')]);
  assert.equal(one, two);
});

test('other models get another process', async () => {
  const { client } = clientWith();
  const first = await pidOf(client, '/a');
  assert.notEqual(await pidOf(client, '/b'), first);
});

test('other models while a job runs wait for their own process until the engine is idle', async () => {
  const { client } = clientWith();
  const abort = new AbortController();
  const started = signalling();
  const waiting = client.runJob(analyze('/wait'), {
    signal: abort.signal,
    onEvent: () => started.tell(),
  });
  await started.promise;
  const shared = await pidOf(client, '/b');
  abort.abort();
  await assert.rejects(waiting, (error) => isAppError(error, 'cancelled'));
  assert.notEqual(await pidOf(client, '/b'), shared);
});

test('an error keeps its code, sentence and data across the process boundary, and the engine lives', async () => {
  const { client } = clientWith();
  await assert.rejects(client.runJob(analyze('/fail'), ignore), (error) => {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, 'modelNotEmbedder');
    assert.equal(error.message, 'The model x.onnx has two image inputs.');
    assert.deepEqual(error.data, { nInputs: 2 });
    return true;
  });
  assert.equal(client.state.kind, 'ready');
});

test('an error without a code is internal', async () => {
  await assert.rejects(
    clientWith().client.runJob(analyze('/bug'), ignore),
    (error) => isAppError(error, 'internal') && error.message.includes('undefined is not a function'),
  );
});

test('a cancel reaches the engine, and a job cancelled before it began starts none', async () => {
  const { client } = clientWith();
  const abort = new AbortController();
  const job = client.runJob(analyze('/wait'), { signal: abort.signal, onEvent: () => abort.abort() });
  await assert.rejects(job, (error) => isAppError(error, 'cancelled'));
  assert.equal(client.state.kind, 'ready');
  const idle = clientWith().client;
  await assert.rejects(
    idle.runJob(analyze('/a'), { signal: abort.signal, onEvent: () => undefined }),
    (error) => isAppError(error, 'cancelled'),
  );
  assert.equal(idle.state.kind, 'stopped');
});

test('a crash settles every pending job with how it ended, and the next job starts a new engine after a pause', async () => {
  const { client, log, waits } = clientWith();
  const outcomes = await Promise.allSettled([
    client.runJob(analyze('/wait'), ignore),
    client.runJob(analyze('/crash'), ignore),
  ]);
  for (const outcome of outcomes) {
    assert.ok(outcome.status === 'rejected' && isAppError(outcome.reason, 'engineCrashed'));
    assert.match(outcome.reason.message, /exit code 7 after writing «out of memory»/);
  }
  assert.ok(log.includes('warning: first line'));
  assert.equal(client.state.kind, 'crashed');
  await pidOf(client, '/a');
  assert.deepEqual(waits, [restartDelaysMs[0]]);
  assert.deepEqual(client.state, { kind: 'ready', crashes: 0 });
});

test('an engine that dies at its start is tried three times more, then stays down until it is restarted', async () => {
  const { client, waits } = clientWith({ fake: 'dieAtStart' });
  const run = () => client.runJob(analyze('/a'), ignore);
  for (let attempt = 0; attempt < 4; attempt++) {
    await assert.rejects(
      run,
      (error) => isAppError(error, 'engineCrashed') && error.message.includes('libx.so is missing'),
    );
  }
  assert.deepEqual(waits, [...restartDelaysMs]);
  await assert.rejects(
    run,
    (error) => isAppError(error, 'engineUnavailable') && error.message.includes('libx.so is missing'),
  );
  await client.restart();
  await assert.rejects(run, (error) => isAppError(error, 'engineCrashed'));
});

test('an executable that is not there is told as such', async () => {
  await assert.rejects(
    clientWith({ execPath: '/nowhere/node' }).client.runJob(analyze('/a'), ignore),
    (error) => isAppError(error, 'engineCrashed') && error.message.includes('ENOENT'),
  );
});

test('an engine of another version is refused and ended', async () => {
  const { client } = clientWith({ fake: 'otherVersion' });
  await assert.rejects(client.runJob(analyze('/a'), ignore), (error) =>
    isAppError(error, 'protocolMismatch'),
  );
  assert.equal(client.state.kind, 'stopped');
});

test('a restart cancels what runs and gives the next job a new process', async () => {
  const { client } = clientWith();
  const started = signalling();
  const waiting = client.runJob(
    { ...analyze('/wait'), models: [{ path: '/wait' }] },
    {
      signal,
      onEvent: () => started.tell(),
    },
  );
  await started.promise;
  const outcome = assert.rejects(waiting, (error) => isAppError(error, 'cancelled'));
  await client.restart();
  await outcome;
  assert.equal(client.state.kind, 'stopped');
  await pidOf(client, '/a');
});

test('a closed client runs nothing', async () => {
  const { client } = clientWith();
  const pid = Number(await pidOf(client, '/a'));
  await client.dispose();
  assert.throws(() => process.kill(pid, 0), /ESRCH/);
  await assert.rejects(client.runJob(analyze('/a'), ignore), (error) =>
    isAppError(error, 'engineUnavailable'),
  );
});
