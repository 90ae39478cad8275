import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { PageMessage } from '../../../src/protocol/webviewMessages.ts';
import { answerTimeoutMs, ThumbnailLoader, type WantedPicture } from '../../../webview-ui/thumbnails.ts';

function loader(context: TestContext, limit?: number) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const posted: PageMessage[] = [];
  let failureChanges = 0;
  const thumbnails = new ThumbnailLoader(
    (message) => void posted.push(message),
    () => failureChanges++,
    limit,
  );
  return {
    thumbnails,
    posted,
    failureChanges: () => failureChanges,
    passTime: () => context.mock.timers.tick(answerTimeoutMs),
  };
}

function whole(...images: readonly string[]): WantedPicture[] {
  return images.map((image) => ({ image, model: null }));
}

function answers(uris: Readonly<Record<string, string | null>>, model: string | null = null) {
  return Object.entries(uris).map(([image, uri]) => ({ image, model, uri }));
}

test('each image is asked for once, however often it is wanted', (t) => {
  const { thumbnails, posted } = loader(t);
  thumbnails.request(whole('a', 'b', 'a', ''));
  thumbnails.request(whole('b'));
  thumbnails.request(whole('b', 'c'));
  assert.deepEqual(posted, [
    { type: 'requestThumbnails', id: 1, images: ['a', 'b'], model: null },
    { type: 'requestThumbnails', id: 2, images: ['c'], model: null },
  ]);
});

test('one image is another picture to another model', (t) => {
  const { thumbnails, posted } = loader(t);
  const wanted = (model: string | null) => ({ image: 'a', model });
  thumbnails.request([wanted(null), wanted('m'), wanted('n'), wanted('m')]);
  assert.deepEqual(
    posted.map((message) => message.type === 'requestThumbnails' && [message.images, message.model]),
    [
      [['a'], null],
      [['a'], 'm'],
      [['a'], 'n'],
    ],
  );
  thumbnails.receive(answers({ a: 'data:m' }, 'm'), null);
  assert.deepEqual(
    [null, 'm', 'n'].map((model) => thumbnails.uriOf(wanted(model))),
    [undefined, 'data:m', undefined],
  );
});

test('an answer gives the picture, or says that there is none, to whoever watches', (t) => {
  const { thumbnails } = loader(t);
  const [a, b, never] = whole('a', 'b', 'never asked for');
  const shown: unknown[] = [];
  thumbnails.subscribe({ ...a!, show: (uri) => void shown.push(['a', uri]) });
  const stop = thumbnails.subscribe({ ...b!, show: (uri) => void shown.push(['b', uri]) });
  thumbnails.request([a!, b!]);
  assert.equal(thumbnails.uriOf(a!), undefined);
  stop();
  thumbnails.receive(answers({ a: 'data:x', b: null, 'never asked for': 'data:y' }), null);
  assert.deepEqual(
    [a, b, never].map((one) => thumbnails.uriOf(one!)),
    ['data:x', null, undefined],
  );
  assert.deepEqual(shown, [
    ['a', undefined],
    ['b', undefined],
    ['a', 'data:x'],
  ]);
  const later: unknown[] = [];
  thumbnails.subscribe({ ...b!, show: (uri) => void later.push(uri) });
  assert.deepEqual(later, [null], 'who comes later is told at once');
});

test('without an answer in time an image is not to be had; a late answer still counts', (t) => {
  const { thumbnails, passTime } = loader(t);
  const [a, b] = whole('a', 'b');
  thumbnails.request([a!, b!]);
  thumbnails.receive(answers({ a: 'data:x' }), null);
  passTime();
  assert.deepEqual([thumbnails.uriOf(a!), thumbnails.uriOf(b!)], ['data:x', null]);
  thumbnails.receive(answers({ b: 'data:y' }), null);
  assert.equal(thumbnails.uriOf(b!), 'data:y');
});

test('more images than one message may name are asked for in several', (t) => {
  const { thumbnails, posted } = loader(t);
  thumbnails.request(whole(...Array.from({ length: 205 }, (_, i) => `${i}`)));
  assert.deepEqual(
    posted.map((message) => (message.type === 'requestThumbnails' ? message.images.length : 0)),
    [100, 100, 5],
  );
});

test('pictures of another data set are forgotten, those of the same are kept', (t) => {
  const { thumbnails, posted, passTime } = loader(t);
  const [a] = whole('a');
  const source = (digest: string) => thumbnails.setSource({ digest, hasRows: false });
  source('one');
  thumbnails.request([a!]);
  thumbnails.receive(answers({ a: 'data:x' }), null);
  source('one');
  assert.equal(thumbnails.uriOf(a!), 'data:x');
  source('two');
  assert.equal(thumbnails.uriOf(a!), undefined);
  thumbnails.request([a!]);
  assert.equal(posted.length, 2);
  source('three');
  passTime();
  assert.equal(thumbnails.uriOf(a!), undefined, 'the timeout of another data set says nothing');
});

test('why there are none is told once, and with the report they are asked for again', (t) => {
  const { thumbnails, posted, failureChanges } = loader(t);
  const [a, b] = whole('a', 'b');
  thumbnails.setSource({ digest: 'one', hasRows: true });
  assert.equal(thumbnails.hasRows, true);
  const shown: unknown[] = [];
  thumbnails.subscribe({ ...a!, show: (uri) => void shown.push(uri) });
  thumbnails.request([a!, b!]);
  thumbnails.receive(answers({ a: null, b: null }), 'No trust.');
  thumbnails.receive([], 'No trust.');
  assert.deepEqual([thumbnails.failure, failureChanges()], ['No trust.', 1]);
  thumbnails.setSource({ digest: 'one', hasRows: true });
  assert.equal(thumbnails.failure, null);
  assert.deepEqual(posted.at(-1), { type: 'requestThumbnails', id: 2, images: ['a'], model: null });
  thumbnails.receive(answers({ a: 'data:x' }), null);
  assert.deepEqual(shown, [undefined, null, undefined, 'data:x']);
});

test('of many pictures those that were used last are kept, and those that are looked at', (t) => {
  const { thumbnails, posted } = loader(t, 2);
  const [a, b, c, d] = whole('a', 'b', 'c', 'd');
  thumbnails.subscribe({ ...a!, show: () => undefined });
  for (const one of [a, b, c]) {
    thumbnails.request([one!]);
    thumbnails.receive(answers({ [one!.image]: 'data:x' }), null);
  }
  assert.deepEqual(
    [a, b, c].map((one) => thumbnails.uriOf(one!)),
    ['data:x', undefined, 'data:x'],
  );
  thumbnails.request([c!, d!]);
  thumbnails.receive(answers({ d: 'data:x' }), null);
  assert.equal(thumbnails.uriOf(c!), undefined, 'a is looked at');
  thumbnails.request([b!]);
  assert.deepEqual(posted.at(-1), { type: 'requestThumbnails', id: 5, images: ['b'], model: null });
});
