import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeEmbeddings } from '../../../src/models/modelSelfTest.ts';

const people = [0, 0, 1, 1];

function judge(
  rows: readonly (readonly number[])[],
  metric: 'cosine' | 'euclidean' = 'cosine',
  norms?: number[],
) {
  return judgeEmbeddings(
    {
      embeddings: Float32Array.from(rows.flat()),
      norms: norms ? Float32Array.from(norms) : null,
      dim: rows[0]!.length,
      people,
    },
    metric,
  );
}

test('norms and mean distances are those of hand-made vectors', () => {
  const rows = [
    [3, 0],
    [5, 0],
    [0, 1],
    [0, 3],
  ];
  assert.deepEqual(judge(rows), {
    nFaces: 4,
    dim: 2,
    nNotFinite: 0,
    isConstant: false,
    norm: { min: 1, mean: 3, max: 5 },
    meanWithin: 0,
    meanBetween: 1,
    passed: true,
    problems: [],
  });
  const { meanWithin, meanBetween } = judge(rows, 'euclidean');
  assert.equal(meanWithin, 2);
  const expected = (Math.hypot(3, 1) + Math.hypot(3, 3) + Math.hypot(5, 1) + Math.hypot(5, 3)) / 4;
  assert.ok(Math.abs(meanBetween! - expected) < 1e-12);
});

test('norms that the model gives apart are taken', () => {
  const rows = [
    [1, 0],
    [1, 0],
    [0, 1],
    [0, 1],
  ];
  assert.deepEqual(judge(rows, 'cosine', [10, 20, 30, 40]).norm, { min: 10, mean: 25, max: 40 });
});

test('values that are not finite are counted and left out of the rest', () => {
  const outcome = judge([
    [NaN, 0],
    [1, Infinity],
    [0, 2],
    [0, 4],
  ]);
  assert.equal(outcome.nNotFinite, 2);
  assert.deepEqual(outcome.norm, { min: 2, mean: 3, max: 4 });
  assert.deepEqual([outcome.meanWithin, outcome.meanBetween], [0, null]);
  assert.deepEqual(outcome.problems, ['2 of 4 vectors hold values that are not finite.']);
});

test('where nothing is finite, nothing is measured', () => {
  const outcome = judge(people.map(() => [NaN, NaN]));
  assert.deepEqual(
    [outcome.norm, outcome.meanWithin, outcome.meanBetween, outcome.isConstant, outcome.passed],
    [null, null, null, false, false],
  );
});

test('a constant output is found, also where it is only rounded differently', () => {
  const outcome = judge([
    [1, 2],
    [1, 2 + 1e-6],
    [1, 2],
    [1, 2],
  ]);
  assert.equal(outcome.isConstant, true);
  assert.deepEqual(outcome.problems, ['All faces give the same vector.']);
});

test('zero vectors are a problem of their own', () => {
  const outcome = judge([
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
  assert.deepEqual(outcome.problems, ['1 of 4 vectors are zero.']);
});

test('people who lie no nearer to themselves than to others are a problem', () => {
  const outcome = judge([
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
  ]);
  assert.deepEqual([outcome.meanWithin, outcome.meanBetween, outcome.passed], [1, 0.5, false]);
  assert.match(outcome.problems[0] ?? '', /no nearer \(1\.000\) than those of two people \(0\.500\)/);
});
