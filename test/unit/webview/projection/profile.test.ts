import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Projection } from '../../../../src/protocol/projectionSchema.ts';
import { nPeopleOf, prepareProfile, profileOf } from '../../../../webview-ui/projection/profile.ts';
import { sampleProjection } from '../../../support/sampleProjection.ts';

/** People A to E of two images each, the first three selected. */
function hand(attributes: Projection['attributes']): Projection {
  const base = sampleProjection({ nPoints: 40, nAttributes: 1 });
  const identities = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
  const images = identities.map((_, i) => `${i}.jpg`);
  return { ...base, attributes, points: { images, identities, identityNames: ['A', 'B', 'C', 'D', 'E'] } };
}
const selected = Int32Array.of(0, 1, 2, 3, 4, 5);

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 5e-6, `${actual} is not ${expected}`);
}

test('images of one person count as far as they tell something of their own', () => {
  // Inside: A both, B none, C one of two. Residuals of people 1, −1, 0: variance 2/36 · 3/2 = 1/12, so ¼ / (1/12) = 3
  // images instead of 6. Outside all agree: (2 + 2)² / (2² + 2²) = 2 instead of 4.
  const [row] = profileOf(hand([{ name: 'Hat', codes: '++--+-++++' }]), selected);
  assert.equal(row!.inside!.share, 0.5);
  assert.equal(row!.inside!.nPairs, 6);
  near(row!.inside!.nEffective, 3);
  assert.equal(row!.outside!.share, 1);
  near(row!.outside!.nEffective, 2);
  // Wilson: 0.5 ± z·√(0.25/3 + z²/36)/(1 + z²/3) = 0.125335…0.874665, and 1/(1 + z²/2) = 0.342380…1.
  assert.equal(row!.difference, -0.5);
  near(row!.interval![0], -0.5 - 0.374665);
  near(row!.interval![1], -0.5 + Math.hypot(0.374665, 1 - 0.34238));
});

test('the largest difference comes first, whichever its sign, and what is not known last', () => {
  const rows = profileOf(
    hand([
      { name: 'none', codes: '????????++' },
      { name: 'small', codes: '+-+-+-++--' },
      { name: 'less', codes: '------++++' },
      { name: 'some', codes: '+++++-----' },
    ]),
    selected,
  );
  assert.deepEqual(
    rows.map(({ attribute }) => attribute),
    ['less', 'some', 'small', 'none'],
  );
  assert.deepEqual(
    rows.map(({ difference }) => difference),
    [-1, 5 / 6, 0, null],
  );
  assert.equal(rows[3]!.interval, null);
});

test('images for which an attribute is not known are on neither side', () => {
  const [row] = profileOf(hand([{ name: 'Hat', codes: '+??-??+???' }]), selected);
  assert.deepEqual([row!.inside!.nPairs, row!.outside!.nPairs, row!.inside!.nClusters], [2, 1, 2]);
});

test('it is the same whether it was prepared or not, and in whichever order selections come', () => {
  const all = sampleProjection({ nPoints: 400, nAttributes: 6 });
  const some = Int32Array.from({ length: 90 }, (_, i) => 4 * i);
  const rest = Int32Array.from(Array.from({ length: 400 }, (_, i) => i).filter((i) => !some.includes(i)));
  const [fresh, prepared] = [{ ...all }, { ...all }];
  const nSteps = all.attributes.length;
  const further = Array.from({ length: nSteps }, () => prepareProfile(prepared));
  assert.deepEqual(further, [...Array.from({ length: nSteps - 1 }, () => true), false]);
  const rows = profileOf(fresh, some);
  assert.deepEqual(profileOf(prepared, some), rows);
  const turned = profileOf(fresh, rest);
  for (const { attribute, inside, outside } of rows) {
    const other = turned.find((row) => row.attribute === attribute)!;
    assert.deepEqual([other.inside, other.outside], [outside, inside]);
  }
  assert.deepEqual(profileOf(fresh, some), rows);
});

test('people are counted once', () => {
  assert.equal(nPeopleOf(hand([]), Int32Array.of(0, 1, 2, 9)), 3);
});
