import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc';
import { z } from 'zod';
import { AppError } from '../domain/appError.ts';
import type { JobContext, LogLevel } from '../domain/progress.ts';
import {
  engineProtocolVersion,
  initializeParamsSchema,
  initializeRequest,
  type InitializeResult,
  type JobEvent,
  jobEventNotification,
  logNotification,
  runJobParamsSchema,
  runJobRequest,
  shutdownRequest,
} from '../protocol/engineRpc.ts';
import { type Job, jobSchema, type JobResult } from '../protocol/jobs.ts';
import { toWireError } from '../protocol/wireErrors.ts';
import { JobQueue } from './jobQueue.ts';
import { ProgressThrottle } from './progressThrottle.ts';

export interface EngineParts {
  readonly connection: MessageConnection;
  readonly version: string;
  /** Rejects with `nativeModuleMissing`; then the engine refuses to begin and says why. */
  readonly libraries: () => Promise<Readonly<Record<string, string>>>;
  readonly runJob: (job: Job, context: JobContext) => Promise<JobResult>;
  /** Ends the process; called once, after the answer to `shutdown`. */
  readonly end: () => void;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
}

/** Answers the requests of engineRpc.ts until the connection closes. The caller lets the connection listen. */
export function serveEngine(parts: EngineParts): void {
  const { connection } = parts;
  const queue = new JobQueue();
  /** Of jobs that open no model: a page waits for their answers, and need not for a run of hours. */
  const quickQueue = new JobQueue();
  const running = new Set<number>();
  let state: 'new' | 'ready' | 'ending' = 'new';

  connection.onRequest(initializeRequest, (params: unknown) =>
    answered(async () => {
      assertSameProtocol(params);
      const result = await initializeResult(parts);
      if (state === 'new') state = 'ready';
      return result;
    }),
  );

  connection.onRequest(runJobRequest, (params: unknown, token) =>
    answered(async () => {
      if (state !== 'ready') throw notReady(state);
      const { jobId, job } = parseJob(params);
      if (running.has(jobId))
        throw new AppError('usage', `A job ${jobId} is in the queue already.`, { jobId });
      running.add(jobId);
      try {
        return await queueJob(parts, isQuick(job) ? quickQueue : queue, jobId, job, signalOf(token));
      } finally {
        running.delete(jobId);
      }
    }),
  );

  connection.onRequest(shutdownRequest, () =>
    answered(async () => {
      state = 'ending';
      await Promise.all([queue.whenIdle(), quickQueue.whenIdle()]);
      // After this turn of the event loop the answer is on its way.
      setImmediate(parts.end);
      return null;
    }),
  );
}

function isQuick({ kind }: Job): boolean {
  return kind === 'check' || kind === 'crops';
}

/** Sends one line to the log at the other end; says nothing where that end is gone. */
export function sendLog(connection: MessageConnection, level: LogLevel, message: string): void {
  connection.sendNotification(logNotification, { level, message }).catch(() => undefined);
}

async function initializeResult({ version, libraries }: EngineParts): Promise<InitializeResult> {
  return {
    protocolVersion: engineProtocolVersion,
    version,
    pid: process.pid,
    libraries: await libraries(),
  };
}

function queueJob(
  { connection, runJob, now }: EngineParts,
  queue: JobQueue,
  jobId: number,
  job: Job,
  signal: AbortSignal,
): Promise<JobResult> {
  const send = (event: JobEvent): void => {
    connection.sendNotification(jobEventNotification, event).catch(() => undefined);
  };
  return queue.run({
    signal,
    onWaiting: (ahead) => send({ type: 'queued', jobId, ahead }),
    work: async () => {
      send({ type: 'started', jobId });
      const throttle = new ProgressThrottle((update) => send({ type: 'progress', jobId, ...update }), now);
      const result = await runJob(job, {
        signal,
        progress: (update) => throttle.update(update),
        log: (level, message) => sendLog(connection, level, message),
      });
      throttle.finish();
      return result;
    },
  });
}

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toWireError(error);
  }
}

/** Reads the number alone first: all else may differ between versions. */
function assertSameProtocol(params: unknown): void {
  const asked = z.object({ protocolVersion: z.int() }).safeParse(params);
  const client = asked.success ? asked.data.protocolVersion : null;
  if (client !== engineProtocolVersion)
    throw new AppError(
      'protocolMismatch',
      `The client speaks version ${client ?? 'none'} of the engine's protocol, this engine speaks version ${engineProtocolVersion}. Reload the window; if that does not help, install Attribute Lens again.`,
      { client, engine: engineProtocolVersion },
    );
  parse(initializeParamsSchema, params, 'initialize');
}

function parseJob(params: unknown): { jobId: number; job: Job } {
  const { jobId, job } = parse(runJobParamsSchema, params, 'runJob');
  return { jobId, job: parse(jobSchema, job, 'runJob') };
}

function parse<T>(schema: z.ZodType<T>, params: unknown, request: string): T {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  throw new AppError('usage', `The request ${request} is not valid: ${z.prettifyError(parsed.error)}`, {
    request,
  });
}

function notReady(state: 'new' | 'ending'): AppError {
  return state === 'new'
    ? new AppError('usage', 'The engine was given a job before it was initialised.')
    : new AppError('engineUnavailable', 'The engine is ending and takes no more jobs. Start it again.');
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
