import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointSetOf } from '../../../../webview-ui/projection/pointSet.ts';
import {
  allPointsAsCsv,
  profileAsCsv,
  selectionAsCsv,
  selectionFileName,
} from '../../../../webview-ui/projection/projectionCsv.ts';
import { profileOf } from '../../../../webview-ui/projection/profile.ts';
import { projectionTable } from '../../../../webview-ui/export/projectionTables.ts';
import { sampleProjection } from '../../../support/sampleProjection.ts';

const base = sampleProjection({ nPoints: 20, nAttributes: 1 });
const projection = {
  ...base,
  points: { images: ['a, b.jpg', '=c.jpg', 'd.jpg'], identities: [1, 0, 1], identityNames: ['Ann', 'Bob'] },
  attributes: [
    { name: 'Hat', codes: '+-?' },
    { name: '@Beard', codes: '-+-' },
  ],
  numbers: [
    { name: 'brightness', values: [0.5, null, 0.25] },
    { name: 'x', values: [7, 8, 9] },
  ],
};
const model = { ...base.models[0]!, umap: { x: [1.5, -2, 0], y: [0.25, 3, 1e-7] } };

const head = "image,identity,x,y,Hat,'@Beard,brightness,x_2";
const lines = ['"a, b.jpg",Bob,1.5,0.25,1,0,0.5,7', "'=c.jpg,Ann,-2,3,0,1,,8", 'd.jpg,Bob,0,1e-7,,0,0.25,9'];

test('a selection is a line for each point with its person, place, attributes and numbers; formulas are made inert', () => {
  assert.deepEqual(selectionAsCsv(projection, pointSetOf(model, 'umap'), Int32Array.of(0, 2)).split('\r\n'), [
    head,
    lines[0],
    lines[2],
    '',
  ]);
});

test('all points are the same lines', () => {
  assert.deepEqual(allPointsAsCsv(projection, pointSetOf(model, 'umap')).split('\r\n'), [head, ...lines, '']);
});

test('an export has the places of every drawing, named after the model where there are several', () => {
  const one = projectionTable({ ...projection, models: [model] });
  assert.equal(one.name, 'projection');
  assert.deepEqual(
    one.columns.map(({ name }) => name),
    ['image', 'identity', 'umap_x', 'umap_y', 'pca_x', 'pca_y', 'Hat', '@Beard', 'brightness', 'x'],
  );
  assert.deepEqual(one.rows[1], ['=c.jpg', 'Ann', -2, 3, model.pca.x[1], model.pca.y[1], 0, 1, null, 8]);
  const other = { ...model, model: 'b', umap: { x: [4, 5, 6], y: [1, 2, 3] } };
  const two = projectionTable({ ...projection, models: [{ ...model, model: 'a' }, other] });
  assert.deepEqual(
    two.columns.slice(2, 10).map(({ name }) => name),
    ['a', 'b'].flatMap((m) => ['umap_x', 'umap_y', 'pca_x', 'pca_y'].map((place) => `${place} of ${m}`)),
  );
  assert.equal(two.rows[2]![6], 6);
});

test('its file is named after the report', () => {
  assert.equal(selectionFileName('faces.attrlens.json', 'umap', 'selection'), 'faces-umap-selection.csv');
  assert.equal(selectionFileName('old.json', 'pca', 'selection'), 'old-pca-selection.csv');
  assert.ok(selectionFileName('x'.repeat(400), 'pca', 'selection').length <= 200);
  assert.equal(selectionFileName('.attrlens.json', 'pca', 'selection'), 'report-pca-selection.csv');
  assert.equal(selectionFileName('faces.attrlens.json', 'umap', 'profile'), 'faces-umap-profile.csv');
});

test('a profile is a line for each attribute: share, interval, images and people of both sides, and the difference', () => {
  const people = {
    ...projection,
    points: {
      images: Array.from({ length: 10 }, (_, i) => `${i}.jpg`),
      identities: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4],
      identityNames: ['A', 'B', 'C', 'D', 'E'],
    },
    attributes: [
      { name: '=Hat', codes: '++--+-++++' },
      { name: 'Beard', codes: '??????++--' },
    ],
  };
  const rows = profileOf(people, Int32Array.of(0, 1, 2, 3, 4, 5));
  const [head, hat, beard, end] = profileAsCsv(rows).split('\r\n');
  assert.equal(
    head,
    'attribute,share_inside,share_inside_low,share_inside_high,n_images_inside,n_identities_inside,' +
      'share_outside,share_outside_low,share_outside_high,n_images_outside,n_identities_outside,' +
      'difference,difference_low,difference_high',
  );
  // Intervals as in profile.test.ts, by hand: Wilson's of 1/2 at 3 images, and of 1 at 2.
  const expected = [0.5, 0.125335, 0.874665, 6, 3, 1, 0.34238, 1, 4, 2, -0.5, -0.874665, 0.256861];
  const [attribute, ...numbers] = hat!.split(',');
  assert.equal(attribute, "'=Hat");
  assert.equal(numbers.length, expected.length);
  numbers.forEach((text, i) => assert.ok(Math.abs(Number(text) - expected[i]!) < 5e-6, `${i}: ${text}`));
  const [, ...unknown] = beard!.split(',');
  assert.deepEqual(unknown.slice(0, 5), ['', '', '', '0', '0']);
  assert.deepEqual(unknown.slice(-3), ['', '', '']);
  assert.equal(end, '');
});
