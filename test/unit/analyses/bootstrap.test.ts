import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrapDesign, drawMultiplicities, nPeoplePerSide } from '../../../src/analyses/bootstrap.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

/** Persons 0 and 1 have both modalities, 2 to 4 the positive one, 5 and 6 the negative one; the last point none. */
const design = bootstrapDesign({
  labels: Int8Array.of(1, -1, 1, -1, 1, 1, 1, 1, -1, -1, 0),
  identities: Int32Array.of(0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 7),
});

test('people with both modalities, with the positive and with the negative one are drawn apart', () => {
  const random = new SeededRandom(5);
  for (let draw = 0; draw < 50; draw++) {
    const m = drawMultiplicities(design, random);
    assert.equal(m[0]! + m[2]!, 2);
    assert.equal(m[4]! + m[5]! + m[6]!, 3);
    assert.equal(m[8]! + m[9]!, 2);
    // All points of a person are drawn with it.
    assert.deepEqual([m[0], m[2], m[6]], [m[1], m[3], m[7]]);
    assert.equal(m[10], 0);
  }
});

test('everybody of a kind is equally likely', () => {
  const random = new SeededRandom(6);
  const sums = new Float64Array(11);
  const draws = 3000;
  for (let draw = 0; draw < draws; draw++) {
    drawMultiplicities(design, random).forEach((m, point) => (sums[point]! += m));
  }
  for (let point = 0; point < 10; point++) {
    // The variance of a multiplicity is at most 2/3: within five standard deviations.
    assert.ok(Math.abs(sums[point]! / draws - 1) < 5 * Math.sqrt(2 / 3 / draws), `${point}: ${sums[point]}`);
  }
});

test('people a side are those of the modality that has fewer', () => {
  assert.equal(nPeoplePerSide(design), 4);
});
