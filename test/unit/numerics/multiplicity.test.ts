import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { benjaminiHochberg, bonferroni, holm } from '../../../src/numerics/multiplicity.ts';

interface Fixture {
  readonly cases: readonly {
    readonly id: string;
    readonly p: readonly number[];
    readonly bonferroni: readonly number[];
    readonly holm: readonly number[];
    readonly benjamini_hochberg: readonly number[];
  }[];
  readonly must_fail: readonly { readonly id: string; readonly p: readonly (number | string)[] }[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/multiplicity/expected.json', import.meta.url), 'utf8'),
) as Fixture;

const methods = { bonferroni, holm, benjaminiHochberg };

test('by hand: three p-values out of order', () => {
  assert.deepEqual(bonferroni([0.5, 0.25, 0.125]), [1, 0.75, 0.375]);
  assert.deepEqual(holm([0.5, 0.25, 0.125]), [0.5, 0.5, 0.375]);
  assert.deepEqual(benjaminiHochberg([0.5, 0.25, 0.125]), [0.5, 0.375, 0.375]);
});

for (const { id, p, ...expected } of fixture.cases) {
  test(`fixture ${id}: all three methods`, () => {
    assertNear(bonferroni(p), expected.bonferroni);
    assertNear(holm(p), expected.holm);
    assertNear(benjaminiHochberg(p), expected.benjamini_hochberg);
  });
}

for (const { id, p } of fixture.must_fail) {
  test(`fixture ${id}: refused by each method, with the value`, () => {
    const wrong = p.map(Number).find((value) => !(value >= 0 && value <= 1))!;
    for (const adjust of Object.values(methods)) {
      assert.throws(() => adjust(p.map(Number)), {
        name: 'RangeError',
        message: `A p-value lies in [0, 1], not at ${wrong}.`,
      });
    }
  });
}

test('no p-values: none', () => {
  for (const adjust of Object.values(methods)) assert.deepEqual(adjust([]), []);
});

/** Within 1e-12, and a subnormal within the next one. */
function assertNear(found: readonly number[], expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => {
    const tolerance = Math.max(1e-12 * expected[i]!, 5e-324);
    assert.ok(Math.abs(value - expected[i]!) <= tolerance, `${i}: ${value} for ${expected[i]}`);
  });
}
