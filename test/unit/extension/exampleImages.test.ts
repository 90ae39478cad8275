import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { test } from 'node:test';
import { exampleImages, imageInDataset } from '../../../src/extension/exampleImages.ts';

test('the examples of a report are the images of its worst pairs, each once', () => {
  const pair = (left: string, right: string) => ({ left, right, distance: 0.5 });
  const images = exampleImages([
    { worstMatched: [pair('a.jpg', 'b.jpg')], worstUnmatched: [pair('b.jpg', 'c.jpg')] },
    { worstMatched: [pair('a.jpg', 'd.jpg')], worstUnmatched: [] },
  ]);
  assert.deepEqual([...images].sort(), ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
  assert.equal(exampleImages([]).size, 0);
});

test('an image of the data set is found below its folder, on any platform', () => {
  assert.equal(imageInDataset('/faces', 'a/1.jpg', posix), '/faces/a/1.jpg');
  assert.equal(imageInDataset('/faces', '..a/1.jpg', posix), '/faces/..a/1.jpg');
  assert.equal(imageInDataset('D:\\faces', 'a/1.PNG', win32), 'D:\\faces\\a\\1.PNG');
});

test('what lies outside the data set is no image of it', () => {
  for (const image of ['../1.jpg', 'a/../../1.jpg', '/etc/1.jpg', '..', '']) {
    assert.equal(imageInDataset('/faces', image, posix), null, image);
  }
  for (const image of ['..\\1.jpg', 'E:\\1.jpg', '\\\\host\\share\\1.jpg', '/1.jpg']) {
    assert.equal(imageInDataset('D:\\faces', image, win32), null, image);
  }
});

test('a file that no page could show as an image is none', () => {
  for (const image of ['.bashrc', 'a/key.pem', '1.jpg.txt', 'jpg', '1.svg', '1.tif']) {
    assert.equal(imageInDataset('/faces', image, posix), null, image);
  }
});
