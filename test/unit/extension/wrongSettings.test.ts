import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findWrongSettings, locateSetting } from '../../../src/extension/wrongSettings.ts';

function wrong(text: string, kind: 'settings' | 'codeWorkspace' = 'settings'): [string, string][] {
  return findWrongSettings(text, kind).map(({ offset, length, message }) => [
    text.slice(offset, offset + length),
    message,
  ]);
}

test('a wrong value is found where it stands, with what is allowed', () => {
  const text = `{
    // A comment, and a setting of somebody else.
    "editor.fontSize": "large",
    "attributeLens.metric": "cosin",
    "attributeLens.maxIdentities": 0, "attributeLens.seed": 3,
  }`;
  const [metric, identities, ...others] = wrong(text);
  assert.equal(metric![0], '"cosin"');
  assert.match(metric![1], /attributeLens\.metric is "cosin".*"auto"\\?\|"cosine"\|"euclidean"/);
  assert.equal(identities![0], '0');
  assert.match(identities![1], /attributeLens\.maxIdentities is 0.*>=2/);
  assert.deepEqual(others, []);
});

test('of a list or an object the part that is wrong is marked', () => {
  const text = '{ "attributeLens.models": ["a.onnx", { "path": "b.onnx", "channels": "GRB" }] }';
  const [[part, message] = ['', '']] = wrong(text);
  assert.equal(part, '"GRB"');
  assert.match(message, /"RGB"\|"BGR"/);
  assert.deepEqual(
    wrong('{ "attributeLens.latticeSteps": { "roll": -1 } }').map(([value]) => value),
    ['-1'],
  );
});

test('a workspace file keeps its settings under a key of its own', () => {
  const settings = '{ "attributeLens.faces": "all" }';
  assert.deepEqual(wrong(settings, 'codeWorkspace'), []);
  const file = `{ "folders": [{ "path": "." }], "settings": ${settings} }`;
  assert.deepEqual(
    wrong(file, 'codeWorkspace').map(([value]) => value),
    ['"all"'],
  );
  assert.deepEqual(wrong(file), []);
});

test('right values, unknown names, empty and broken files have nothing to tell', () => {
  for (const text of [
    '',
    '[]',
    '{',
    'x',
    '{ "attributeLens.nothing": 1 }',
    '{ "attributeLens.metric": "cosine" }',
  ])
    assert.deepEqual(wrong(text), [], text);
  assert.equal(wrong('{ "attributeLens.metric": "cosin", "a": ').length, 1);
});

test('a setting is located whether it is right or wrong', () => {
  const text = '{ "attributeLens.seed": 12 }';
  const found = locateSetting(text, 'settings', 'attributeLens.seed');
  assert.deepEqual(found && text.slice(found.offset, found.offset + found.length), '12');
  assert.equal(locateSetting(text, 'settings', 'attributeLens.metric'), null);
});
