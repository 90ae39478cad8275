import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldAlignment, Retention } from '../../../src/protocol/microscaleSchema.ts';
import { arrowHead, fieldArrows } from '../../../webview-ui/charts/fieldArrows.ts';
import { alignedPairs, alignmentCell, farthestSteps } from '../../../webview-ui/fieldState.ts';
import {
  alignmentCellInWords,
  alignmentInWords,
  distanceDecimals,
  drawingsInWords,
  retentionInWords,
} from '../../../webview-ui/fieldWording.ts';
import { plainText, type Phrase } from '../../../webview-ui/wording.ts';

/** Hue does not move. */
const alignment: FieldAlignment = {
  model: 'net',
  attributes: ['brightness', 'contrast', 'hue', 'roll'],
  values: [
    [0, 0.42, null, 1.7],
    [0.42, 0, null, 0.95],
    [null, null, null, null],
    [1.7, 0.95, null, 0],
  ],
  nCurves: [
    [480, 480, 0, 1],
    [480, 480, 0, 1200],
    [0, 0, 0, 0],
    [1, 1200, 0, 480],
  ],
};

const retention: Retention = {
  model: 'net',
  attribute: 'roll',
  steps: ['−10', '0', '+10'],
  nCurves: 480,
  distances: [
    [0, 0.1384, 0.2353],
    [0.1384, 0, 0.1312],
    [0.2353, 0.1312, 0],
  ],
  beyond: [
    [0, 0, 0.125],
    [0, 0, 0],
    [0.125, 0, 0],
  ],
  threshold: 0.6015,
};

const words = (phrase: Phrase) =>
  plainText(phrase)
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\u202F/g, ' ');

test('pairs of attributes go from the most alike to the most opposite, those without a number last', () => {
  assert.deepEqual(
    alignedPairs(alignment).map(({ a, b, value, nCurves }) => [a, b, value, nCurves]),
    [
      ['brightness', 'contrast', 0.42, 480],
      ['contrast', 'roll', 0.95, 1200],
      ['brightness', 'roll', 1.7, 1],
      ['brightness', 'hue', null, 0],
      ['contrast', 'hue', null, 0],
      ['hue', 'roll', null, 0],
    ],
  );
});

test('the cell of a chosen attribute is the one least unrelated to it until another is chosen', () => {
  assert.deepEqual(alignmentCell(alignment, 'brightness', null), { row: 0, column: 3 });
  assert.deepEqual(alignmentCell(alignment, 'contrast', null), { row: 1, column: 0 });
  assert.deepEqual(alignmentCell(alignment, 'contrast', 'roll'), { row: 1, column: 3 });
  assert.deepEqual(alignmentCell(alignment, 'contrast', 'age'), { row: 1, column: 0 });
  assert.deepEqual(alignmentCell(alignment, 'hue', null), { row: 2, column: 2 });
  assert.equal(alignmentCell(alignment, 'age', null), null);
  assert.equal(alignmentCell(alignment, null, 'roll'), null);
});

test('a cell says what it is of; what does not move has no number, and the words say why', () => {
  const said = (row: number, column: number) => words(alignmentCellInWords(alignment, { row, column }));
  assert.equal(said(0, 1), 'brightness and contrast: 0.42, 480 curves');
  assert.equal(said(0, 3), 'brightness and roll: 1.70, 1 curve');
  assert.equal(said(1, 1), 'contrast and itself, 480 curves');
  assert.equal(said(2, 2), 'hue: does not move the embedding');
  assert.equal(said(0, 2), 'brightness and hue: no number, since no image is moved by both');
});

test('the matrix names its extremes only where they are on that side of 1', () => {
  assert.match(
    words(alignmentInWords(alignment)),
    /Most alike: brightness and contrast \(0\.42\)\. Most opposite: brightness and roll \(1\.70\)\.$/,
  );
  const pair = { ...alignment, attributes: ['brightness', 'contrast'] };
  assert.match(words(alignmentInWords(pair)), /contrast \(0\.42\)\.$/);
  assert.doesNotMatch(words(alignmentInWords(pair)), /opposite:/);
});

