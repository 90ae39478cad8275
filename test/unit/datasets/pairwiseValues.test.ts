import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnToAttributes } from '../../../src/datasets/attributeRules.ts';
import { pairwiseAttributes } from '../../../src/datasets/pairwiseValues.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';

test('by hand: every two values of a column, images of others unknown', () => {
  const { attributes } = columnToAttributes('emotion', ['happy', 'sad', 'calm', 'happy', '', 'sad']);
  const log = new DiagnosticLog();
  const pairs = pairwiseAttributes(attributes, log);
  assert.deepEqual(
    pairs.map(({ name, values }) => [name, [...values]]),
    [
      ['emotion: calm vs happy', [-1, 0, 1, -1, 0, 0]],
      ['emotion: calm vs sad', [0, -1, 1, 0, 0, -1]],
      ['emotion: happy vs sad', [1, -1, 0, 1, 0, -1]],
    ],
  );
  assert.deepEqual(pairs[2]!.rule, {
    kind: 'pairwise',
    column: 'emotion',
    positive: 'happy',
    negative: 'sad',
  });
  assert.deepEqual(log.toArray(), []);
});

test('a column of two values compares them already', () => {
  const { attributes } = columnToAttributes('sex', ['m', 'f', 'f']);
  assert.equal(attributes.length, 1);
  assert.deepEqual(pairwiseAttributes(attributes, new DiagnosticLog()), []);
});

test('eight values make 28 pairs, nine make none and a diagnostic', () => {
  const letters = (n: number) => Array.from({ length: 2 * n }, (_, i) => `v${i % n}`);
  const eight = pairwiseAttributes(columnToAttributes('race', letters(8)).attributes, new DiagnosticLog());
  assert.equal(eight.length, 28);
  const log = new DiagnosticLog();
  assert.deepEqual(pairwiseAttributes(columnToAttributes('race', letters(9)).attributes, log), []);
  assert.deepEqual(
    log.toArray().map(({ code, items }) => [code, items]),
    [['columnValuesMany', ['race: 9 values']]],
  );
});

test('a name that is taken is left to whoever has it', () => {
  const { attributes } = columnToAttributes('c', ['x', 'y', 'z', 'x']);
  const taken = { ...attributes[0]!, name: 'c: x vs y', rule: { kind: 'binary' } as const };
  const log = new DiagnosticLog();
  const names = pairwiseAttributes([...attributes, taken], log).map(({ name }) => name);
  assert.deepEqual(names, ['c: x vs z', 'c: y vs z']);
  assert.equal(log.toArray()[0]!.code, 'attributeIgnored');
});
