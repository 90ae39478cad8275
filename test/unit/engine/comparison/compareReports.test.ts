import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { test } from 'node:test';
import { compareReports } from '../../../../src/engine/comparison/compareReports.ts';
import { type Report, reportSchema } from '../../../../src/protocol/report.ts';
import { compared } from '../../../support/sampleComparison.ts';
import { handReport } from '../../../support/handReport.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

type Inputs = Report['inputs'];

function withInputs(report: Report, change: (inputs: Inputs) => Partial<Inputs>): Report {
  return reportSchema.parse({ ...report, inputs: { ...report.inputs, ...change(report.inputs) } });
}

const hand = handReport();

test('a report and its copy differ in nothing', () => {
  const report = sampleReport({ nModels: 2, verification: true, microscale: true });
  const { changes, pairs } = compared(report, report);
  assert.deepEqual(changes, []);
  const [first, second] = pairs;
  assert.deepEqual([first!.before, second!.before], [first!.after, second!.after]);
  for (const { macroscale, microscale, verification, macroscaleCorrelation } of [first!, second!]) {
    const rows = [...macroscale, ...microscale, ...verification];
    assert.ok(rows.length > 80);
    assert.ok(rows.every(({ difference }) => difference === 0));
    assert.ok(rows.every(({ differenceCi: ci }) => ci === null || (ci[0] <= 0 && ci[1] >= 0)));
    assert.deepEqual(macroscaleCorrelation, { pearson: 1, spearman: 1, n: 80 });
  }
});

test('every model is compared with every other; results are those of the named models', () => {
  const before = sampleReport({ nModels: 2, nAttributes: 5 });
  const after = sampleReport({ nModels: 3, nAttributes: 5, seed: 2 });
  const { pairs } = compared(before, after);
  assert.equal(pairs.length, 6);
  const [a, b] = before.inputs.models;
  assert.deepEqual(
    pairs.slice(0, 2).map((pair) => [pair.before, pair.after]),
    [
      [a!.name, a!.name],
      [b!.name, b!.name],
    ],
  );
  for (const pair of pairs) {
    const row = pair.macroscale[3]!;
    const valueOf = (report: Report, model: string) => {
      const { sign, ks } = report.results.macroscale.find((one) => one.model === model)!.rows[3]!;
      return sign * ks;
    };
    assert.equal(row.before!.value, valueOf(before, pair.before));
    assert.equal(row.after!.value, valueOf(after, pair.after));
  }
});

test('inputs that differ are told one by one, and no others', () => {
  const after = withInputs(hand, ({ dataset, models, options, libraries }) => ({
    dataset: {
      ...dataset,
      nImages: 70_000,
      digest: 'd'.repeat(64),
      subset: [{ step: 'minImages', nImages: 60_000, nIdentities: 2000 }],
      attributes: [
        ...dataset.attributes
          .slice(1)
          .map((one) =>
            one.name === 'Age'
              ? { ...one, rule: { kind: 'medianSplit' as const, column: 'age', median: 38 } }
              : one,
          ),
        { name: 'Mask', rule: { kind: 'binary' as const } },
      ],
    },
    models: models.map((model) => ({
      ...model,
      sha256: 'e'.repeat(64),
      why: 'Told otherwise.',
      preprocessing: { ...model.preprocessing!, channels: 'BGR' as const },
      alignment: { kind: 'none' as const },
      provider: {
        ...model.provider!,
        ran: 'cuda' as const,
        nodeShare: 0.9,
        nodeTimeShare: 0.8,
        agreement: 0.999_999,
      },
    })),
    options: { ...options, maxIdentities: 300, neighbours: ['knn:5', 'inverse'] },
    seed: 12,
    libraries: { ...libraries, sharp: '0.36.0', hyparquet: '1.0.0' },
  }));
  const { changes } = compared(hand, after);
  const [model] = hand.inputs.models;
  assert.deepEqual(
    changes.map(({ input, before: old, after: now }) => `${input}: ${old} → ${now}`),
    [
      `dataset.digest: ${hand.inputs.dataset.digest} → ${'d'.repeat(64)}`,
      'dataset.nImages: 66871 → 70000',
      'dataset.subset: — → minImages: 60000 images of 2000 people',
      'dataset.attributes: Hat → Mask',
      'dataset.attributes.Age: age above its median 41 → age above its median 38',
      `models.${model!.name}.sha256: ${model!.sha256} → ${'e'.repeat(64)}`,
      `models.${model!.name}.preprocessing.channels: RGB → BGR`,
      `models.${model!.name}.alignment.kind: landmarks → none`,
      `models.${model!.name}.alignment.source: celebaAligned → —`,
      `models.${model!.name}.provider.ran: cpu → cuda`,
      'options.maxIdentities: 500 → 300',
      'options.neighbours: — → knn:5, inverse',
      'seed: 1 → 12',
      'libraries.sharp: 0.35.5 → 0.36.0',
      'libraries.hyparquet: — → 1.0.0',
    ],
  );
});

test('what an older report could not say is no change', () => {
  const older = withInputs(hand, ({ dataset, models }) => ({
    dataset: { ...dataset, annotationFile: null, source: null },
    models: models.map((model) => ({ ...model, file: null })),
    job: null,
  }));
  const newer = withInputs(hand, ({ dataset }) => ({
    dataset: { ...dataset, source: { nImages: 7, digest: 'a'.repeat(64) } },
    job: { kind: 'analyze' },
  }));
  assert.deepEqual(compared(older, newer).changes, []);
  assert.deepEqual(
    compared(
      newer,
      withInputs(newer, ({ dataset }) => ({
        dataset: { ...dataset, source: { nImages: 8, digest: 'a'.repeat(64) } },
      })),
    ).changes,
    [{ input: 'dataset.source.nImages', before: '7', after: '8' }],
  );
});

test('a model that one side alone has is a change, named', () => {
  const before = sampleReport({ nModels: 2, nAttributes: 2 });
  const after = withInputs(before, ({ models }) => ({ models: models.slice(0, 1) }));
  const [, second] = before.inputs.models;
  assert.deepEqual(compared(before, after).changes, [
    { input: `models.${second!.name}`, before: second!.sha256, after: '—' },
  ]);
});

test('paths are those of files, wherever the reports lie: the same folder is no change', () => {
  const moved = withInputs(hand, ({ dataset, models }) => ({
    dataset: { ...dataset, root: '../celeba/img_align_celeba', annotationFile: null },
    models: models.map((model) => ({ ...model, file: '../elsewhere/net.onnx' })),
  }));
  const { changes, sides } = compareReports(
    { file: '/study/one/a.attrlens.json', report: hand },
    { file: '/study/two/b.attrlens.json', report: moved },
    '/study/c.attrlens.json',
    posix,
  );
  const [model] = hand.inputs.models;
  assert.deepEqual(changes, [
    {
      input: `models.${model!.name}.file`,
      before: `models/${model!.name}.onnx`,
      after: 'elsewhere/net.onnx',
    },
  ]);
  assert.deepEqual(
    sides.map(({ file }) => file),
    ['one/a.attrlens.json', 'two/b.attrlens.json'],
  );
  assert.deepEqual(sides[0].inputs, hand.inputs);
});

test('paths of Windows come with forward slashes', () => {
  const { sides } = compareReports(
    { file: 'C:\\study\\one\\a.attrlens.json', report: hand },
    { file: 'C:\\study\\b.attrlens.json', report: hand },
    'C:\\study\\two\\c.attrlens.json',
    win32,
  );
  assert.deepEqual(
    sides.map(({ file }) => file),
    ['../one/a.attrlens.json', '../b.attrlens.json'],
  );
});