test('the farthest steps of a segment need not be its ends', () => {
  assert.deepEqual(farthestSteps(retention), { row: 0, column: 2 });
  const bent = {
    ...retention,
    distances: [
      [0, 0.5, 0.2],
      [0.5, 0, 0.3],
      [0.2, 0.3, 0],
    ],
  };
  assert.deepEqual(farthestSteps(bent), { row: 0, column: 1 });
  assert.equal(farthestSteps({ ...retention, distances: [[0]] }), null);
});

test('retention says how far, how many segments pass the threshold, and what is not known', () => {
  assert.equal(
    words(retentionInWords(retention)),
    'How far a step lies from another, as a mean over 480 segments of roll: at most 0.235, from −10 to +10. ' +
      '12.5 % of segments end beyond the distance at which the model takes two images for two people, 0.602.',
  );
  const none = {
    ...retention,
    beyond: [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
  };
  assert.match(words(retentionInWords(none)), / No segment ends beyond the distance/);
  assert.match(
    words(retentionInWords({ ...retention, beyond: null })),
    /takes two images for two people beyond 0\.602\.$/,
  );
  assert.match(words(retentionInWords({ ...retention, beyond: null, threshold: null })), /not known here\.$/);
  const still = {
    ...retention,
    distances: [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
  };
  assert.equal(words(retentionInWords(still)), 'Along 480 segments of roll the embedding stays where it is.');
});

test('a share below a thousandth is not told as none', () => {
  const few = {
    ...retention,
    beyond: [
      [0, 0, 0.0002],
      [0, 0, 0],
      [0.0002, 0, 0],
    ],
  };
  assert.match(words(retentionInWords(few)), / < 0\.1 % of segments end/);
});

test('distances have three digits of the largest', () => {
  assert.equal(distanceDecimals(retention), 3);
  assert.equal(distanceDecimals({ ...retention, distances: [[0, 12.3]] }), 1);
  assert.equal(distanceDecimals({ ...retention, distances: [[0, 0.0123]] }), 4);
  assert.equal(distanceDecimals({ ...retention, distances: [[0]] }), 2);
});

test('points fill the square and arrows have one scale over drawings: the longest is a fifth of a side', () => {
  const [first, second] = fieldArrows([
    {
      arrows: [
        [0, 0, 0.5, 0],
        [2, 1, 0, 0.25],
      ],
    },
    {
      arrows: [
        [7, 7, 0, -0.1],
        [Number.NaN, 0, 1, 1],
      ],
    },
  ]);
  // The span is 2: 54 of 100 between the margins; y runs down.
  assert.deepEqual(first, [
    { x: 23, y: 63.5, tipX: 43, tipY: 63.5 },
    { x: 77, y: 36.5, tipX: 77, tipY: 26.5 },
  ]);
  assert.deepEqual(second, [{ x: 50, y: 50, tipX: 50, tipY: 54 }]);
  assert.deepEqual(fieldArrows([{ arrows: [] }]), [[]]);
  assert.deepEqual(fieldArrows([{ arrows: [[1, 1, 0, 0]] }]), [[{ x: 50, y: 50, tipX: 50, tipY: 50 }]]);
});

test('an arrow has a head where it is long enough for one', () => {
  assert.equal(arrowHead({ x: 0, y: 0, tipX: 0.5, tipY: 0 }), '');
  const head = arrowHead({ x: 0, y: 0, tipX: 20, tipY: 0 });
  assert.equal(head, 'M16.4 -1.74L20 0L16.4 1.74');
});

test('drawings say whose they are and how much of the variance they show', () => {
  const drawing = (explained: number) => ({
    model: 'net',
    attribute: 'roll',
    identity: 'Ann',
    energy: 0.5,
    explained,
    arrows: [[0, 0, 1, 0] as [number, number, number, number]],
  });
  const view = { identities: ['Ann'], identity: 'Ann', selected: null };
  assert.match(
    words(drawingsInWords({ ...view, drawings: [drawing(0.41), drawing(0.37)] })),
    /images of Ann, .* holds 37 % to 41 % of the variance/,
  );
  assert.match(words(drawingsInWords({ ...view, drawings: [drawing(0.41)] })), /holds 41 % of/);
});
