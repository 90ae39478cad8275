import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CrashReason,
  describeCrash,
  initialSupervisorState,
  restartDelaysMs,
  superviseEngine,
  type SupervisorEvent,
  type SupervisorState,
  type SupervisorStep,
} from '../../../src/extension/engineSupervisorState.ts';

const reason: CrashReason = { code: null, signal: 'SIGKILL', stderr: [], startError: null };
const exited = (nowMs: number): SupervisorEvent => ({ type: 'exited', nowMs, reason });
const request = (nowMs: number): SupervisorEvent => ({ type: 'request', nowMs });
const none = { type: 'none' } as const;

function play(events: readonly SupervisorEvent[], from: SupervisorState = initialSupervisorState) {
  return events.reduce<SupervisorStep>((step, event) => superviseEngine(step.state, event), {
    state: from,
    effect: none,
  });
}

test('the first request starts the engine at once', () => {
  assert.deepEqual(play([request(5)]), {
    state: { kind: 'starting', crashes: 0 },
    effect: { type: 'start', delayMs: 0 },
  });
});

test('requests while it starts or is ready start nothing', () => {
  assert.deepEqual(play([request(0), request(1)]), { state: { kind: 'starting', crashes: 0 }, effect: none });
  assert.deepEqual(play([request(0), { type: 'initialized' }, request(1)]), {
    state: { kind: 'ready', crashes: 0 },
    effect: none,
  });
});

test('an exit while starting or ready is a crash, told with its reason', () => {
  const crashed = { kind: 'crashed', crashes: 1, atMs: 7, reason };
  assert.deepEqual(play([request(0), exited(7)]).state, crashed);
  assert.deepEqual(play([request(0), { type: 'initialized' }, exited(7)]).state, crashed);
});

test('an exit that was asked for is no crash, and a crash told twice is one', () => {
  assert.deepEqual(play([request(0), { type: 'stop' }, exited(7)]).state, { kind: 'stopped', crashes: 0 });
  const once = play([request(0), exited(7)]).state;
  assert.deepEqual(superviseEngine(once, exited(9)), { state: once, effect: none });
});

test('it is started again by the next request, three times, later after each crash, then stays down', () => {
  let state: SupervisorState = play([request(0)]).state;
  const delays: number[] = [];
  for (let crash = 1; crash <= 3; crash++) {
    state = superviseEngine(state, exited(1000)).state;
    const step = superviseEngine(state, request(1000));
    assert.ok(step.effect.type === 'start');
    delays.push(step.effect.delayMs);
    state = step.state;
  }
  assert.deepEqual(delays, [...restartDelaysMs]);
  state = superviseEngine(state, exited(1000)).state;
  assert.deepEqual(superviseEngine(state, request(1e9)), { state, effect: { type: 'refuse', reason } });
});

test('time that has passed since the crash counts towards the pause', () => {
  const { effect } = play([request(0), exited(1000), request(1000 + restartDelaysMs[0] - 100)]);
  assert.deepEqual(effect, { type: 'start', delayMs: 100 });
  const late = play([request(0), exited(1000), request(1e6)]);
  assert.deepEqual(late.effect, { type: 'start', delayMs: 0 });
});

test('a job that ends makes earlier crashes forgotten; a handshake alone does not', () => {
  const up = [request(0), exited(0), request(1e6), { type: 'initialized' }] as const;
  assert.equal(play(up).state.crashes, 1);
  assert.equal(play([...up, { type: 'jobSettled' }]).state.crashes, 0);
});

test('the user can start it again after it stayed down', () => {
  const down: SupervisorState = { kind: 'crashed', crashes: 4, atMs: 0, reason };
  assert.equal(superviseEngine(down, request(1e9)).effect.type, 'refuse');
  assert.deepEqual(play([{ type: 'reset' }, request(1e9)], down), {
    state: { kind: 'starting', crashes: 0 },
    effect: { type: 'start', delayMs: 0 },
  });
});

test('stopping ends a process that lives, and only that', () => {
  assert.equal(play([request(0), { type: 'stop' }]).effect.type, 'end');
  assert.equal(play([request(0), { type: 'initialized' }, { type: 'reset' }]).effect.type, 'end');
  assert.equal(play([{ type: 'stop' }]).effect.type, 'none');
  assert.equal(play([request(0), exited(0), { type: 'reset' }]).effect.type, 'none');
});

test('stopping keeps the count of crashes, so that other models do not hide a broken engine', () => {
  assert.deepEqual(play([request(0), exited(0), request(1e6), { type: 'stop' }]).state, {
    kind: 'stopped',
    crashes: 1,
  });
});

test('a handshake that comes after the end changes nothing', () => {
  assert.deepEqual(play([request(0), { type: 'stop' }, { type: 'initialized' }]).state, {
    kind: 'stopped',
    crashes: 0,
  });
});

test('a crash is described by how it ended and the last line it wrote', () => {
  assert.equal(describeCrash(reason), 'it ended with signal SIGKILL');
  assert.equal(
    describeCrash({ code: 3, signal: null, stderr: ['a', 'out of memory ', ''], startError: null }),
    'it ended with exit code 3 after writing «out of memory»',
  );
  const thrown = [
    'a.js:1',
    'throw',
    '^',
    '',
    'TypeError: x is no y',
    '    at f (a.js:1)',
    '',
    'Node.js v24.1.0',
  ];
  assert.equal(
    describeCrash({ code: 1, signal: null, stderr: thrown, startError: null }),
    'it ended with exit code 1 after writing «TypeError: x is no y»',
  );
  assert.equal(
    describeCrash({ code: null, signal: null, stderr: [], startError: 'spawn x ENOENT' }),
    'it could not be started (spawn x ENOENT)',
  );
});
