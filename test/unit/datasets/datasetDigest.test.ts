import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetDigest } from '../../../src/datasets/datasetDigest.ts';
import { type DatasetTable, identitiesFromNames } from '../../../src/domain/datasetTable.ts';

const images = ['a.jpg', 'b.jpg'];
const table: DatasetTable = {
  kind: 'table',
  name: 'faces',
  root: '/faces',
  images,
  identities: identitiesFromNames(['Ann', 'Bob'], images),
  attributes: [{ name: 'A', values: Int8Array.of(1, -1), rule: { kind: 'binary' } }],
  attributesFromImages: false,
  landmarks: null,
  boxes: null,
  landmarkFrame: null,
  split: null,
  pairs: null,
  annotationRow: Int32Array.of(0, 1),
  annotationFile: null,
  nAnnotationRows: 2,
  diagnostics: [],
};
const keys = ['00', null];
const digest = datasetDigest(table, keys);

test('the digest is SHA-256 in hex and the same each time', () => {
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.equal(datasetDigest(table, keys), digest);
});

test('place, name, diagnostics and the numbering of identities do not matter', () => {
  const moved: DatasetTable = {
    ...table,
    kind: 'celeba',
    name: 'other',
    root: '/elsewhere',
    identities: { known: true, index: Int32Array.of(2, 0), names: ['Bob', 'unused', 'Ann'] },
    annotationRow: Int32Array.of(4, 9),
    nAnnotationRows: 10,
    diagnostics: [{ code: 'imageNotFound', message: '', count: 1, items: [] }],
  };
  assert.equal(datasetDigest(moved, keys), digest);
});

const [column] = table.attributes;
const median = (value: number) => ({ kind: 'medianSplit', column: 'A', median: value }) as const;
const changes: Record<string, [DatasetTable, (string | null)[]]> = {
  'an image’s path': [{ ...table, images: ['a.jpg', 'c.jpg'] }, keys],
  'an image’s content': [table, ['01', null]],
  'content that is not known': [table, ['00', '']],
  'an identity’s name': [{ ...table, identities: identitiesFromNames(['Ann', 'Bo'], images) }, keys],
  'who is the same person': [
    { ...table, identities: { known: true, index: Int32Array.of(0, 0), names: ['Ann'] } },
    keys,
  ],
  'whether identities are known': [{ ...table, identities: { ...table.identities, known: false } }, keys],
  'an attribute’s value': [{ ...table, attributes: [{ ...column!, values: Int8Array.of(1, 0) }] }, keys],
  'an attribute’s name': [{ ...table, attributes: [{ ...column!, name: 'B' }] }, keys],
  'an attribute’s rule': [{ ...table, attributes: [{ ...column!, rule: median(1) }] }, keys],
  'a median': [{ ...table, attributes: [{ ...column!, rule: median(2) }] }, keys],
  'one attribute less': [{ ...table, attributes: [] }, keys],
};
for (const [what, [changed, contents]] of Object.entries(changes)) {
  test(`${what} matters`, () => assert.notEqual(datasetDigest(changed, contents), digest));
}

test('all changes give digests of their own', () => {
  const digests = Object.values(changes).map(([changed, contents]) => datasetDigest(changed, contents));
  assert.equal(new Set([digest, ...digests]).size, digests.length + 1);
});

test('letters that move from a path to a digest are another data set', () => {
  const one = { ...table, images: ['ab', 'c'], identities: identitiesFromNames(['x', 'y'], ['ab', 'c']) };
  const other = { ...one, images: ['a', 'c'] };
  assert.notEqual(datasetDigest(one, ['c', '']), datasetDigest(other, ['bc', '']));
});

test('columns and names longer than the buffer count to their last byte', () => {
  const n = 70_000;
  const long = (last: number): DatasetTable => {
    const names = Array.from({ length: n }, (_, i) => String(i));
    const values = new Int8Array(n).fill(1);
    values[n - 1] = last;
    return {
      ...table,
      images: names,
      identities: identitiesFromNames(names, names),
      attributes: [{ ...column!, values }],
    };
  };
  const contents = Array<null>(n).fill(null);
  assert.notEqual(datasetDigest(long(1), contents), datasetDigest(long(-1), contents));
  const pathOf = (end: string) => ({ ...table, images: ['x'.repeat(n) + end, 'b.jpg'] });
  assert.notEqual(datasetDigest(pathOf('1'), keys), datasetDigest(pathOf('2'), keys));
});

test('another number of content digests than images is an error', () => {
  assert.throws(() => datasetDigest(table, ['00']), { code: 'internal', message: /1 content digests for 2/ });
});
