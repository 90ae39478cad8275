import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { AppError, type ErrorCode, isAppError } from '../../../src/domain/appError.ts';
import type { JobContext } from '../../../src/domain/progress.ts';
import { type EngineParts, serveEngine } from '../../../src/engine/serveEngine.ts';
import {
  engineProtocolVersion,
  initializeRequest,
  type JobEvent,
  jobEventNotification,
  type LogMessage,
  logNotification,
  runJobRequest,
  shutdownRequest,
} from '../../../src/protocol/engineRpc.ts';
import type { Job, JobResult, SampleJob } from '../../../src/protocol/jobs.ts';
import { fromWireError } from '../../../src/protocol/wireErrors.ts';

const job: SampleJob = { kind: 'sample', folder: '/out', identities: 2, imagesPerIdentity: 1, seed: 1 };
const result: JobResult = { kind: 'sample', folder: '/out', nImages: 2, model: '/out/model.onnx' };

interface Ends {
  readonly client: MessageConnection;
  readonly events: JobEvent[];
  readonly log: LogMessage[];
  readonly ended: Promise<void>;
  /** Resolves with the first event that `is` accepts, past or to come. */
  readonly untilEvent: (is: (event: JobEvent) => boolean) => Promise<void>;
}

function connect(t: TestContext, change: Partial<EngineParts> = {}): Ends {
  const toEngine = new PassThrough();
  const toClient = new PassThrough();
  const engine = createMessageConnection(toEngine, toClient);
  const client = createMessageConnection(toClient, toEngine);
  const events: JobEvent[] = [];
  const log: LogMessage[] = [];
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const watchers = new Set<() => void>();
  serveEngine({
    connection: engine,
    version: '1.2.3',
    libraries: () => Promise.resolve({ node: '20' }),
    runJob: () => Promise.resolve(result),
    end,
    now: () => 0,
    ...change,
  });
  client.onNotification(jobEventNotification, (event) => {
    events.push(event);
    for (const look of watchers) look();
  });
  client.onNotification(logNotification, (message) => {
    log.push(message);
  });
  engine.listen();
  client.listen();
  t.after(() => {
    client.dispose();
    engine.dispose();
  });
  return {
    client,
    events,
    log,
    ended,
    untilEvent: (is) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!events.some(is)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}

async function initialised(t: TestContext, change: Partial<EngineParts> = {}): Promise<Ends> {
  const ends = connect(t, change);
  await ends.client.sendRequest(initializeRequest, {
    protocolVersion: engineProtocolVersion,
    client: 'test',
  });
  return ends;
}

async function refused(request: Promise<unknown>, code: ErrorCode, message: RegExp): Promise<AppError> {
  const error: unknown = await request.then(
    () => assert.fail('not refused'),
    (reason: unknown) => reason,
  );
  const appError = fromWireError(error);
  assert.equal(appError.code, code, appError.message);
  assert.match(appError.message, message);
  return appError;
}

test('the handshake tells versions and libraries', async (t) => {
  const { client } = connect(t);
  const params = { protocolVersion: engineProtocolVersion, client: 'test' };
  assert.deepEqual(await client.sendRequest(initializeRequest, params), {
    protocolVersion: engineProtocolVersion,
    version: '1.2.3',
    pid: process.pid,
    libraries: { node: '20' },
  });
});

test('a client of another protocol version is refused with both numbers and advice, whatever else it sends', async (t) => {
  const { client } = connect(t);
  const future = { protocolVersion: engineProtocolVersion + 1, client: 'test', capabilities: {} };
  const error = await refused(
    client.sendRequest(initializeRequest, future),
    'protocolMismatch',
    /Reload the window/,
  );
  assert.deepEqual(error.data, { client: engineProtocolVersion + 1, engine: engineProtocolVersion });
  assert.match(
    error.message,
    new RegExp(`version ${engineProtocolVersion + 1}.*version ${engineProtocolVersion}`),
  );
  await refused(client.sendRequest('initialize', { hello: 1 }), 'protocolMismatch', /version none/);
  await refused(client.sendRequest(runJobRequest, { jobId: 1, job }), 'usage', /before it was initialised/);
});

test('a native module that does not load is the answer to the handshake', async (t) => {
  const { client } = connect(t, {
    libraries: () =>
      Promise.reject(new AppError('nativeModuleMissing', 'sharp does not load.', { module: 'sharp' })),
  });
  const params = { protocolVersion: engineProtocolVersion, client: 'test' };
  const error = await refused(client.sendRequest(initializeRequest, params), 'nativeModuleMissing', /sharp/);
  assert.deepEqual(error.data, { module: 'sharp' });
});

test('a job runs with the parameters sent, and its start, progress, log and result come back', async (t) => {
  const seen: Job[] = [];
  const { client, events, log } = await initialised(t, {
    runJob: (given, context) => {
      seen.push(given);
      context.log('info', 'Drawing.');
      context.progress({ phase: 'write', done: 1, total: 4, item: 'a.jpg' });
      context.progress({ phase: 'write', done: 3, total: 4, item: 'c.jpg' });
      return Promise.resolve(result);
    },
  });
  assert.deepEqual(await client.sendRequest(runJobRequest, { jobId: 7, job }), result);
  assert.deepEqual(seen, [job]);
  assert.deepEqual(log, [{ level: 'info', message: 'Drawing.' }]);
  assert.deepEqual(events, [
    { type: 'started', jobId: 7 },
    { type: 'progress', jobId: 7, phase: 'write', done: 1, total: 4, item: 'a.jpg' },
    { type: 'progress', jobId: 7, phase: 'write', done: 4, total: 4, item: 'c.jpg' },
  ]);
});

for (const [name, params] of [
  ['a job of no known kind', { jobId: 1, job: { kind: 'destroy' } }],
  ['a job with a value out of range', { jobId: 1, job: { ...job, identities: 0 } }],
  ['a job with a property too many', { jobId: 1, job: { ...job, more: 1 } }],
  ['no job number', { job }],
] as const) {
  test(`${name} is refused before it runs`, async (t) => {
    const { client } = await initialised(t, { runJob: () => assert.fail('it ran') });
    await refused(client.sendRequest('runJob', params), 'usage', /runJob is not valid/);
  });
}

test('an error of the job crosses with its code and data; a defect crosses as internal', async (t) => {
  const errors = [
    new AppError('dataSetEmpty', 'No image in /x.', { path: '/x' }),
    new TypeError('undefined is no …'),
  ];
  const { client } = await initialised(t, { runJob: () => Promise.reject(errors.shift()!) });
  const first = await refused(
    client.sendRequest(runJobRequest, { jobId: 1, job }),
    'dataSetEmpty',
    /^No image in \/x\.$/,
  );
  assert.deepEqual(first.data, { path: '/x' });
  await refused(client.sendRequest(runJobRequest, { jobId: 2, job }), 'internal', /undefined is no/);
});

test('a request that the engine does not know is a defect, not a crash', async (t) => {
  const { client } = await initialised(t);
  await refused(client.sendRequest('nonsense'), 'internal', /nonsense/);
});

test('a second job waits, hears it, can be cancelled there, and its number be used again', async (t) => {
  const runs: { context: JobContext; finish: () => void }[] = [];
  const { client, events, untilEvent } = await initialised(t, {
    runJob: (_, context) => new Promise((resolve) => runs.push({ context, finish: () => resolve(result) })),
  });
  const first = client.sendRequest(runJobRequest, { jobId: 1, job });
  await untilEvent((event) => event.type === 'started' && event.jobId === 1);
  const source = new CancellationTokenSource();
  const second = client.sendRequest(runJobRequest, { jobId: 2, job }, source.token);
  await untilEvent((event) => event.type === 'queued' && event.jobId === 2 && event.ahead === 1);
  await refused(client.sendRequest(runJobRequest, { jobId: 2, job }), 'usage', /2 is in the queue already/);
  source.cancel();
  await refused(second, 'cancelled', /./);
  const third = client.sendRequest(runJobRequest, { jobId: 2, job });
  await untilEvent(
    (event) => event.type === 'queued' && events.filter(({ type }) => type === 'queued').length === 2,
  );
  runs[0]!.finish();
  await first;
  await untilEvent((event) => event.type === 'started' && event.jobId === 2);
  runs[1]!.finish();
  assert.deepEqual(await third, result);
});

test('crops and checks do not wait for a running job, one another they do', async (t) => {
  const running = new Map<string, () => void>();
  const order: string[] = [];
  const { client, events, untilEvent, ended } = await initialised(t, {
    runJob: ({ kind }) =>
      new Promise((resolve) => {
        order.push(kind);
        running.set(kind, () => resolve(result));
      }),
  });
  const crops: Job = {
    kind: 'crops',
    report: '/a.attrlens.json',
    model: null,
    images: ['a.jpg'],
    storeFolder: '/store',
  };
  const check: Job = { kind: 'check', report: '/a.attrlens.json', storeFolder: '/store' };
  const send = (jobId: number, sent: Job): Promise<unknown> =>
    client.sendRequest(runJobRequest, { jobId, job: sent });
  const jobs = [send(1, job), send(2, crops), send(3, check), send(4, job)];
  await untilEvent(({ type, jobId }) => type === 'queued' && jobId === 4);
  assert.deepEqual(order, ['sample', 'crops']);
  assert.deepEqual(
    events.filter(({ type }) => type === 'queued').map(({ jobId }) => jobId),
    [3, 4],
  );
  running.get('crops')!();
  await untilEvent(({ type, jobId }) => type === 'started' && jobId === 3);
  assert.deepEqual(order, ['sample', 'crops', 'check']);
  // A shutdown waits for both.
  const down = client.sendRequest(shutdownRequest, null);
  running.get('sample')!();
  await untilEvent(({ type, jobId }) => type === 'started' && jobId === 4);
  running.get('sample')!();
  running.get('check')!();
  await Promise.all([...jobs, down, ended]);
});

test('a cancel reaches the running job as its signal', async (t) => {
  const { client, untilEvent } = await initialised(t, {
    runJob: (_, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')), {
          once: true,
        });
      }),
  });
  const source = new CancellationTokenSource();
  const running = client.sendRequest(runJobRequest, { jobId: 1, job }, source.token);
  await untilEvent((event) => event.type === 'started');
  source.cancel();
  await refused(running, 'cancelled', /./);
});

test('a shutdown lets the running job end, takes no more, answers, and then ends the process', async (t) => {
  let finish!: () => void;
  const { client, ended, untilEvent } = await initialised(t, {
    runJob: () => new Promise((resolve) => (finish = () => resolve(result))),
  });
  const running = client.sendRequest(runJobRequest, { jobId: 1, job });
  await untilEvent((event) => event.type === 'started');
  const shutdown = client.sendRequest(shutdownRequest, null);
  await refused(client.sendRequest(runJobRequest, { jobId: 2, job }), 'engineUnavailable', /ending/);
  finish();
  assert.deepEqual(await running, result);
  assert.equal(await shutdown, null);
  await ended;
});

test('a request that a lost connection leaves without an answer means that the engine crashed', async (t) => {
  const { client } = await initialised(t, { runJob: () => new Promise(() => undefined) });
  const pending = client.sendRequest(runJobRequest, { jobId: 1, job });
  pending.catch(() => undefined);
  client.dispose();
  await refused(pending, 'engineCrashed', /ended before it answered/);
  assert.ok(isAppError(fromWireError(new AppError('usage', 'x')), 'usage'));
});
