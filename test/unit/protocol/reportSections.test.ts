import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportEntry } from '../../../src/protocol/reportEntry.ts';
import { readSection, reportSectionNames, sectionQuerySchema } from '../../../src/protocol/reportSections.ts';
import { sampleReport } from '../../support/sampleReport.ts';

const report = sampleReport({
  nAttributes: 5,
  nModels: 2,
  verification: true,
  microscale: true,
  inference: true,
  discriminative: true,
  data: true,
});

interface MacroscaleFacts {
  readonly model: string;
  readonly rows: readonly {
    readonly attribute: string;
    readonly ks: number;
    readonly ci: unknown;
    readonly beyondChance: boolean | null;
  }[];
}

test('the macroscale is told by falling KS, signed, with interval and verdict', () => {
  const { facts, meaning } = readSection(report, { section: 'macroscale' });
  const [first] = facts as readonly MacroscaleFacts[];
  const own = report.results.macroscale[0]!;
  assert.equal(first!.model, own.model);
  assert.equal(first!.rows.length, own.rows.length);
  const strongest = own.rows.reduce((a, b) => (b.ks > a.ks ? b : a));
  assert.equal(first!.rows[0]!.ks, strongest.sign * strongest.ks);
  assert.equal(first!.rows[0]!.beyondChance, strongest.pAdjusted! < 0.05);
  assert.deepEqual(first!.rows[0]!.ci, strongest.ci);
  assert.match(meaning, /not that the model is biased/);
});

test('model, attribute and number of rows can be asked for', () => {
  const { model } = report.results.macroscale[1]!;
  const { attribute } = report.results.attributes[2]!;
  const facts = readSection(report, { section: 'macroscale', model, attribute, limit: 1 })
    .facts as readonly MacroscaleFacts[];
  assert.deepEqual(
    facts.map((one) => [one.model, one.rows.map((row) => row.attribute)]),
    [[model, [attribute]]],
  );
});

test('the microscale is told most aligned first, as means of all people', () => {
  const [first] = readSection(report, { section: 'microscale' }).facts as readonly {
    readonly rows: readonly { readonly energy: number | null }[];
  }[];
  const energies = first!.rows.map(({ energy }) => energy ?? Infinity);
  assert.deepEqual(
    energies,
    [...energies].sort((a, b) => a - b),
  );
  const means = report.results.microscale[0]!.rows.filter(({ identity }) => identity === null);
  assert.equal(first!.rows.length, means.length);
});

test('every section is told as JSON, with what it means', () => {
  for (const section of reportSectionNames) {
    const { facts, meaning } = readSection(report, { section });
    assert.ok(meaning.length > 20, section);
    assert.ok(JSON.stringify(facts).length > 2, section);
  }
});

test('a question with an unknown section or key is refused', () => {
  assert.ok(!sectionQuerySchema.safeParse({ section: 'everything' }).success);
  assert.ok(!sectionQuerySchema.safeParse({ section: 'run', limit: 0 }).success);
  assert.ok(!sectionQuerySchema.safeParse({ section: 'run', colour: 'red' }).success);
});

test('an entry names data set, models, time and the sections that hold something', () => {
  const entry = reportEntry('a.attrlens.json', { kind: 'report', report });
  assert.deepEqual(
    [entry.dataset, entry.models.length, entry.finished],
    ['CelebA', 2, report.times.finished],
  );
  assert.deepEqual(entry.sections, [...reportSectionNames]);
  const bare = { ...report, results: { ...report.results, macroscale: [], comparisons: [], microscale: [] } };
  assert.deepEqual(reportEntry('a', { kind: 'report', report: bare }).sections, [
    'overview',
    'verification',
    'discriminative',
    'data',
    'run',
  ]);
});
