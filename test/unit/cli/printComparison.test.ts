import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonText } from '../../../src/cli/printComparison.ts';
import type { Comparison } from '../../../src/protocol/comparisonSchema.ts';
import { handReport } from '../../support/handReport.ts';
import { compared, sampleComparison } from '../../support/sampleComparison.ts';

const linesOf = (comparison: Comparison) => comparisonText(comparison).split('\n');

function withRows(attribute: string, value: number, ci: [number, number] | null) {
  const comparison = compared(handReport(), handReport());
  const [pair] = comparison.pairs;
  return {
    ...comparison,
    pairs: [
      {
        ...pair!,
        macroscale: pair!.macroscale.map((row) =>
          row.attribute === attribute && row.modality === 'positive'
            ? { ...row, difference: value, differenceCi: ci }
            : row,
        ),
      },
    ],
  };
}

test('the largest difference comes first, in whichever direction, with its interval', () => {
  const lines = linesOf(withRows('Age', -0.234_56, [-0.3, -0.1]));
  const start = lines.indexOf('Largest differences of signed KS');
  assert.match(lines[start + 1]!, /^attribute +before +after +difference +95 %$/);
  assert.match(lines[start + 2]!, /^Age +\+ +0\.012 +0\.012 +−0\.235 +−0\.300 to −0\.100$/);
  assert.match(lines[start + 3]!, / 0\.000 +–$/);
  assert.ok(
    lines.includes('1 of 1 intervals exclude zero; without any true difference about 0.1 would.'),
    lines.join('\n'),
  );
});

test('ten differences are listed, and all are counted', () => {
  const lines = linesOf(sampleComparison());
  const start = lines.indexOf('Largest differences of signed KS');
  const end = lines.findIndex((line) =>
    /^\d+ of 80 intervals exclude zero; .* about 4\.0 would\.$/.test(line),
  );
  assert.equal(end - start, 12);
  const differences = lines.slice(start + 2, end).map((line) => {
    const cell = / (−?\d\.\d{3}) +−?\d\.\d{3} to −?\d\.\d{3}$/.exec(line)?.[1];
    return Math.abs(Number(cell?.replace('−', '-')));
  });
  assert.deepEqual(
    differences,
    differences.toSorted((a, b) => b - a),
  );
  assert.ok(lines.some((line) => line.startsWith('Largest differences of energy (knn:')));
  assert.ok(
    lines.some((line) => /^TAR at FAR 0\.001 +0\.\d{4} +0\.\d{4} +−?0\.\d{4} +−?0\.\d{4} to /.test(line)),
  );
  assert.ok(lines.some((line) => /^AUC +0\.\d{4} +0\.\d{4} +−?0\.\d{4} +−?0\.\d{4} to /.test(line)));
});

test('inputs that differ stand in a table, digests and long values cut', () => {
  const text = comparisonText(sampleComparison({ nAttributes: 2 }));
  assert.match(text, /^input +before +after$/m);
  assert.match(text, /^dataset\.digest +[0-9a-f]{12}… +[0-9a-f]{12}…$/m);
  assert.match(text, /^options\.maxIdentities +500 +400$/m);
  assert.match(comparisonText(compared(handReport(), handReport())), /^No input differs\.$/m);
});

test('each model is shown beside its own; what further pairs there are is counted', () => {
  const lines = linesOf(sampleComparison({ nModels: 3, nAttributes: 2 }));
  const pairs = lines.filter((line) => line.includes(' → ') && !line.startsWith('before.'));
  assert.equal(pairs.length, 3);
  for (const pair of pairs) {
    const [before, after] = pair.split(' → ');
    assert.equal(before, after);
  }
  assert.ok(lines.includes('Further pairs of models in the comparison: 6.'));
});

test('a pair that has nothing in common, and notes, are said', () => {
  const verified = { ...handReport(), results: { ...handReport().results, macroscale: [] } };
  const lines = linesOf(compared(handReport(), verified));
  assert.ok(lines.includes('Nothing was measured on both sides.'));
  assert.ok(lines.some((line) => line.startsWith('· Only the first report has KS distances')));
});
