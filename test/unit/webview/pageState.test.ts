import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageStateSchema } from '../../../src/protocol/webviewMessages.ts';
import { parsePageState } from '../../../webview-ui/pageState.ts';

const whole = {
  model: 'arcface-r50',
  attribute: 'Hat',
  filter: 'h',
  sort: { column: 'ks', descending: true },
  view: 'table',
  signed: false,
  section: 'verification',
  far: 0.01,
  tarSort: { column: 'gap', descending: true },
  pKind: 'holm',
  pSort: { column: 'attribute', descending: false },
  modelX: 'arcface-r50',
  modelY: 'sface',
  measure: 'positive',
  differenceSort: { column: 'difference', descending: true },
  dataSort: { column: 'intra', descending: true },
  ksAggregate: 'ksMean',
  entropy: 'interEntropy',
  association: 'phiOfPeople',
  associationOrder: 'name',
  other: 'Beard',
  score: 'auc',
  scoreSort: { column: 'leakage', descending: true },
  neighbours: 'ball:0.5',
  latticeAttribute: 'roll',
  latticeFilter: 'r',
  energySort: { column: 'step', descending: true },
  byModel: true,
  fieldIdentity: 'Person_1',
  comparedModel: 'sface',
  projectionMethod: 'pca',
  projectionColour: 'attribute:Hat',
  projectionView: 'table',
};

test('a whole state comes back whole, as the schema has it', () => {
  assert.deepEqual(parsePageState(whole), whole);
  assert.deepEqual(parsePageState(whole), pageStateSchema.parse(whole));
});

test('every field of the schema is read', () => {
  assert.deepEqual(Object.keys(parsePageState(whole)).sort(), Object.keys(pageStateSchema.shape).sort());
});

test('no state, or one that is none, is an empty one', () => {
  for (const value of [undefined, null, 'x', 3, []]) assert.deepEqual(parsePageState(value), {});
});

for (const [field, value] of Object.entries({
  model: 1,
  attribute: null,
  filter: {},
  sort: { column: 'ks' },
  view: 'pie',
  signed: 'yes',
  section: 3,
  far: '0.01',
  tarSort: { descending: true },
  pKind: 'bayes',
  pSort: 'attribute',
  modelX: 1,
  modelY: null,
  measure: 'mean',
  differenceSort: { column: 1, descending: true },
  dataSort: 'intra',
  ksAggregate: 'toString',
  entropy: 1,
  association: 'tau',
  associationOrder: null,
  other: 4,
  score: 'f1',
  scoreSort: { column: 'leakage' },
  neighbours: 10,
  latticeAttribute: null,
  latticeFilter: {},
  energySort: { column: 1, descending: false },
  byModel: 'yes',
  fieldIdentity: 1,
  comparedModel: [],
  projectionMethod: 'tsne',
  projectionColour: 7,
  projectionView: 'list',
})) {
  test(`a ${field} that is not understood is dropped, the rest is kept`, () => {
    const rest = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
    assert.deepEqual(parsePageState({ ...whole, [field]: value }), rest);
  });
}
