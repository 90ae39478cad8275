import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentPromises } from '../../../src/extension/recentPromises.ts';

test('the least recently used answers go when there are too many', async () => {
  const answers = new RecentPromises<number>(2);
  answers.set('a', Promise.resolve(1));
  answers.set('b', Promise.resolve(2));
  assert.equal(await answers.get('a'), 1);
  answers.set('c', Promise.resolve(3));
  assert.equal(answers.get('b'), undefined, 'a was used later');
  assert.deepEqual([await answers.get('a'), await answers.get('c')], [1, 3]);
});

test('an answer that failed is forgotten, unless there is a newer one', async () => {
  const answers = new RecentPromises<number>(10);
  const failing = Promise.reject(new Error('no'));
  answers.set('a', failing);
  await assert.rejects(failing);
  await Promise.resolve();
  assert.equal(answers.get('a'), undefined);
  let fail!: (error: Error) => void;
  const late = new Promise<number>((_, reject) => {
    fail = reject;
  });
  answers.set('b', late);
  answers.set('b', Promise.resolve(2));
  fail(new Error('late'));
  await assert.rejects(late);
  await Promise.resolve();
  assert.equal(await answers.get('b'), 2);
});
