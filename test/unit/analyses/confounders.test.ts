import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likelyConfounders } from '../../../src/analyses/confounders.ts';
import type { AttributeColumn } from '../../../src/domain/attributeColumn.ts';
import { column } from '../../support/runMacroscale.ts';

const attributes = ['a', 'b', 'c', 'd'].map((name) => column(name, new Int8Array(0)));

function pair(a: string, b: string, phi: number | null, phiOfPeople: number | null) {
  return { kind: 'attribute', a, b, phi, phiOfPeople } as const;
}

test('those most strongly associated among people, whatever the sign, strongest first', () => {
  const associations = [
    pair('a', 'b', 0.9, 0.1),
    pair('a', 'c', 0.1, -0.7),
    pair('a', 'd', 0, 0.4),
    pair('b', 'c', 0.2, 0.2),
  ];
  const found = likelyConfounders(attributes, associations, 2);
  assert.deepEqual(found, [
    { attribute: 'a', given: 'c' },
    { attribute: 'a', given: 'd' },
    { attribute: 'b', given: 'c' },
    { attribute: 'b', given: 'a' },
    { attribute: 'c', given: 'a' },
    { attribute: 'c', given: 'b' },
    { attribute: 'd', given: 'a' },
  ]);
});

test('where nobody is known, images count; no association is none', () => {
  const associations = [pair('a', 'b', 0.3, null), pair('a', 'c', null, null), pair('a', 'd', 0, null)];
  assert.deepEqual(likelyConfounders(attributes, associations, 3), [
    { attribute: 'a', given: 'b' },
    { attribute: 'b', given: 'a' },
  ]);
});

test('values of one column are no confounders of each other', () => {
  const values: AttributeColumn[] = ['x', 'y'].map((value) => ({
    ...column(value, new Int8Array(0)),
    rule: { kind: 'oneVsRest', column: 'hair', value },
  }));
  assert.deepEqual(likelyConfounders(values, [pair('x', 'y', -0.8, -0.9)], 3), []);
});
