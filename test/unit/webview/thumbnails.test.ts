import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { PageMessage } from '../../../src/protocol/webviewMessages.ts';
import { answerTimeoutMs, ThumbnailLoader } from '../../../webview-ui/thumbnails.ts';

function loader(context: TestContext) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const posted: PageMessage[] = [];
  let changes = 0;
  const thumbnails = new ThumbnailLoader(
    (message) => void posted.push(message),
    () => changes++,
  );
  return {
    thumbnails,
    posted,
    changes: () => changes,
    passTime: () => context.mock.timers.tick(answerTimeoutMs),
  };
}

test('each image is asked for once, however often it is wanted', (t) => {
  const { thumbnails, posted } = loader(t);
  thumbnails.request(['a', 'b', 'a', '']);
  thumbnails.request(['b']);
  thumbnails.request(['b', 'c']);
  assert.deepEqual(posted, [
    { type: 'requestThumbnails', id: 1, images: ['a', 'b'], model: null },
    { type: 'requestThumbnails', id: 2, images: ['c'], model: null },
  ]);
});

test('an answer gives the picture, or says that there is none', (t) => {
  const { thumbnails, changes } = loader(t);
  thumbnails.request(['a', 'b']);
  assert.equal(thumbnails.uriOf('a'), undefined);
  thumbnails.receive([
    { image: 'a', model: null, uri: 'data:x' },
    { image: 'b', model: null, uri: null },
    { image: 'never asked for', model: null, uri: 'data:y' },
  ]);
  assert.deepEqual([thumbnails.uriOf('a'), thumbnails.uriOf('b')], ['data:x', null]);
  assert.equal(thumbnails.uriOf('never asked for'), undefined);
  assert.equal(changes(), 1);
});

test('without an answer in time an image is not to be had; a late answer still counts', (t) => {
  const { thumbnails, changes, passTime } = loader(t);
  thumbnails.request(['a', 'b']);
  thumbnails.receive([{ image: 'a', model: null, uri: 'data:x' }]);
  passTime();
  assert.deepEqual([thumbnails.uriOf('a'), thumbnails.uriOf('b')], ['data:x', null]);
  assert.equal(changes(), 2);
  thumbnails.receive([{ image: 'b', model: null, uri: 'data:y' }]);
  assert.equal(thumbnails.uriOf('b'), 'data:y');
});

test('an answer in time leaves nothing for the timeout', (t) => {
  const { thumbnails, changes, passTime } = loader(t);
  thumbnails.request(['a']);
  thumbnails.receive([{ image: 'a', model: null, uri: null }]);
  passTime();
  assert.equal(changes(), 1);
});

test('more images than one message may name are asked for in several', (t) => {
  const { thumbnails, posted } = loader(t);
  thumbnails.request(Array.from({ length: 205 }, (_, i) => `${i}`));
  assert.deepEqual(
    posted.map((message) => (message.type === 'requestThumbnails' ? message.images.length : 0)),
    [100, 100, 5],
  );
});

test('pictures of another data set are forgotten, those of the same are kept', (t) => {
  const { thumbnails, posted, passTime } = loader(t);
  thumbnails.setSource('one');
  thumbnails.request(['a']);
  thumbnails.receive([{ image: 'a', model: null, uri: 'data:x' }]);
  thumbnails.setSource('one');
  assert.equal(thumbnails.uriOf('a'), 'data:x');
  thumbnails.setSource('two');
  assert.equal(thumbnails.uriOf('a'), undefined);
  thumbnails.request(['a']);
  assert.equal(posted.length, 2);
  thumbnails.setSource('three');
  passTime();
  assert.equal(thumbnails.uriOf('a'), undefined, 'the timeout of another data set says nothing');
});
