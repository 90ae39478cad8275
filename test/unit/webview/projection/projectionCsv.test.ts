import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointSetOf } from '../../../../webview-ui/projection/pointSet.ts';
import { selectionAsCsv, selectionFileName } from '../../../../webview-ui/projection/projectionCsv.ts';
import { sampleProjection } from '../../../support/sampleProjection.ts';

const base = sampleProjection({ nPoints: 20, nAttributes: 1 });
const projection = {
  ...base,
  points: { images: ['a, b.jpg', '=c.jpg', 'd.jpg'], identities: [1, 0, 1], identityNames: ['Ann', 'Bob'] },
  attributes: [
    { name: 'Hat', codes: '+-?' },
    { name: '@Beard', codes: '-+-' },
  ],
};
const model = { ...base.models[0]!, umap: { x: [1.5, -2, 0], y: [0.25, 3, 1e-7] } };

test('a selection is a line for each point with its person, place and attributes; formulas are made inert', () => {
  assert.deepEqual(
    selectionAsCsv(projection, pointSetOf(model, 'umap'), Int32Array.of(0, 1, 2)).split('\r\n'),
    [
      "image,identity,x,y,Hat,'@Beard",
      '"a, b.jpg",Bob,1.5,0.25,1,0',
      "'=c.jpg,Ann,-2,3,0,1",
      'd.jpg,Bob,0,1e-7,,0',
      '',
    ],
  );
});

test('its file is named after the report', () => {
  assert.equal(selectionFileName('faces.attrlens.json', 'umap'), 'faces-umap-selection.csv');
  assert.equal(selectionFileName('old.json', 'pca'), 'old-pca-selection.csv');
  assert.ok(selectionFileName('x'.repeat(400), 'pca').length <= 200);
  assert.equal(selectionFileName('.attrlens.json', 'pca'), 'report-pca-selection.csv');
});
