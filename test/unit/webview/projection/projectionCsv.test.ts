import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointSetOf } from '../../../../webview-ui/projection/pointSet.ts';
import {
  allPointsAsCsv,
  selectionAsCsv,
  selectionFileName,
} from '../../../../webview-ui/projection/projectionCsv.ts';
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
  assert.equal(selectionFileName('faces.attrlens.json', 'umap'), 'faces-umap-selection.csv');
  assert.equal(selectionFileName('old.json', 'pca'), 'old-pca-selection.csv');
  assert.ok(selectionFileName('x'.repeat(400), 'pca').length <= 200);
  assert.equal(selectionFileName('.attrlens.json', 'pca'), 'report-pca-selection.csv');
});
