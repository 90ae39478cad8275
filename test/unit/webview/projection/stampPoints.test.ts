import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rgb } from '../../../../webview-ui/projection/ramp.ts';
import {
  colourOf,
  makeStamp,
  paintPoints,
  type PointSymbol,
  stampReach,
  wordOf,
} from '../../../../webview-ui/projection/stampPoints.ts';

const size = 64;
const white: Rgb = [255, 255, 255];
const blue: Rgb = [0, 114, 178];
const place = { order: Uint32Array.of(0), stride: 1, groupOf: Uint8Array.of(0), scale: 1, left: 0, top: 0 };

function paint(symbol: PointSymbol, at: readonly [x: number, y: number], radius = 5) {
  const pixels = new Uint32Array(size * size).fill(wordOf(white));
  paintPoints(
    { pixels, width: size, height: size },
    {
      ...place,
      x: Float64Array.of(at[0]),
      y: Float64Array.of(-at[1]),
      stamps: [makeStamp(symbol, radius, blue, size)],
    },
  );
  return {
    at: (x: number, y: number) => colourOf(pixels[y * size + x]!),
    nPainted: pixels.reduce((n, word) => n + (word === wordOf(white) ? 0 : 1), 0),
  };
}

test('a colour is the one that its word was made of', () => {
  assert.deepEqual(colourOf(wordOf([1, 2, 3])), [1, 2, 3]);
});

test('a disc is filled, a ring is hollow, a dot is small', () => {
  const [disc, ring, dot] = [paint('disc', [30, 30]), paint('ring', [30, 30]), paint('dot', [30, 30])];
  assert.deepEqual(disc.at(30, 30), blue);
  assert.deepEqual(ring.at(30, 30), white);
  assert.deepEqual(ring.at(34, 30), blue);
  assert.deepEqual([dot.at(30, 30), dot.at(34, 30)], [blue, white]);
  assert.ok(dot.nPainted < disc.nPainted / 2);
});

test('an edge is between both colours', () => {
  const [r] = paint('disc', [30, 30], 4.5).at(33, 33);
  assert.ok(r > 0 && r < 255, String(r));
});

test('a point at the border paints only what is there, and one that is not there paints nothing', () => {
  assert.ok(paint('disc', [stampReach, stampReach], 15).nPainted > 600);
  for (const at of [
    [stampReach - 1, 30],
    [size - stampReach, 30],
    [30, 0],
    [30, 1e9],
    [Number.NaN, 30],
  ] as const) {
    assert.equal(paint('disc', at, 15).nPainted, 0, String(at));
  }
});
