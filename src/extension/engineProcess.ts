import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import {
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { AppError, cancelledError, messageOf } from '../domain/appError.ts';
import type { LogLevel } from '../domain/progress.ts';
import { threadPoolSize, threadPoolVariable } from '../domain/threadPool.ts';
import {
  engineProtocolVersion,
  initializeRequest,
  initializeResultSchema,
  type JobEvent,
  jobEventNotification,
  jobEventSchema,
  logMessageSchema,
  logNotification,
  runJobRequest,
  shutdownRequest,
  wireErrorSchema,
} from '../protocol/engineRpc.ts';
import type { Job, JobResult } from '../protocol/jobs.ts';
import type { EngineExecutable } from './engineExecutable.ts';
import { type CrashReason, describeCrash } from './engineSupervisorState.ts';

export interface EngineProcessOptions {
  readonly enginePath: string;
  readonly executable: EngineExecutable;
  /** Name and version of this side, for the engine's log. */
  readonly client: string;
  readonly log: (level: LogLevel, message: string) => void;
  readonly onJobEvent: (event: JobEvent) => void;
  /** The process ended and nobody had asked it to. */
  readonly onCrash: (reason: CrashReason) => void;
}

const stderrLinesKept = 20;
const shutdownTimeoutMs = 2_000;

/** One engine process, from fork to exit. Every call settles, also when the process dies. */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #stderr: string[] = [];
  readonly #closed: Promise<CrashReason>;
  #crash: CrashReason | null = null;
  #ending = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    const { execPath, env } = options.executable;
    this.#child = fork(options.enginePath, [], {
      execPath,
      // Debugger flags of the extension host would make the engine wait for a second debugger.
      execArgv: [],
      env: { [threadPoolVariable]: String(threadPoolSize(availableParallelism())), ...process.env, ...env },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#connection = createMessageConnection(
      new IPCMessageReader(this.#child),
      new IPCMessageWriter(this.#child),
    );
    this.#closed = this.#watch();
    this.#listen();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Throws `protocolMismatch` where the engine speaks another version, `engineCrashed` where it dies. */
  async initialize(): Promise<void> {
    const { client } = this.#options;
    const result = initializeResultSchema.parse(
      await this.#settle(() =>
        this.#connection.sendRequest(initializeRequest, { protocolVersion: engineProtocolVersion, client }),
      ),
    );
    if (result.protocolVersion !== engineProtocolVersion) {
      throw new AppError(
        'protocolMismatch',
        `The engine speaks protocol ${result.protocolVersion}, this extension ${engineProtocolVersion}. Install Attribute Lens again.`,
        { engine: result.protocolVersion, client: engineProtocolVersion },
      );
    }
    const libraries = Object.entries(result.libraries).map((entry) => entry.join(' '));
    this.#options.log('info', `Engine ${result.version}, process ${result.pid}: ${libraries.join(', ')}`);
  }

  /** Throws the job's AppError, or `engineCrashed`. */
  async run(jobId: number, job: Job, signal: AbortSignal): Promise<JobResult> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return await this.#settle(() =>
        this.#connection.sendRequest(runJobRequest, { jobId, job }, source.token),
      );
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  /** Asks the process to end, and kills it where it does not in two seconds. */
  async end(): Promise<void> {
    if (this.#crash !== null) return;
    this.#ending = true;
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), shutdownTimeoutMs);
    // A process that died already refuses the request, which is what was wanted.
    this.#settle(() => this.#connection.sendRequest(shutdownRequest, null)).catch(() => undefined);
    await this.#closed;
    clearTimeout(timer);
  }

  /** Ends it at once, for an editor that waits for nobody. */
  kill(): void {
    this.#ending = true;
    this.#child.kill('SIGKILL');
  }

  #listen(): void {
    const { log, onJobEvent } = this.#options;
    this.#connection.onNotification(logNotification, (message) => {
      const parsed = logMessageSchema.safeParse(message);
      if (parsed.success) log(parsed.data.level, parsed.data.message);
    });
    this.#connection.onNotification(jobEventNotification, (message) => {
      const parsed = jobEventSchema.safeParse(message);
      if (parsed.success) onJobEvent(parsed.data);
      else log('warning', `The engine sent an event that is not understood: ${parsed.error.message}`);
    });
    this.#connection.listen();
    onLine(this.#child.stdout, (line) => log('debug', line));
    onLine(this.#child.stderr, (line) => {
      log('warning', line);
      this.#stderr.push(line);
      if (this.#stderr.length > stderrLinesKept) this.#stderr.shift();
    });
  }

  #watch(): Promise<CrashReason> {
    return new Promise((resolve) => {
      const finish = (code: number | null, signal: string | null, startError: string | null) => {
        if (this.#crash !== null) return;
        this.#crash = { code, signal, stderr: [...this.#stderr], startError };
        // Pending requests stay pending for ever unless the connection is disposed.
        this.#connection.dispose();
        if (!this.#ending) this.#options.onCrash(this.#crash);
        resolve(this.#crash);
      };
      // `close`, not `exit`: only then has all of stderr been read.
      this.#child.on('close', (code, signal) => finish(code, signal, null));
      this.#child.on('error', (error) => {
        if (this.#child.pid === undefined) finish(null, null, error.message);
        else this.#options.log('warning', `Engine process: ${error.message}`);
      });
    });
  }

  /** The answer to a request; a failure as the AppError it stands for. */
  async #settle<T>(ask: () => Promise<T>): Promise<T> {
    try {
      // Inside, because a disposed connection throws at once instead of rejecting.
      return await ask();
    } catch (error) {
      const wire = error instanceof ResponseError ? wireErrorSchema.safeParse(error.data) : undefined;
      if (wire?.success === true) throw new AppError(wire.data.code, wire.data.message, wire.data.data);
      if (this.#ending) throw cancelledError();
      if (this.#crash === null && this.#child.connected) {
        throw new AppError('internal', messageOf(error), {}, error);
      }
      throw crashError(await this.#closed);
    }
  }
}

export function crashError(reason: CrashReason): AppError {
  return new AppError(
    'engineCrashed',
    `The engine stopped unexpectedly: ${describeCrash(reason)}. What it had computed is kept; run the command again to go on.`,
    { exitCode: reason.code, signal: reason.signal },
  );
}

function onLine(stream: Readable | null, listener: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', listener);
}
