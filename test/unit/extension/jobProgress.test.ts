import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Phase, phases } from '../../../src/domain/progress.ts';
import { JobProgress, type Translate } from '../../../src/extension/jobProgress.ts';

const english: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));
const track = () => new JobProgress(english, 'en');
const progress = (phase: Phase, done: number, total: number, item = '') =>
  ({ type: 'progress', jobId: 1, phase, done, total, item }) as const;

test('progress names the phase, the count and the image', () => {
  assert.equal(
    track().step(progress('embed', 320, 2000, '000320.jpg')).message,
    'Embedding 320 of 2,000 · 000320.jpg',
  );
  assert.equal(track().step(progress('scan', 1, 3)).message, 'Scanning 1 of 3');
});

test('a queued job says how many come first', () => {
  assert.equal(track().step({ type: 'queued', jobId: 1, ahead: 2 }).message, 'Waiting: 2 jobs come first');
  assert.equal(
    track().step({ type: 'queued', jobId: 1, ahead: 1 }).message,
    'Waiting for another job to end',
  );
});

test('the increments of a whole run add up to 100 and none is negative', () => {
  const one = track();
  let sum = 0;
  for (const phase of phases) {
    for (let done = 0; done <= 10; done++) {
      const { increment } = one.step(progress(phase, done, 10));
      assert.ok(increment >= 0);
      sum += increment;
    }
  }
  assert.ok(Math.abs(sum - 100) < 1e-9);
});

test('a phase that starts again, or has nothing to do, takes nothing back', () => {
  const one = track();
  one.step(progress('embed', 10, 10));
  assert.equal(one.step(progress('embed', 1, 10)).increment, 0);
  assert.equal(one.step(progress('embed', 0, 0)).increment, 0);
});

test('a cancelled run says what is kept', () => {
  const one = track();
  assert.equal(one.whatIsKept(), 'Cancelled. Nothing was changed.');
  one.step(progress('scan', 3, 3));
  one.step(progress('embed', 320, 2000));
  one.step(progress('analyze', 1, 40));
  assert.equal(one.whatIsKept(), 'Cancelled. 320 of 2,000 images are embedded and kept.');
});
