import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phase } from '../../../../src/domain/progress.ts';
import { PhaseClock } from '../../../../src/engine/jobs/phaseClock.ts';

test('a phase lasts from its first report to the first of another, and adds up where it comes again', () => {
  let now = 0;
  const seen: string[] = [];
  const clock = new PhaseClock(() => now);
  const progress = clock.watch(({ phase, done }) => seen.push(`${phase} ${done}`));
  const at = (ms: number, phase: Phase, done: number) => {
    now = ms;
    progress({ phase, done, total: 2, item: '' });
  };
  at(100, 'scan', 0);
  at(150, 'scan', 1);
  at(200, 'embed', 0);
  at(500, 'analyze', 0);
  at(510, 'embed', 1);
  now = 540;
  assert.deepEqual(clock.finish().phases, [
    { phase: 'scan', ms: 100 },
    { phase: 'embed', ms: 330 },
    { phase: 'analyze', ms: 10 },
  ]);
  assert.deepEqual(seen, ['scan 0', 'scan 1', 'embed 0', 'analyze 0', 'embed 1']);
});

test('models that embedded something are told with their speed and what ran them', () => {
  const provider = {
    requested: 'auto',
    ran: 'cuda',
    nodeShare: 1,
    nodeTimeShare: 1,
    agreement: 1,
    refused: [],
  } as const;
  const throughput = { imagesPerSecond: 3, shares: { decode: 0.5, align: 0, inference: 0.25 } };
  const models = [
    { input: { name: 'a', provider: { ...provider, refused: [] } }, throughput },
    { input: { name: 'all stored', provider: { ...provider, refused: [] } }, throughput: null },
    { input: { name: 'ready', provider: null }, throughput: null },
  ];
  assert.deepEqual(new PhaseClock().finish(models).throughput, [
    { model: 'a', provider: 'cuda', ...throughput },
  ]);
});

test('a job without progress has no phases, and times that a report accepts', () => {
  const { started, finished, phases } = new PhaseClock().finish();
  assert.deepEqual(phases, []);
  assert.ok(Date.parse(started) <= Date.parse(finished));
});
