import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phase } from '../../../src/domain/progress.ts';
import { JobProgress, type Translate } from '../../../src/extension/jobProgress.ts';
import { embedDefaults } from '../../support/jobDefaults.ts';
import type {
  BaselineJob,
  EmbedJob,
  InspectJob,
  Job,
  PreviewJob,
  SampleJob,
} from '../../../src/protocol/jobs.ts';

const english: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

const embed: EmbedJob = {
  ...embedDefaults,
  kind: 'embed',
  data: '/d',
  models: [{ path: '/m.onnx' }],
  storeFolder: '/s',
};
const sample: SampleJob = { kind: 'sample', folder: '/s', identities: 200, imagesPerIdentity: 10, seed: 1 };
const baseline: BaselineJob = {
  kind: 'baseline',
  data: '/d',
  annotations: null,
  out: '/m.onnx',
  components: 128,
  seed: 1,
};
const inspect: InspectJob = { kind: 'inspect', model: { path: '/m.onnx' }, provider: 'cpu' };
const preview: PreviewJob = {
  kind: 'preview',
  data: '/d',
  annotations: null,
  model: null,
  alignment: embedDefaults.alignment,
  provider: 'cpu',
  storeFolder: '/s',
  nImages: 60,
  seed: 1,
};
const track = (job: Job = embed) => new JobProgress(job, english, 'en');
const progress = (phase: Phase, done: number, total: number, item = '') =>
  ({ type: 'progress', jobId: 1, phase, done, total, item }) as const;

test('progress names the phase, the count and the image', () => {
  assert.equal(
    track().step(progress('embed', 320, 2000, '000320.jpg')).message,
    'Embedding 320 of 2,000 · 000320.jpg',
  );
  assert.equal(track().step(progress('scan', 1, 3)).message, 'Scanning 1 of 3');
});

test('while a model embeds, its speed and what it waits for stand in place of the image', () => {
  const said = (decode: number, align: number, imagesPerSecond = 1215.4) =>
    track().step({
      ...progress('embed', 320, 2000, '000320.jpg'),
      throughput: { imagesPerSecond, shares: { decode, align, inference: 0.5 } },
    }).message;
  assert.equal(said(0.4, 0.1), 'Embedding 320 of 2,000 · 1,215 images/s · waiting for decode 40 %');
  assert.equal(said(0.2, 0.3), 'Embedding 320 of 2,000 · 1,215 images/s · waiting for alignment 30 %');
  assert.equal(said(0.09, 0.01, 3.14), 'Embedding 320 of 2,000 · 3.1 images/s');
  assert.equal(
    track().step({ ...progress('embed', 0, 2000, '000001.jpg'), throughput: null }).message,
    'Embedding 0 of 2,000 · 000001.jpg',
  );
});

test('a phase is named by what it is in that job', () => {
  assert.equal(track(sample).step(progress('write', 1, 9)).message, 'Drawing 1 of 9');
  assert.equal(track(baseline).step(progress('analyze', 1, 9)).message, 'Training 1 of 9');
  assert.equal(track().step(progress('analyze', 1, 9)).message, 'Analyzing 1 of 9');
  assert.equal(track(inspect).step(progress('analyze', 1, 9)).message, 'Testing 1 of 9');
  assert.equal(track(preview).step(progress('write', 1, 9)).message, 'Aligning 1 of 9');
});

test('a queued job says how many come first', () => {
  assert.equal(track().step({ type: 'queued', jobId: 1, ahead: 2 }).message, 'Waiting: 2 jobs come first');
  assert.equal(
    track().step({ type: 'queued', jobId: 1, ahead: 1 }).message,
    'Waiting for another job to end',
  );
});

const orders: readonly (readonly [Job, readonly Phase[]])[] = [
  [embed, ['scan', 'decode', 'detect', 'embed']],
  [sample, ['write', 'scan', 'decode', 'analyze']],
  [baseline, ['scan', 'decode', 'analyze']],
  [inspect, ['analyze']],
  [preview, ['scan', 'decode', 'detect', 'write']],
];
for (const [job, order] of orders) {
  test(`the bar of a ${job.kind} job moves with every phase and is full at the end`, () => {
    const one = track(job);
    let sum = 0;
    for (const phase of order) {
      const before = sum;
      for (let done = 0; done <= 10; done++) {
        const { increment } = one.step(progress(phase, done, 10));
        assert.ok(increment >= 0);
        sum += increment;
      }
      assert.ok(sum > before);
    }
    assert.ok(Math.abs(sum - 100) < 1e-9);
  });
}

test('a phase that starts again, or has nothing to do, takes nothing back', () => {
  const one = track();
  one.step(progress('embed', 10, 10));
  assert.equal(one.step(progress('embed', 1, 10)).increment, 0);
  assert.equal(one.step(progress('embed', 0, 0)).increment, 0);
});

test('a cancelled run says what is kept', () => {
  const one = track();
  assert.equal(one.whatIsKept(), 'Cancelled. No result was written.');
  one.step(progress('scan', 3, 3));
  one.step(progress('embed', 320, 2000));
  one.step(progress('analyze', 1, 40));
  assert.equal(one.whatIsKept(), 'Cancelled. 320 of 2,000 images are embedded and kept.');
});

test('with two models, what is kept is counted in embeddings, not images', () => {
  const two = track({ ...embed, models: [{ path: '/a.onnx' }, { path: '/b.onnx' }] });
  two.step(progress('embed', 2500, 4000));
  assert.equal(two.whatIsKept(), 'Cancelled. 2,500 of 4,000 embeddings are computed and kept.');
});

test('a cancelled sample says how many faces are drawn', () => {
  const one = track(sample);
  one.step(progress('write', 54, 2000));
  assert.equal(one.whatIsKept(), 'Cancelled. 54 of 2,000 faces are drawn and kept.');
});

test('a cancelled look leaves nothing behind, and says nothing of it', () => {
  for (const job of [inspect, preview]) {
    const one = track(job);
    one.step(progress('analyze', 1, 2));
    assert.equal(one.whatIsKept(), 'Cancelled.');
  }
});
