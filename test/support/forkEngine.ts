import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  type CancellationToken,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import {
  engineProtocolVersion,
  initializeRequest,
  type InitializeResult,
  type JobEvent,
  jobEventNotification,
  type LogMessage,
  logNotification,
  runJobRequest,
} from '../../src/protocol/engineRpc.ts';
import type { Job, JobResult } from '../../src/protocol/jobs.ts';
import { fromWireError } from '../../src/protocol/wireErrors.ts';

export const engineFile = join(import.meta.dirname, '../../dist/engine.cjs');

export interface ForkedEngine {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly log: readonly LogMessage[];
  /** Code and signal with which the process ended. */
  readonly exited: Promise<readonly [number | null, NodeJS.Signals | null]>;
  readonly initialize: (protocolVersion?: number) => Promise<InitializeResult>;
  /** Rejects with an `AppError`. */
  readonly runJob: (
    job: Job,
    onEvent?: (event: JobEvent) => void,
    token?: CancellationToken,
  ) => Promise<JobResult>;
}

/** Starts the built engine as the extension does; it is killed when the test ends. */
export function forkEngine(t: TestContext): ForkedEngine {
  if (!existsSync(engineFile)) throw new Error(`${engineFile} is missing: npm run build makes it.`);
  const child = fork(engineFile, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  // A request that is pending when the process ends stays so until the connection is disposed.
  const closed = exited.then(() => connection.dispose());
  t.after(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  const log: LogMessage[] = [];
  const listeners = new Map<number, (event: JobEvent) => void>();
  let nextJobId = 1;
  connection.onNotification(logNotification, (message) => {
    log.push(message);
  });
  connection.onNotification(jobEventNotification, (event) => listeners.get(event.jobId)?.(event));
  connection.listen();
  return {
    child,
    connection,
    log,
    exited,
    initialize: (protocolVersion = engineProtocolVersion) =>
      connection.sendRequest(initializeRequest, { protocolVersion, client: 'test' }).catch(rethrow),
    runJob: (job, onEvent, token) => {
      const jobId = nextJobId++;
      if (onEvent) listeners.set(jobId, onEvent);
      return connection.sendRequest(runJobRequest, { jobId, job }, token).catch(rethrow);
    },
  };
}

function rethrow(error: unknown): never {
  throw fromWireError(error);
}
