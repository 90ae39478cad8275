import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../../../src/protocol/report.ts';
import { linesAsCsv, tableAsCsv } from '../../../../webview-ui/export/csvText.ts';
import { columnsOf, type Table } from '../../../../webview-ui/export/table.ts';
import { reportTables } from '../../../../webview-ui/export/tables.ts';
import { handReport } from '../../../support/handReport.ts';
import { handVerification } from '../../../support/handVerification.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

function tableOf(report: Report, name: string): Table {
  const found = reportTables(report).find((table) => table.name === name);
  assert.ok(found, name);
  return found;
}

/** Rows as objects, without what is not known. */
function linesOf(report: Report, name: string): Record<string, unknown>[] {
  const { columns, rows } = tableOf(report, name);
  return rows.map((cells) =>
    Object.fromEntries(columns.flatMap((column, i) => (cells[i] === null ? [] : [[column.name, cells[i]]]))),
  );
}

test('every tested modality is a row of the macroscale, numbers as the report holds them', () => {
  const report = handReport();
  const lines = linesOf(report, 'macroscale');
  assert.equal(lines.length, 7);
  assert.deepEqual(lines[2], {
    model: 'arcface-r50',
    metric: 'cosine',
    attribute: 'Beard',
    rule: 'hair is «beard», against the rest',
    modality: 'positive',
    ks: 0.12,
    sign: -1,
    location: 1,
    n_images: 50,
    n_identities: 50,
    n_within: 1225,
    n_cross: 2490,
    mean_within: 1.05,
    mean_cross: 1.125,
    p_naive: 10 ** -14.25,
    log10_p_naive: -14.25,
    points: 'sample',
    selection: 'random',
    max_identities: 500,
    same_identity: 'exclude',
    seed: 1,
    permutations: 0,
    bootstraps: 0,
    cdf_within: 0.2,
    cdf_cross: 0.32,
    p_naive_method: 'asymptotic',
  });
});

test('counts of the data set, and the bins of a distribution, are rows', () => {
  const report = handReport();
  assert.deepEqual(linesOf(report, 'attributes')[0], {
    attribute: 'Hat',
    n_positive: 1200,
    n_negative: 3400,
    n_unknown: 5,
    share_positive: 1200 / 4600,
    global_average: -0.478,
    intra_entropy_nats: 0.125,
    inter_entropy_nats: 4.25,
  });
  assert.deepEqual(
    tableOf(report, 'macroscale_distributions').rows.map((cells) => cells.slice(2)),
    [
      ['Hat', 0, 0.5, 1, 0, 0],
      ['Hat', 0.5, 1, 3, 5, 2],
      ['Hat', 1, 1.5, 4, 5, 6],
      ['Hat', 1.5, 2, 2, 0, 2],
    ],
  );
});

test('verification is a row of the whole, and rows of rates, modalities, curve, bins and pairs', () => {
  const verification = handVerification();
  const report = handReport([verification]);
  const [whole] = linesOf(report, 'verification');
  assert.equal(whole?.['eer'], verification.eer);
  assert.equal(whole['n_unmatched'], verification.nUnmatched);
  assert.deepEqual(
    tableOf(report, 'verification_tar').rows.map((cells) => cells.slice(2, 6)),
    verification.tar.map(({ far, tar, ci }) => [far, tar, ...ci]),
  );
  assert.equal(
    tableOf(report, 'verification_modalities').rows.length,
    verification.modalities.reduce((n, { rates }) => n + rates.length, 0),
  );
  assert.equal(tableOf(report, 'verification_roc').rows.length, verification.roc.length);
  assert.equal(
    tableOf(report, 'verification_histograms').rows.length,
    verification.histograms.matched.length,
  );
});

test('a full report has a table for each of its parts, each row as wide as its head', () => {
  const report = sampleReport({
    nModels: 2,
    nAttributes: 4,
    verification: true,
    microscale: true,
    repeats: 3,
    diagnostics: [{ code: 'imageUnreadable', message: 'One.', count: 1, items: ['a.jpg'] }],
  });
  const tables = reportTables(report);
  for (const { name, columns, rows } of tables) {
    assert.ok(rows.length > 0, name);
    assert.equal(new Set(columns.map((column) => column.name)).size, columns.length, name);
    for (const cells of rows) {
      assert.equal(cells.length, columns.length, name);
      cells.forEach((cell, i) => {
        const { kind } = columns[i]!;
        assert.ok(cell === null || (typeof cell === 'string') === (kind === 'text'), name);
        assert.ok(kind !== 'count' || cell === null || Number.isSafeInteger(cell), `${name} ${String(cell)}`);
      });
    }
  }
  assert.deepEqual(
    tables.map(({ name }) => name),
    [
      'macroscale',
      'macroscale_attributes',
      'macroscale_correlations',
      'macroscale_conditional',
      'macroscale_distributions',
      'macroscale_comparisons',
      'discriminative',
      'verification',
      'verification_tar',
      'verification_modalities',
      'verification_roc',
      'verification_histograms',
      'verification_worst_pairs',
      'microscale',
      'microscale_tests',
      'microscale_comparisons',
      'field_alignments',
      'retentions',
      'field_arrows',
      'energy_validations',
      'attributes',
      'associations',
      'people',
      'people_histogram',
      'faces',
      'extreme_pairs',
      'diagnostics',
      'diagnostics_items',
      'inputs',
    ],
  );
});

test('inputs are dotted names with their values, the empty ones too', () => {
  const values = new Map(tableOf(handReport(), 'inputs').rows.map(([name, value]) => [name, value] as const));
  assert.equal(values.get('options.permutations'), '0');
  assert.equal(values.get('models[0].provider.ran'), 'cpu');
  assert.equal(values.get('dataset.attributes[2].rule.median'), '41');
  assert.equal(values.get('lattice'), null);
  assert.equal(values.get('times.started'), '2026-01-31T10:00:00.000Z');
});

test('CSV is that of RFC 4180, keeps every digit, and runs no name as a formula', () => {
  const of = columnsOf<readonly [string | null, number | null]>();
  const columns = [of.text('=name', ([name]) => name), of.number('value', ([, value]) => value)];
  assert.equal(
    linesAsCsv(columns, [
      ['a "b", c', 0.1 + 0.2],
      ['-1+1', -0.5],
      ['@x', 1e-300],
      ['two\nlines', null],
      [null, 12345678901],
    ]),
    "'=name,value\r\n" +
      '"a ""b"", c",0.30000000000000004\r\n' +
      "'-1+1,-0.5\r\n" +
      "'@x,1e-300\r\n" +
      '"two\nlines",\r\n' +
      ',12345678901\r\n',
  );
  assert.equal(tableAsCsv({ columns: [], rows: [] }), '\r\n');
});
