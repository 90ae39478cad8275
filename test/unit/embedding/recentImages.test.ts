import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentImages } from '../../../src/embedding/recentImages.ts';

interface Image {
  readonly pixels: Uint8Array;
}

function counted(bytes: number) {
  const reads: string[] = [];
  const read = (path: string): Promise<Image> => {
    reads.push(path);
    return Promise.resolve({ pixels: new Uint8Array(bytes) });
  };
  return { reads, read };
}

test('an image that is asked for again is read once, also while it is being read', async () => {
  const { reads, read } = counted(10);
  const images = new RecentImages<Image>(100);
  const both = [images.get('a', read), images.get('a', read)];
  assert.equal(await both[0], await both[1]);
  await images.get('a', read);
  assert.deepEqual(reads, ['a']);
});

test('beyond its bytes the image used longest ago is forgotten, the newest never', async () => {
  const { reads, read } = counted(60);
  const images = new RecentImages<Image>(130);
  for (const path of ['a', 'b', 'a', 'c', 'a', 'b']) await images.get(path, read);
  assert.deepEqual(reads, ['a', 'b', 'c', 'b']);
  const small = new RecentImages<Image>(1);
  await small.get('x', read);
  await small.get('x', read);
  assert.deepEqual(reads.slice(4), ['x']);
});

test('a failure is told and tried again', async () => {
  const { reads, read } = counted(1);
  const images = new RecentImages<Image>(100);
  await assert.rejects(
    images.get('a', () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  await images.get('a', read);
  assert.deepEqual(reads, ['a']);
});
