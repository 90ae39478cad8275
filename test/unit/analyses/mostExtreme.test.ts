import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostExtreme, type PairWalk } from '../../../src/analyses/mostExtreme.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

/** All pairs of points on a line. */
function onLine(xs: readonly number[]): PairWalk {
  return (visit) => {
    xs.forEach((x, i) => {
      for (let j = i + 1; j < xs.length; j++) visit(i, j, Math.abs(x - xs[j]!));
    });
  };
}

function pairs(...args: Parameters<typeof mostExtreme>): string[] {
  return mostExtreme(...args).map(({ i, j, distance }) => `${i}-${j} ${distance}`);
}

test('by hand: the smallest and the largest distances, most extreme first', () => {
  const walk = onLine([0, 1, 3, 7]);
  assert.deepEqual(pairs('smallest', 4, walk), ['0-1 1', '1-2 2', '0-2 3', '2-3 4'].slice(0, 3));
  assert.deepEqual(pairs('largest', 4, walk), ['0-3 7', '1-3 6', '0-2 3', '1-2 2']);
});

test('no point is in more than two pairs, so that an odd one does not fill the list', () => {
  const found = mostExtreme('largest', 8, onLine([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 100]));
  assert.equal(found.filter(({ i, j }) => i === 7 || j === 7).length, 2);
  assert.equal(found.length, 6);
});

test('of equals the first comes first, and there are six at most', () => {
  const equal: PairWalk = (visit) => {
    for (let i = 0; i < 20; i += 2) visit(i, i + 1, 1);
  };
  const first = ['0-1 1', '2-3 1', '4-5 1', '6-7 1', '8-9 1', '10-11 1'];
  assert.deepEqual(pairs('smallest', 20, equal), first);
  assert.deepEqual(pairs('largest', 20, equal), first);
  assert.deepEqual(pairs('smallest', 20, equal, 2), first, 'also where few are kept');
});

test('however few pairs are kept between two walks, the same are found', () => {
  const random = new SeededRandom(5);
  for (let round = 0; round < 20; round++) {
    // Many ties, and an odd point far from all others.
    const xs = Array.from({ length: 30 }, () => random.nextInt(12));
    xs[random.nextInt(30)] = 500;
    const walk = onLine(xs);
    for (const order of ['smallest', 'largest'] as const) {
      const expected = pairs(order, xs.length, walk, 1_000);
      assert.equal(expected.length, 6);
      assert.equal(new Set(expected).size, 6);
      for (const kept of [1, 2, 7]) assert.deepEqual(pairs(order, xs.length, walk, kept), expected);
    }
  }
});

test('a distance that is no number is passed over, and nothing is found among nothing', () => {
  const walk: PairWalk = (visit) => {
    visit(0, 1, Number.NaN);
    visit(0, 2, 3);
  };
  assert.deepEqual(pairs('smallest', 3, walk), ['0-2 3']);
  assert.deepEqual(
    pairs('largest', 0, () => undefined),
    [],
  );
});
