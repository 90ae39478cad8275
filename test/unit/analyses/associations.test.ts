import assert from 'node:assert/strict';
import { test } from 'node:test';
import { associate, type AttributeAssociation } from '../../../src/analyses/associations.ts';
import type { AttributeColumn } from '../../../src/domain/attributeColumn.ts';
import { attributes, identities } from '../../support/macroscaleFixture.ts';

test('by hand: phi of two attributes over the images where both are known', () => {
  // Both known in six images: table 2 1 / 1 2, phi = (4 − 1)/9.
  const found = only(
    associate(null, [column('A', [1, 1, 1, -1, -1, -1, 0, 1]), column('B', [1, 1, -1, 1, -1, -1, 1, 0])]),
  );
  assert.equal(found.nImages, 6);
  assertNear(found.phi, 1 / 3);
  assertNear(found.cramersV, 1 / 3);
  assert.equal(found.phiOfPeople, null);
});

test('equal attributes have phi 1, opposite ones −1, and Cramér’s V has no sign', () => {
  const values = [1, -1, 1, 1, -1];
  const [same, opposite] = associate(null, [
    column('A', values),
    column('B', values),
    column(
      'C',
      values.map((value) => -value),
    ),
  ]);
  assert.deepEqual([same!.phi, same!.cramersV], [1, 1]);
  assert.deepEqual([opposite!.phi, opposite!.cramersV], [-1, 1]);
});

test('an attribute that never varies where the other is known has no association', () => {
  const found = only(associate(Int32Array.of(0, 1, 2), [column('A', [1, 1, -1]), column('B', [1, -1, 0])]));
  assert.deepEqual(found, {
    kind: 'attribute',
    a: 'A',
    b: 'B',
    nImages: 2,
    phi: null,
    cramersV: null,
    phiOfPeople: null,
  });
  assert.equal(only(associate(null, [column('A', []), column('B', [])])).phi, null);
});

test('by hand: between people, their mean values are correlated, not their images', () => {
  // Person 0: A 1, B 0; person 1: A 0, B 1; person 2: A −1, B −1; person 3 has no known B.
  const found = only(
    associate(Int32Array.of(0, 0, 1, 1, 2, 2, 3), [
      column('A', [1, 1, 1, -1, -1, -1, 1]),
      column('B', [1, -1, 1, 1, -1, -1, 0]),
    ]),
  );
  // Means 1 0 −1 and 0 1 −1: product of deviations 1, squares 2 and 2.
  assertNear(found.phiOfPeople, 1 / 2);
  assert.equal(found.nImages, 6);
});

test('rows beyond a whole number of words of bits count like any other', () => {
  for (const n of [31, 32, 33, 63, 64, 65, 100]) {
    const a = Array.from({ length: n }, (_, row) => (row % 3 === 0 ? 1 : -1));
    const b = Array.from({ length: n }, (_, row) => (row % 2 === 0 ? 1 : -1));
    const found = only(associate(null, [column('A', a), column('B', b)]));
    assert.equal(found.nImages, n);
    assertNear(found.phi, plainPearson(a, b));
  }
});

test('the CelebA-shaped fixture: phi and its people’s form equal NumPy’s corrcoef, V SciPy’s chi2_contingency', () => {
  const found = associate(identities, attributes);
  assert.equal(found.length, (12 * 11) / 2);
  // numpy.corrcoef of the columns, and of identity means; √(χ²/n) without correction: NumPy 2.4.6, SciPy 1.17.1.
  for (const [a, b, phi, v, ofPeople] of reference) {
    const row = found.find((one) => [one.a, one.b].sort().join() === [a, b].sort().join())!;
    assertNear(row.phi, phi);
    assertNear(row.cramersV, v);
    assertNear(row.phiOfPeople, ofPeople);
  }
});

