import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binDistances, nInferenceBins } from '../../../src/analyses/binnedDistances.ts';

const people = {
  nPositive: 2,
  nNegative: 2,
  identities: Int32Array.of(0, 1, 1, 2),
  withinPositive: Float64Array.of(0),
  withinNegative: Float64Array.of(2048),
};

/** Each pair with its bin, as `i-j:bin`. */
function list({ pairs }: ReturnType<typeof binDistances>): string[] {
  const out: string[] = [];
  for (let bin = 0; bin < pairs.nBins; bin++) {
    for (let at = pairs.starts[bin]!; at < pairs.starts[bin + 1]!; at++) {
      out.push(`${pairs.left[at]}-${pairs.right[at]}:${bin}`);
    }
  }
  return out;
}

test('by hand: pairs in order of their bins, the largest distance in the last', () => {
  const binned = binDistances({
    ...people,
    cross: Float64Array.of(1, 0.5, 1000.25, 2047.5),
    sameIdentity: 'include',
  });
  assert.equal(nInferenceBins, 2048);
  assert.deepEqual(binned.bins, { min: 0, max: 2048, nBins: 2048 });
  assert.equal(binned.pairs.nPoints, 4);
  assert.deepEqual(list(binned), ['0-1:0', '0-3:0', '0-2:1', '1-2:1000', '1-3:2047', '2-3:2047']);
});

test('a pair of one person that was left out of the distances is no pair', () => {
  const binned = binDistances({
    ...people,
    cross: Float64Array.of(1, 0.5, 2047.5),
    sameIdentity: 'exclude',
  });
  assert.deepEqual(list(binned), ['0-1:0', '0-3:0', '0-2:1', '1-3:2047', '2-3:2047']);
});

test('where all distances are equal, all pairs are in one bin', () => {
  const all = Float64Array.of(3, 3, 3, 3);
  const binned = binDistances({
    ...people,
    withinPositive: Float64Array.of(3),
    withinNegative: Float64Array.of(3),
    cross: all,
    sameIdentity: 'include',
  });
  assert.deepEqual(new Set(list(binned).map((pair) => pair.split(':')[1])), new Set(['0']));
  assert.equal(list(binned).length, 6);
});
