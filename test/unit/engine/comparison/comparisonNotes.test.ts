import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Report, reportSchema } from '../../../../src/protocol/report.ts';
import { handReport } from '../../../support/handReport.ts';
import { compared } from '../../../support/sampleComparison.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

const full = sampleReport({ nAttributes: 3, verification: true, microscale: true });
const hand = handReport();

function withResults(report: Report, results: Partial<Report['results']>): Report {
  return reportSchema.parse({ ...report, results: { ...report.results, ...results } });
}

function withDataset(report: Report, dataset: Partial<Report['inputs']['dataset']>): Report {
  return { ...report, inputs: { ...report.inputs, dataset: { ...report.inputs.dataset, ...dataset } } };
}

const elsewhere = { digest: 'f'.repeat(64) };

function notesOf(before: Report, after: Report): string {
  return compared(before, after).notes.join('\n');
}

test('where nothing is amiss nothing is noted', () => {
  const other = sampleReport({ nAttributes: 3, verification: true, seed: 2 });
  const { notes } = compared(sampleReport({ nAttributes: 3, verification: true }), other);
  assert.deepEqual(notes, []);
});

test('the same images on both sides make intervals wider than need be', () => {
  assert.match(notesOf(full, full), /Both reports are of the same images\. Intervals .* wider than need be/);
});

test('another metric, points or neighbours: rows stay, and a note says that scales differ', () => {
  const [macroscale] = full.results.macroscale;
  const after = withResults(full, {
    macroscale: [
      {
        ...macroscale!,
        metric: 'euclidean',
        sampling: { ...macroscale!.sampling, points: 'centroids' },
      },
    ],
    microscale: full.results.microscale.map((one) => ({ ...one, neighbours: 'knn:77' })).slice(0, 1),
  });
  const { pairs, notes } = compared(full, after);
  const [pair] = pairs;
  assert.equal(pair!.metricsAgree, false);
  assert.ok(pair!.macroscale.every(({ difference }) => difference === 0));
  assert.deepEqual(pair!.neighbours, [full.results.microscale[0]!.neighbours, 'knn:77']);
  assert.ok(pair!.microscale.length > 0);
  const text = notes.join('\n');
  assert.match(text, /Distances are cosine before and euclidean after: the scales differ/);
  assert.match(text, /points «sample» before and «centroids» after/);
  assert.match(text, /neighbours knn:10 before and knn:77 after, for lack of a common rule/);
});

test('of several rules the first common one is compared, and the others are named', () => {
  const [result] = full.results.microscale;
  const rules = (...neighbours: string[]) =>
    withResults(full, { microscale: neighbours.map((rule) => ({ ...result!, neighbours: rule })) });
  const { pairs, notes } = compared(rules('ball:0.5', 'knn:5', 'inverse'), rules('inverse', 'knn:5'));
  assert.deepEqual(pairs[0]!.neighbours, ['knn:5', 'knn:5']);
  assert.match(
    notes.join('\n'),
    /neighbours knn:5, the first rule of both; both reports also have inverse\./,
  );
});

test('what one report alone has is said, and gives no rows', () => {
  const verification = withResults(full, { macroscale: [], microscale: [] });
  const { pairs, notes } = compared(full, verification);
  assert.deepEqual([pairs[0]!.macroscale, pairs[0]!.microscale, pairs[0]!.neighbours], [[], [], null]);
  assert.ok(pairs[0]!.verification.length > 0);
  assert.match(notes.join('\n'), /Only the first report has KS distances: there is nothing to compare/);
  assert.match(notes.join('\n'), /Only the first report has energies: there is nothing to compare/);
});

test('attributes of one side alone are listed, ten of them, and those of another rule', () => {
  const many = sampleReport({ nAttributes: 15, names: Array.from({ length: 15 }, (_, i) => `own${i}`) });
  const text = notesOf(many, sampleReport({ nAttributes: 2, seed: 2, names: ['own0', 'theirs'] }));
  assert.match(text, /Only the first report has KS distances of own1, .*own10 and 4 more\./);
  assert.match(text, /Only the second report has KS distances of theirs\./);
  const attributes = hand.inputs.dataset.attributes.map((one) =>
    one.name === 'Age' ? { ...one, rule: { kind: 'medianSplit' as const, column: 'age', median: 38 } } : one,
  );
  assert.match(
    notesOf(hand, withDataset(hand, { attributes })),
    /different rules: Age \(age above its median 41; age above its median 38\)/,
  );
});

test('missing intervals are told with their reason', () => {
  const without = sampleReport({ nAttributes: 3, inference: false, seed: 2 });
  assert.match(notesOf(without, without), /come without intervals: the reports have none/);
  assert.match(notesOf(full, without), /KS distances come without intervals: the second report has none/);
  const [macroscale] = full.results.macroscale;
  const rows = macroscale!.rows.map((row, i) => (i === 0 ? { ...row, ci: [0.9, 0.95] } : row));
  const odd = reportSchema.parse({
    ...withDataset(full, elsewhere),
    results: { ...full.results, macroscale: [{ ...macroscale!, rows }] },
  });
  assert.match(
    notesOf(full, odd),
    /^1 difference of KS distances without an interval: .* does not hold the value it is of\.$/m,
  );
});

test('other movements of the images and other pairs are told; other images alone are not', () => {
  const { lattice } = full.inputs;
  assert.ok(lattice?.kind === 'augmented');
  const moved = (changes: Partial<typeof lattice>) => ({
    ...withDataset(full, elsewhere),
    inputs: { ...withDataset(full, elsewhere).inputs, lattice: { ...lattice, ...changes } },
  });
  const stronger = lattice.attributes.map((one) => ({ ...one, step: 2 * one.step }));
  assert.match(notesOf(full, moved({ attributes: stronger })), /energies are of different movements/);
  assert.doesNotMatch(notesOf(full, moved({ nImages: 3 })), /movements/);
  const [verification] = full.results.verification;
  const other = verification!.sampling.pairs === 'protocol' ? 'dataSet' : 'protocol';
  const paired = withResults(full, {
    verification: [{ ...verification!, sampling: { ...verification!.sampling, pairs: other } }],
  });
  assert.match(notesOf(full, paired), /Verification is of .* before and of .* after\./);
});

test('a sentence of some pairs of models alone names them', () => {
  const two = sampleReport({ nModels: 2, nAttributes: 2 });
  const [a, b] = two.inputs.models.map(({ name }) => name);
  const after = withResults(two, { macroscale: two.results.macroscale.slice(0, 1) });
  const { notes } = compared(two, withDataset(after, elsewhere));
  assert.deepEqual(notes, [
    `${b!} → ${b!}, ${a!} → ${b!}: Only the first report has KS distances: there is nothing to compare.`,
  ]);
});

test('without models the inputs alone are compared', () => {
  const described = { ...hand, inputs: { ...hand.inputs, models: [] } };
  const { pairs, notes } = compared(described, hand);
  assert.deepEqual(pairs, []);
  assert.match(notes.join('\n'), /A report has no model/);
});

test('identities that one side alone knows are told', () => {
  assert.match(
    notesOf(hand, withDataset(hand, { identitiesKnown: false })),
    /Identities are known on one side/,
  );
});
