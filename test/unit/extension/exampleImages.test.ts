import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { test } from 'node:test';
import { exampleImages, imageInDataset } from '../../../src/extension/exampleImages.ts';
import { sampleReport } from '../../support/sampleReport.ts';

test('the examples of a report are the images of its pairs and faces, each once', () => {
  const pair = (left: string, right: string) => ({ left, right, distance: 0.5 });
  const { results } = sampleReport({ nAttributes: 2, verification: true });
  const [verification] = results.verification;
  const images = exampleImages({
    verification: [
      {
        ...verification!,
        worstMatched: [pair('a.jpg', 'b.jpg')],
        worstUnmatched: [pair('b.jpg', 'c.jpg')],
      },
    ],
    faces: [{ attribute: 'Hat', positive: ['a.jpg', 'd.jpg'], negative: ['e.jpg'] }],
    extremes: [
      {
        model: 'm',
        attribute: 'Hat',
        closestCross: [pair('f.jpg', 'a.jpg')],
        farthestPositive: [pair('g.jpg', 'a.jpg')],
        farthestNegative: [pair('a.jpg', 'h.jpg')],
      },
    ],
  });
  assert.deepEqual(
    [...images].sort(),
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${name}.jpg`),
  );
  assert.equal(exampleImages({ verification: [], faces: [], extremes: [] }).size, 0);
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

test('a file that is no image is none', () => {
  for (const image of ['.bashrc', 'a/key.pem', '1.jpg.txt', 'jpg', '1.svg', '1.tif.exe']) {
    assert.equal(imageInDataset('/faces', image, posix), null, image);
  }
});
