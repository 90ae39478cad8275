import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawSelection, type SelectionRule } from '../../../src/analyses/selection.ts';
import { attributes, identities, text } from '../../support/macroscaleFixture.ts';

const first: SelectionRule = { kind: 'first' };

interface Expected {
  readonly max_samples: number;
  readonly attribute: string;
  readonly rows_positive: readonly number[];
  readonly rows_negative: readonly number[];
}

test('by hand: the first image of each identity that shows the modality, cut to the smaller side', () => {
  const values = Int8Array.of(0, 1, 1, -1, 1, -1, -1, 1);
  const people = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2);
  assert.deepEqual(drawSelection('x', values, people, 500, first), {
    positive: Int32Array.of(1, 4),
    negative: Int32Array.of(3, 5),
  });
  assert.deepEqual(drawSelection('x', values, people, 1, first).positive, Int32Array.of(1));
});

test('«first» chooses the rows of the fixture', () => {
  const expected = JSON.parse(text('expected_selection.json')) as readonly Expected[];
  assert.equal(expected.length, 24);
  for (const { max_samples, attribute, rows_positive, rows_negative } of expected) {
    const selection = drawSelection(attribute, valuesOf(attribute), identities, max_samples, first);
    assert.deepEqual([...selection.positive], rows_positive);
    assert.deepEqual([...selection.negative], rows_negative);
  }
});

test('a random draw takes one image of each identity, of the right modality, equally many of both', () => {
  for (const { name, values } of attributes) {
    const { positive, negative } = drawSelection(name, values, identities, 50, { kind: 'random', seed: 1 });
    assert.equal(positive.length, negative.length);
    for (const [rows, sign] of [
      [positive, 1],
      [negative, -1],
    ] as const) {
      assert.ok(rows.every((row) => values[row] === sign));
      assert.equal(new Set(Array.from(rows, (row) => identities[row])).size, rows.length);
      assert.deepEqual(rows, rows.toSorted());
    }
  }
});

test('the same seed draws the same rows, another seed others', () => {
  const draw = (seed: number) =>
    drawSelection('Smiling', valuesOf('Smiling'), identities, 50, { kind: 'random', seed });
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1).positive, draw(2).positive);
});

test('attributes and modalities draw from streams of their own', () => {
  const values = valuesOf('Smiling');
  const rule: SelectionRule = { kind: 'random', seed: 1 };
  const smiling = drawSelection('Smiling', values, identities, 50, rule);
  assert.notDeepEqual(drawSelection('Young', values, identities, 50, rule), smiling);
  // Were the streams shared, the negated attribute would draw the same rows with sides exchanged.
  const negated = values.map((value) => -value);
  assert.notDeepEqual(drawSelection('Smiling', negated, identities, 50, rule).negative, smiling.positive);
  // What happens to one modality leaves the other's draw alone.
  const fewerNegatives = values.map((value, row) => (value === -1 && row % 2 === 0 ? 0 : value));
  const other = drawSelection('Smiling', fewerNegatives, identities, 50, rule);
  assert.deepEqual(other.positive, smiling.positive);
});

test('a larger maximum adds identities to the same draw', () => {
  const rule: SelectionRule = { kind: 'random', seed: 9 };
  const small = drawSelection('Male', valuesOf('Male'), identities, 20, rule);
  const large = new Set(drawSelection('Male', valuesOf('Male'), identities, 60, rule).positive);
  assert.equal(small.positive.length, 20);
  assert.ok(small.positive.every((row) => large.has(row)));
});

test('identities are equally likely whatever their number of images, and so are the images of one', () => {
  // Identity 0 has 10 images, identities 1 to 9 one each; 3 of the 10 are drawn.
  const people = Int32Array.from({ length: 19 }, (_, row) => (row < 10 ? 0 : row - 9));
  const values = new Int8Array(38).fill(1, 0, 19).fill(-1, 19);
  const all = Int32Array.from([...people, ...people]);
  const ofIdentity = new Int32Array(10);
  const ofImage = new Int32Array(10);
  for (let seed = 0; seed < 4000; seed++) {
    for (const row of drawSelection('x', values, all, 3, { kind: 'random', seed }).positive) {
      ofIdentity[all[row]!]!++;
      if (row < 10) ofImage[row]!++;
    }
  }
  assert.ok(
    ofIdentity.every((n) => Math.abs(n - 1200) < 120),
    ofIdentity.join(),
  );
  assert.ok(
    ofImage.every((n) => Math.abs(n - 120) < 45),
    ofImage.join(),
  );
});

test('an attribute with one modality only selects nothing', () => {
  assert.deepEqual(drawSelection('x', Int8Array.of(1, 1), Int32Array.of(0, 1), 500, first), {
    positive: new Int32Array(0),
    negative: new Int32Array(0),
  });
});

function valuesOf(name: string): Int8Array {
  return attributes.find((attribute) => attribute.name === name)!.values;
}
