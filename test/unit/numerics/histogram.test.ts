import assert from 'node:assert/strict';
import { test } from 'node:test';
import { histogram } from '../../../src/numerics/histogram.ts';

test('a value on an edge belongs to the bin it begins, the largest to the last bin', () => {
  assert.deepEqual([...histogram(Float64Array.of(0, 0.9, 1, 2, 3.5, 4), 0, 4, 4)], [2, 1, 1, 2]);
});

test('where the range is a point, the last bin holds everything', () => {
  assert.deepEqual([...histogram(Float64Array.of(3, 3), 3, 3, 4)], [0, 0, 0, 2]);
  assert.deepEqual([...histogram(Float64Array.of(0, 5e-324), 0, 5e-324, 2)], [0, 2]);
});

test('a value outside the range or NaN is refused', () => {
  for (const wrong of [-0.1, 1.1, Number.NaN]) {
    assert.throws(
      () => histogram(Float64Array.of(0.5, wrong), 0, 1, 4),
      /^RangeError: 1 of 2 values lie outside the histogram/,
    );
  }
});
