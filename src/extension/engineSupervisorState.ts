/**
 * Life of the engine's process as a pure reducer: `stopped → starting → ready → crashed(reason)`.
 * A request brings a crashed engine up again after a pause that grows with each crash; after the third
 * restart it stays down until the user restarts it, so that a broken installation is not started for ever.
 */
export type SupervisorState =
  | { readonly kind: 'stopped'; readonly crashes: number }
  | { readonly kind: 'starting'; readonly crashes: number }
  | { readonly kind: 'ready'; readonly crashes: number }
  | {
      readonly kind: 'crashed';
      readonly crashes: number;
      readonly atMs: number;
      readonly reason: CrashReason;
    };

/** What is known about a process that ended by itself. */
export interface CrashReason {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines it wrote to stderr. */
  readonly stderr: readonly string[];
  /** Set where it could not be started at all. */
  readonly startError: string | null;
}

export type SupervisorEvent =
  /** A job needs the engine. */
  | { readonly type: 'request'; readonly nowMs: number }
  /** The handshake is done. */
  | { readonly type: 'initialized' }
  /** A job ended, well or not, and the engine lives: crashes before it no longer count. */
  | { readonly type: 'jobSettled' }
  | { readonly type: 'exited'; readonly nowMs: number; readonly reason: CrashReason }
  /** Ended on purpose: another model, a refused handshake, deactivation. */
  | { readonly type: 'stop' }
  /** The user asked for a new start: crashes are forgotten. */
  | { readonly type: 'reset' };

export type SupervisorEffect =
  | { readonly type: 'none' }
  | { readonly type: 'start'; readonly delayMs: number }
  | { readonly type: 'refuse'; readonly reason: CrashReason }
  | { readonly type: 'end' };

export interface SupervisorStep {
  readonly state: SupervisorState;
  readonly effect: SupervisorEffect;
}

/** Pauses before the first, second and third restart, counted from the crash. */
export const restartDelaysMs = [500, 2_000, 8_000] as const;

export const initialSupervisorState: SupervisorState = { kind: 'stopped', crashes: 0 };

export function superviseEngine(state: SupervisorState, event: SupervisorEvent): SupervisorStep {
  switch (event.type) {
    case 'request':
      return onRequest(state, event.nowMs);
    case 'initialized':
      return stay(state.kind === 'starting' ? { kind: 'ready', crashes: state.crashes } : state);
    case 'jobSettled':
      return stay(state.kind === 'ready' ? { kind: 'ready', crashes: 0 } : state);
    case 'exited':
      return stay(onExit(state, event));
    case 'stop':
      return { state: { kind: 'stopped', crashes: state.crashes }, effect: endIfAlive(state) };
    case 'reset':
      return { state: initialSupervisorState, effect: endIfAlive(state) };
  }
}

/** One line about how the process ended. */
export function describeCrash(reason: CrashReason): string {
  if (reason.startError !== null) return `it could not be started (${reason.startError})`;
  const how = reason.signal === null ? `exit code ${String(reason.code)}` : `signal ${reason.signal}`;
  const line = tellingLine(reason.stderr);
  return line === undefined ? `it ended with ${how}` : `it ended with ${how} after writing «${line}»`;
}

/** The last error's own line; around it Node writes source, stack and its version. */
function tellingLine(stderr: readonly string[]): string | undefined {
  const lines = stderr.map((line) => line.trim()).filter((line) => line !== '');
  const error = lines.findLast((line) => /^(Uncaught )?\w*Error\b/.test(line));
  return error ?? lines.findLast((line) => !/^(at |Node\.js v|[{}^])/.test(line));
}

function onRequest(state: SupervisorState, nowMs: number): SupervisorStep {
  switch (state.kind) {
    case 'starting':
    case 'ready':
      return stay(state);
    case 'stopped':
      return { state: { kind: 'starting', crashes: state.crashes }, effect: { type: 'start', delayMs: 0 } };
    case 'crashed': {
      const pauseMs = restartDelaysMs[state.crashes - 1];
      if (pauseMs === undefined) return { state, effect: { type: 'refuse', reason: state.reason } };
      const delayMs = Math.max(0, state.atMs + pauseMs - nowMs);
      return { state: { kind: 'starting', crashes: state.crashes }, effect: { type: 'start', delayMs } };
    }
  }
}

function onExit(
  state: SupervisorState,
  { nowMs, reason }: { readonly nowMs: number; readonly reason: CrashReason },
): SupervisorState {
  // An exit after `stop` was asked for, and one after a crash is the same crash told twice.
  if (state.kind === 'stopped' || state.kind === 'crashed') return state;
  return { kind: 'crashed', crashes: state.crashes + 1, atMs: nowMs, reason };
}

function endIfAlive(state: SupervisorState): SupervisorEffect {
  return state.kind === 'starting' || state.kind === 'ready' ? { type: 'end' } : { type: 'none' };
}

function stay(state: SupervisorState): SupervisorStep {
  return { state, effect: { type: 'none' } };
}
