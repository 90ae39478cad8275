import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DatasetTable, identitiesFromNames, selectRows } from '../../../src/domain/datasetTable.ts';

const images = ['a.jpg', 'b.jpg', 'c.jpg'];

const table: DatasetTable = {
  kind: 'table',
  name: 'faces',
  root: '/faces',
  images,
  identities: identitiesFromNames(['Ann', undefined, 'Ann'], images),
  attributes: [{ name: 'Smiling', values: Int8Array.of(1, 0, -1), rule: { kind: 'binary' } }],
  attributesFromImages: false,
  annotationRow: Int32Array.of(0, 4, 7),
  nAnnotationRows: 9,
  diagnostics: [],
};

test('selected rows keep their identity, attribute values and place in the annotation file', () => {
  const selected = selectRows(table, Int32Array.of(2, 1));
  assert.deepEqual(selected.images, ['c.jpg', 'b.jpg']);
  assert.deepEqual([...selected.identities.index], [0, 1]);
  assert.deepEqual([...selected.attributes[0]!.values], [-1, 0]);
  assert.deepEqual([...selected.annotationRow], [7, 4]);
  assert.equal(selected.nAnnotationRows, 9);
});

test('a row without an identity is a person of its own, also when its image is called like a person', () => {
  const identities = identitiesFromNames(['b.jpg', undefined, 'b.jpg'], images);
  assert.deepEqual([...identities.index], [0, 1, 0]);
});
