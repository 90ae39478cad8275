import { AppError, cancelledError } from '../domain/appError.ts';
import type { LogLevel } from '../domain/progress.ts';
import type { JobEvent } from '../protocol/engineRpc.ts';
import type { Job, JobResult } from '../protocol/jobs.ts';
import type { EngineExecutable } from './engineExecutable.ts';
import { crashError, EngineProcess } from './engineProcess.ts';
import {
  describeCrash,
  initialSupervisorState,
  superviseEngine,
  type SupervisorEffect,
  type SupervisorEvent,
  type SupervisorState,
} from './engineSupervisorState.ts';

/** What the client needs from its surroundings, so that a test can stand in for them. */
export interface EngineSurroundings {
  readonly enginePath: string;
  readonly client: string;
  readonly chooseExecutable: () => Promise<EngineExecutable>;
  readonly log: (level: LogLevel, message: string) => void;
  readonly nowMs: () => number;
  readonly waitMs: (delayMs: number) => Promise<void>;
}

export interface JobOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
}

/** Runs jobs in the engine, which it starts with the first one, supervises and ends. */
export class EngineClient {
  readonly #surroundings: EngineSurroundings;
  readonly #listeners = new Map<number, (event: JobEvent) => void>();
  #state: SupervisorState = initialSupervisorState;
  /** The engine of the state `starting` or `ready`; what it resolves to has shaken hands. */
  #engine: Promise<EngineProcess> | null = null;
  #process: EngineProcess | null = null;
  #models: string | null = null;
  /** Changes when an engine is given up, so that what comes late from it is told apart. */
  #generation = 0;
  #nextJobId = 1;
  #disposed = false;

  constructor(surroundings: EngineSurroundings) {
    this.#surroundings = surroundings;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  /** Throws the job's AppError; `engineCrashed` where the engine died, `engineUnavailable` where it stays down. */
  async runJob(job: Job, { signal, onEvent }: JobOptions): Promise<JobResult> {
    await this.#recycleFor(job);
    if (signal.aborted) throw cancelledError();
    const jobId = this.#nextJobId++;
    this.#listeners.set(jobId, onEvent);
    try {
      const engine = await this.#requestEngine();
      const result = await engine.run(jobId, job, signal);
      this.#dispatch({ type: 'jobSettled' });
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code !== 'engineCrashed') this.#dispatch({ type: 'jobSettled' });
      throw error;
    } finally {
      this.#listeners.delete(jobId);
    }
  }

  /** Ends the engine and forgets its crashes; the next job starts a new one. */
  async restart(): Promise<void> {
    await this.#end({ type: 'reset' });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#end({ type: 'stop' });
  }

  /** ONNX Runtime leaks over opened and closed sessions: other models get another process. */
  async #recycleFor(job: Job): Promise<void> {
    const models = modelsOf(job);
    if (models === null) return;
    const changed = this.#models !== null && this.#models !== models;
    this.#models = models;
    if (!changed || this.#process === null) return;
    if (this.#listeners.size > 0) {
      // Another job runs in it. Naming no models makes sure that the next job gets another process.
      this.#models = '';
      return;
    }
    this.#surroundings.log('info', 'Other models: starting a fresh engine.');
    await this.#end({ type: 'stop' });
  }

  async #end(event: SupervisorEvent): Promise<void> {
    const process = this.#process;
    const effect = this.#dispatch(event);
    if (effect.type === 'end') await process?.end();
  }

  async #requestEngine(): Promise<EngineProcess> {
    if (this.#disposed) throw new AppError('engineUnavailable', 'The extension is being closed.');
    const effect = this.#dispatch({ type: 'request', nowMs: this.#surroundings.nowMs() });
    if (effect.type === 'refuse') {
      throw new AppError(
        'engineUnavailable',
        `The engine stopped too often and stays down; the last time ${describeCrash(effect.reason)}. See the log, then restart the engine.`,
      );
    }
    if (effect.type === 'start') this.#engine = this.#start(effect.delayMs);
    if (this.#engine === null) throw new AppError('internal', 'The engine is up, but nobody holds it.');
    return this.#engine;
  }

  async #start(delayMs: number): Promise<EngineProcess> {
    const { chooseExecutable, log, waitMs } = this.#surroundings;
    const generation = this.#generation;
    let process: EngineProcess | null = null;
    try {
      if (delayMs > 0) await waitMs(delayMs);
      const executable = await chooseExecutable();
      if (generation !== this.#generation) throw cancelledError();
      log('info', `Starting the engine with ${executable.execPath}: ${executable.why}.`);
      process = this.#fork(executable, generation);
      this.#process = process;
      await process.initialize();
      this.#dispatch({ type: 'initialized' });
      return process;
    } catch (error) {
      // A crash has told its exit already; anything else leaves nothing, or an engine of another version.
      if (generation === this.#generation) this.#dispatch({ type: 'stop' });
      await process?.end();
      throw error;
    }
  }

  #fork(executable: EngineExecutable, generation: number): EngineProcess {
    const { enginePath, client, log, nowMs } = this.#surroundings;
    return new EngineProcess({
      enginePath,
      client,
      executable,
      log,
      onJobEvent: (event) => this.#listeners.get(event.jobId)?.(event),
      onCrash: (reason) => {
        log('error', crashError(reason).message);
        if (generation === this.#generation) this.#dispatch({ type: 'exited', nowMs: nowMs(), reason });
      },
    });
  }

  #dispatch(event: SupervisorEvent): SupervisorEffect {
    const { state, effect } = superviseEngine(this.#state, event);
    if (state.kind !== this.#state.kind) {
      this.#surroundings.log('debug', `Engine: ${this.#state.kind} → ${state.kind}`);
    }
    this.#state = state;
    if (state.kind === 'stopped' || state.kind === 'crashed') {
      this.#engine = null;
      this.#process = null;
      this.#generation++;
    }
    return effect;
  }
}

/** The models a job opens, as a key; `null` where it opens none. */
function modelsOf(job: Job): string | null {
  switch (job.kind) {
    case 'analyze':
    case 'embed':
    case 'invariance':
      return job.models.length === 0 ? null : JSON.stringify(job.models.map((model) => model.path).sort());
    case 'inspect':
      return JSON.stringify([job.model.path]);
    case 'hardware':
      return JSON.stringify([job.model?.path ?? 'hardware']);
    case 'sample':
    case 'baseline':
    case 'describe':
    case 'preview':
    case 'latticePreview':
    case 'validateEnergy':
    case 'project':
    case 'compare':
    case 'export':
    case 'check':
    case 'crops':
    case 'installCuda':
      return null;
  }
}
