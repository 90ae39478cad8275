import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../../../src/protocol/report.ts';
import { escapeLatex, latexTables } from '../../../../webview-ui/export/latex.ts';
import { handReport } from '../../../support/handReport.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

test('what LaTeX would obey is escaped, letters of any script are kept', () => {
  const cases: readonly [text: string, expected: string][] = [
    ['5_o_Clock', '5\\_o\\_Clock'],
    ['50% & more', '50\\% \\& more'],
    ['$x^2$ #1', '\\$x\\textasciicircum{}2\\$ \\#1'],
    ['{a}~b', '\\{a\\}\\textasciitilde{}b'],
    ['\\input{/etc/passwd}', '\\textbackslash{}input\\{/etc/passwd\\}'],
    ['<img onerror=1>', '\\textless{}img onerror=1\\textgreater{}'],
    ['a|b', 'a\\textbar{}b'],
    ['[2em]', '{}[2em]'],
    ['*', '{}*'],
    ['two\r\nlines\u2028three', 'two lines three'],
    ['نظارة é 眼鏡', 'نظارة é 眼鏡'],
  ];
  for (const [text, expected] of cases) assert.equal(escapeLatex(text), expected);
});

/** One tested attribute, with what the test says of it. */
function report(changes: Partial<Report['results']['macroscale'][number]['rows'][number]>): Report {
  const hand = handReport();
  const [macroscale] = hand.results.macroscale;
  const rows = macroscale!.rows.slice(0, 2).map((row) => ({ ...row, ...changes }));
  return { ...hand, results: { ...hand.results, macroscale: [{ ...macroscale!, rows }] } };
}

test('without permutations the naive p stands there, largest KS first, untested modalities as dashes', () => {
  const text = latexTables(handReport());
  assert.match(text, /\\usepackage\{booktabs\}; /);
  assert.match(text, /\\caption\{KS distance .* arcface-r50 .*\$p\$: naive/);
  assert.match(text, /\\label\{tab:macroscale-arcface-r50\}/);
  const lines = text.split('\n');
  const start = lines.indexOf('\\midrule') + 1;
  assert.deepEqual(lines.slice(start - 2, start + 5), [
    'Attribute & KS$^{+}$ & $p^{+}$ & KS$^{-}$ & $p^{-}$ \\\\',
    '\\midrule',
    'Hat & $0.200$ & $5.0 \\times 10^{-41}$ & $0.050$ & $0.0032$ \\\\',
    'Beard & $-0.120$ & $5.6 \\times 10^{-15}$ & $0.080$ & $7.5 \\times 10^{-7}$ \\\\',
    'Scar & -- & -- & $-0.100$ & $0.00032$ \\\\',
    'Age & $0.012$ & $0.631$ & $-0.012$ & $0.631$ \\\\',
    '\\bottomrule',
  ]);
});

test('digits are those that the interval supports, and what rounds to zero has no sign', () => {
  const wide = latexTables(report({ ci: [-0.04, 0.06], pAdjusted: 0.0005 }));
  assert.match(wide, /Hat & \$0\.20\$ & \$\[-0\.04, 0\.06\]\$ & \$0\.00050\$ &/);
  const narrow = latexTables(report({ ks: 0.00001, sign: -1, ci: [-0.0012, 0.0008], pAdjusted: null }));
  assert.match(narrow, /Hat & \$0\.000\$ & \$\[-0\.001, 0\.001\]\$ &/);
});

test('a p that is not known to a double is taken from its logarithm, 9.96 is no two-digit mantissa', () => {
  assert.match(latexTables(report({ pNaive: 0, log10PNaive: -400.5 })), /\$3\.2 \\times 10\^\{-401\}\$/);
  assert.match(latexTables(report({ pNaive: 0, log10PNaive: null })), /\$<10\^\{-300\}\$/);
  assert.match(
    latexTables(report({ pNaive: 9.96e-9, log10PNaive: Math.log10(9.96e-9) })),
    /\$1\.0 \\times 10\^\{-8\}\$/,
  );
});

test('the microscale of each model follows, by its first rule; many attributes break over pages', () => {
  const sample = sampleReport({ nModels: 2, nAttributes: 60, microscale: true });
  const text = latexTables(sample);
  assert.equal(text.match(/\\begin\{longtable\}/g)?.length, 2);
  assert.match(text, /% Needs \\usepackage\{booktabs\} and \\usepackage\{longtable\};/);
  assert.equal(text.match(/\\label\{tab:microscale-/g)?.length, 2);
  const labels = text.match(/\\label\{[^}]*\}/g)!;
  assert.equal(new Set(labels).size, labels.length);
  const open = text.match(/(?<!\\)\{/g)!.length;
  assert.equal(text.match(/(?<!\\)\}/g)!.length, open);
});

test('a report of the data set alone has no table for LaTeX', () => {
  const hand = handReport();
  assert.equal(latexTables({ ...hand, results: { ...hand.results, macroscale: [] } }), '');
});
