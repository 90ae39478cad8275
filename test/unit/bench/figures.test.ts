import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BenchFigure, figuresTable, holds } from '../../bench/figures.ts';

const ratio: BenchFigure = {
  bench: 'ks',
  name: 'SciPy',
  value: 14.23,
  unit: 'times',
  bound: { atLeast: 10 },
};

test('a bound is judged from its side, and NaN breaks every one', () => {
  assert.ok(holds({ value: 10, bound: { atLeast: 10 } }));
  assert.ok(!holds({ value: 9.99, bound: { atLeast: 10 } }));
  assert.ok(holds({ value: 2, bound: { atMost: 2 } }));
  assert.ok(!holds({ value: 2.01, bound: { atMost: 2 } }));
  assert.ok(!holds({ value: NaN, bound: { atMost: 2 } }) && !holds({ value: NaN, bound: { atLeast: 2 } }));
  assert.ok(holds({ value: NaN, bound: null }));
});

test('the table tells value, bound and the change since the last run; what is broken stands out', () => {
  const slow: BenchFigure = { bench: 'page', name: 'open', value: 620, unit: 'ms', bound: { atMost: 500 } };
  const told: BenchFigure = { bench: 'page', name: 'size', value: 3, unit: 'MB', bound: null };
  assert.equal(
    figuresTable([ratio, slow, told], [{ ...ratio, value: 12 }]),
    [
      'benchmark  figure  value       bound         before  change',
      'ks         SciPy   14.2 times  ≥ 10          12      +19 %',
      'page       open    620 ms      ≤ 500 BROKEN',
      'page       size    3 MB',
    ].join('\n'),
  );
});
