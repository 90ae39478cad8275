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
  landmarks: null,
  boxes: null,
  landmarkFrame: null,
  split: null,
  pairs: null,
  annotationRow: Int32Array.of(0, 4, 7),
  annotationFile: null,
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

test('landmarks, boxes and splits follow their rows', () => {
  const selected = selectRows(
    {
      ...table,
      landmarks: Float32Array.from({ length: 30 }, (_, i) => i),
      boxes: Float32Array.from({ length: 12 }, (_, i) => i),
      split: Int8Array.of(0, -1, 2),
    },
    Int32Array.of(2, 0),
  );
  assert.deepEqual(
    [...selected.landmarks!],
    [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.deepEqual([...selected.boxes!], [8, 9, 10, 11, 0, 1, 2, 3]);
  assert.deepEqual([...selected.split!], [2, 0]);
});

test('pairs name the new rows; those that lost an image are counted as missing', () => {
  const pairs = {
    left: Int32Array.of(0, 1, 2),
    right: Int32Array.of(2, 2, 0),
    same: Uint8Array.of(1, 0, 1),
    fold: Uint8Array.of(0, 1, 2),
    nMissing: 4,
  };
  assert.deepEqual(selectRows({ ...table, pairs }, Int32Array.of(2, 0)).pairs, {
    left: Int32Array.of(1, 0),
    right: Int32Array.of(0, 1),
    same: Uint8Array.of(1, 1),
    fold: Uint8Array.of(0, 2),
    nMissing: 5,
  });
});

test('a row without an identity is a person of its own, also when its image is called like a person', () => {
  const identities = identitiesFromNames(['b.jpg', undefined, 'b.jpg'], images);
  assert.deepEqual([...identities.index], [0, 1, 0]);
});
