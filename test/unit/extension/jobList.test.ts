import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JobList, statusOf } from '../../../src/extension/jobList.ts';

const step = (activity: string, increment = 0) => ({ activity, message: `${activity} · a.jpg`, increment });
const none = () => undefined;

function states(list: JobList): string[] {
  return list.jobs.map(({ title, state }) => `${title}: ${state}`);
}

test('what runs comes first, then what waits in its order, then what ended, the latest first', () => {
  const list = new JobList();
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((title) => list.add(title, 'analyze', 'Starting', none));
  b!.step('queued', step('Waiting'));
  c!.step('queued', step('Waiting'));
  assert.deepEqual(states(list), ['a: running', 'd: running', 'b: queued', 'c: queued']);
  d!.failed('No.', new Error('No.'));
  a!.done('Done', '/a.attrlens.json');
  b!.step('running', step('Scanning 1 of 2'));
  assert.deepEqual(states(list), ['b: running', 'c: queued', 'a: done', 'd: failed']);
});

test('percent adds up and never passes 100', () => {
  const list = new JobList();
  const job = list.add('a', 'analyze', 'Starting', none);
  job.step('running', step('Embedding 1 of 4', 40));
  job.step('running', step('Embedding 4 of 4', 70));
  assert.equal(list.jobs[0]!.percent, 100);
  assert.equal(list.jobs[0]!.message, 'Embedding 4 of 4 · a.jpg');
});

test('a cancel is passed on once; what the job tells before it ends does not hide it', () => {
  const list = new JobList();
  let cancels = 0;
  const job = list.add('a', 'embed', 'Starting', () => cancels++);
  list.cancel(job.id, 'Cancelling');
  list.cancel(job.id, 'Cancelling');
  job.step('running', step('Embedding 3 of 4'));
  assert.deepEqual([cancels, list.jobs[0]!.state, list.jobs[0]!.message], [1, 'cancelling', 'Cancelling']);
  job.cancelled('Cancelled. 3 images are kept.');
  assert.equal(list.jobs[0]!.state, 'cancelled');
  list.cancel(job.id, 'Cancelling');
  assert.deepEqual([cancels, list.jobs[0]!.state], [1, 'cancelled']);
});

test('what comes after the end changes nothing', () => {
  const list = new JobList();
  const job = list.add('a', 'analyze', 'Starting', none);
  job.done('Done', '/a.attrlens.json');
  job.step('running', step('Embedding 1 of 2'));
  assert.deepEqual([list.jobs[0]!.state, list.jobs[0]!.message], ['done', 'Done']);
});

test('the last ten that ended are kept, and can be cleared; what runs stays', () => {
  const list = new JobList();
  const running = list.add('runs', 'analyze', 'Starting', none);
  for (let i = 0; i < 12; i++) list.add(String(i), 'analyze', 'Starting', none).done('Done', null);
  assert.deepEqual(
    list.jobs.map(({ title }) => title),
    ['runs', '11', '10', '9', '8', '7', '6', '5', '4', '3', '2'],
  );
  list.clearFinished();
  assert.deepEqual(states(list), ['runs: running']);
  running.done('Done', null);
  assert.deepEqual(states(list), ['runs: done']);
});

test('every change is told to whoever listens, until they stop', () => {
  const list = new JobList();
  let told = 0;
  const stop = list.onChange(() => told++);
  const job = list.add('a', 'analyze', 'Starting', none);
  job.step('running', step('Scanning 1 of 2'));
  stop();
  job.done('Done', null);
  assert.equal(told, 2);
});

test('the status says what runs, without names of files, and how many wait', () => {
  const list = new JobList();
  assert.equal(statusOf(list.jobs), null);
  const job = list.add('a', 'analyze', 'Starting', none);
  job.step('running', step('Embedding 320 of 2,000'));
  assert.equal(statusOf(list.jobs), '$(sync~spin) Embedding 320 of 2,000');
  const other = list.add('b', 'analyze', 'Starting', none);
  other.step('queued', step('Waiting for another job to end'));
  assert.equal(statusOf(list.jobs), '$(sync~spin) Embedding 320 of 2,000 +1');
  job.done('Done', null);
  other.failed('No.', null);
  assert.equal(statusOf(list.jobs), null);
});