test('columns of several values: Cramér’s V of the whole table, as SciPy 1.17.1 gives it', () => {
  // chi2_contingency([[12, 5, 7, 1], [3, 14, 9, 2], [8, 6, 20, 4]], correction=False): χ² = 19.0193.
  const counts = [
    [12, 5, 7, 1],
    [3, 14, 9, 2],
    [8, 6, 20, 4],
  ];
  const cells = counts.flatMap((row, i) =>
    row.flatMap((count, j) => Array.from({ length: count }, () => [i, j] as const)),
  );
  const first = oneVsRest(
    'race',
    cells.map(([i]) => i),
    3,
  );
  const second = oneVsRest(
    'age',
    cells.map(([, j]) => j),
    4,
  );
  const columns = associate(null, [...first, ...second]).filter(({ kind }) => kind === 'column');
  const found = only(columns);
  assert.deepEqual([found.a, found.b, found.nImages, found.phi], ['race', 'age', 91, null]);
  assertNear(found.cramersV, 0.32326714370043225);
});

test('a column of several values against a lone attribute, images unknown in one of them left out', () => {
  // chi2_contingency([[12, 5, 7], [3, 14, 9]], correction=False): χ² = 9.84892, V = √(χ²/50).
  const cells = [12, 5, 7, 3, 14, 9].flatMap((count, cell) =>
    Array.from({ length: count }, () => [cell < 3 ? -1 : 1, cell % 3] as const),
  );
  const sex = column('Male', [...cells.map(([sign]) => sign), 0, 1]);
  const race = oneVsRest('race', [...cells.map(([, value]) => value), 1, -1], 3);
  const found = only(associate(null, [sex, ...race]).filter(({ kind }) => kind === 'column'));
  assert.deepEqual([found.a, found.b, found.nImages], ['Male', 'race', 50]);
  assertNear(found.cramersV, 0.4438224005296215);
});

test('attributes of two values make no columns, nor do combinations and pairs of values', () => {
  const values = [1, -1, 1, -1];
  const rules: AttributeColumn['rule'][] = [
    { kind: 'binary' },
    { kind: 'combination', expression: 'A & B' },
    { kind: 'pairwise', column: 'race', positive: 'a', negative: 'b' },
    { kind: 'oneVsRest', column: 'sex', value: 'f' },
  ];
  const two = rules.map((rule, i) => ({ ...column(`A${i}`, values), rule }));
  assert.deepEqual(new Set(associate(null, two).map(({ kind }) => kind)), new Set(['attribute']));
  const withRace = associate(null, [...two, ...oneVsRest('race', [0, 1, 2, 0], 3)]);
  assert.deepEqual(
    withRace.filter(({ kind }) => kind === 'column').map(({ a, b }) => `${a}, ${b}`),
    ['A0, race', 'A3, race'],
  );
});

const reference: readonly (readonly [string, string, number, number, number])[] = [
  ['Male', 'No_Beard', -0.4303245431160082, 0.4303245431160087, -0.5102642679851925],
  ['Smiling', 'High_Cheekbones', 0.6103194972811062, 0.6103194972811089, 0.828976300577223],
  ['Bald', 'Young', -0.025537942104658776, 0.025537942104659095, -0.0244443533678349],
];

function oneVsRest(name: string, codes: readonly number[], nValues: number): AttributeColumn[] {
  return Array.from({ length: nValues }, (_, value) => ({
    name: `${name}=${value}`,
    values: Int8Array.from(codes, (code) => (code < 0 ? 0 : code === value ? 1 : -1)),
    rule: { kind: 'oneVsRest', column: name, value: String(value) },
  }));
}

function plainPearson(a: readonly number[], b: readonly number[]): number {
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [meanOf(a), meanOf(b)];
  const product = a.reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0);
  const square = (values: readonly number[], m: number) => values.reduce((sum, v) => sum + (v - m) ** 2, 0);
  return product / Math.sqrt(square(a, ma) * square(b, mb));
}

function only(rows: readonly AttributeAssociation[]): AttributeAssociation {
  assert.equal(rows.length, 1);
  return rows[0]!;
}

function assertNear(found: number | null, expected: number): void {
  assert.ok(found !== null && Math.abs(found - expected) < 1e-12, `${found} for ${expected}`);
}

function column(name: string, values: readonly number[]): AttributeColumn {
  return { name, values: Int8Array.from(values), rule: { kind: 'binary' } };
}
