import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { encodeNpy } from '../../../src/datasets/npy.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import type { Progress } from '../../../src/domain/progress.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { encodePng } from '../../../src/models/decoder.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import type { InvarianceJob } from '../../../src/protocol/microscaleJobs.ts';
import { readReport } from '../../../src/protocol/readReport.ts';
import type { Report } from '../../../src/protocol/report.ts';
import {
  brightnessAxisNet,
  brightnessBlindNet,
  exactLevels,
  randomFeaturesNet,
} from '../../support/invarianceNets.ts';
import { embedDefaults } from '../../support/jobDefaults.ts';
import { netBytes } from '../../support/onnxNets.ts';
import { type Heard, listeningContext } from './smallStudy.ts';

const people = ['Ann', 'Bob', 'Cid'];
const imagesEach = 4;

interface Study {
  readonly folder: string;
  readonly job: (changes?: Partial<InvarianceJob>) => InvarianceJob;
}

/** A folder for each person, with pictures of blurred noise of middling brightness; nothing is ever clipped. */
async function study(t: TestContext): Promise<Study> {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-invariance-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const random = new SeededRandom(1);
  for (const person of people) {
    await mkdir(join(folder, 'faces', person), { recursive: true });
    for (let i = 0; i < imagesEach; i++) {
      const pixels = Uint8Array.from({ length: 16 * 16 * 3 }, () => 90 + random.nextInt(70));
      await writeFile(
        join(folder, 'faces', person, `${i}.png`),
        await encodePng({ pixels, width: 16, height: 16 }),
      );
    }
  }
  const nets = { blind: brightnessBlindNet(), axis: brightnessAxisNet(), random: randomFeaturesNet() };
  for (const [name, net] of Object.entries(nets)) {
    await writeFile(join(folder, `${name}.onnx`), netBytes(net));
  }
  return {
    folder,
    job: (changes = {}) => ({
      ...embedDefaults,
      kind: 'invariance',
      data: join(folder, 'faces'),
      models: ['blind', 'axis', 'random'].map((name) => ({
        ...exactLevels,
        path: join(folder, `${name}.onnx`),
      })),
      storeFolder: join(folder, 'store'),
      lattice: {
        kind: 'augmented',
        attributes: ['brightness', 'roll'],
        steps: {},
        pointsPerIdentity: 16,
        maxIdentities: 10,
        writeImages: null,
      },
      metric: 'auto',
      neighbours: ['knn:5', 'all'],
      bootstraps: 200,
      threshold: null,
      seed: 1,
      report: join(folder, 'out', 'study.attrlens.json'),
      ...changes,
    }),
  };
}

async function measure(
  job: InvarianceJob,
  onProgress?: (update: Progress, controller: AbortController) => void,
): Promise<Report & { readonly heard: Heard }> {
  const heard: Heard = { progress: [], log: [] };
  await runJob(job, listeningContext(heard, onProgress));
  return { ...readReport(JSON.parse(await readFile(job.report, 'utf8'))), heard };
}

function meanRow(report: Report, model: string, attribute: string, neighbours = 'knn:5') {
  const result = report.results.microscale.find(
    (one) => one.model === model && one.neighbours === neighbours,
  );
  return result!.rows.find((row) => row.attribute === attribute && row.identity === null)!;
}

test('a net that ignores brightness does not move, one that adds it moves along an axis, random features lie between', async (t) => {
  const { job } = await study(t);
  const report = await measure(job());
  const blind = meanRow(report, 'blind', 'brightness');
  assert.deepEqual([blind.stepLength, blind.energy, blind.moves], [0, null, false]);
  assert.match(blind.reason!, /does not move/i);
  const axis = meanRow(report, 'axis', 'brightness');
  // Brightness moves two steps of 20 grey levels, which are 40/128 along the axis of its own.
  assert.ok(Math.abs(axis.stepLength - 40 / 128) < 1e-6, String(axis.stepLength));
  assert.ok(axis.energy! < 0.01, String(axis.energy));
  const random = meanRow(report, 'random', 'brightness');
  assert.ok(random.energy! > 0.02 && random.energy! < 1, String(random.energy));
  for (const model of ['blind', 'axis', 'random']) assert.ok(meanRow(report, model, 'roll').moves);
});

test('the report says what was measured on what', async (t) => {
  const { job } = await study(t);
  const report = await measure(job());
  const { lattice, models, dataset, options } = report.inputs;
  assert.deepEqual(lattice, {
    kind: 'augmented',
    attributes: [
      { name: 'brightness', unit: 'grey levels', step: 20 },
      { name: 'roll', unit: '°', step: 10 },
    ],
    pointsPerIdentity: 16,
    nImages: 12,
  });
  assert.deepEqual([dataset.nImages, dataset.nIdentities], [12, 3]);
  assert.deepEqual(
    models.map(({ name, metric }) => [name, metric]),
    [
      ['blind', 'euclidean'],
      ['axis', 'euclidean'],
      ['random', 'euclidean'],
    ],
  );
  assert.deepEqual(options.neighbours, ['knn:5', 'all']);
  const { results } = report;
  assert.equal(results.microscale.length, 6);
  const [first] = results.microscale;
  assert.equal(first!.rows.length, 2 * (1 + people.length));
  const row = meanRow(report, 'random', 'roll');
  assert.deepEqual([row.nIdentities, row.nCurves], [3, 48]);
  assert.ok(row.ci![0] <= row.energy! && row.energy! <= row.ci![1]);
  assert.ok(Math.abs(row.stepOverWithin! - row.stepLength / results.microscale[4]!.meanWithin!) < 1e-12);
  // Three pairs of models, two rules.
  assert.equal(results.microscaleComparisons.length, 6);
  assert.deepEqual(results.fieldAlignments[1]!.attributes, ['brightness', 'roll']);
  const retention = results.retentions.find((one) => one.model === 'axis' && one.attribute === 'brightness')!;
  assert.deepEqual(retention.steps, ['−20', '0', '+20']);
  assert.ok(Math.abs(retention.distances[0]![2]! - 40 / 128) < 1e-6);
  assert.ok(Math.abs(retention.distances[0]![1]! - 20 / 128) < 1e-6);
  assert.ok(results.fieldDrawings.length > 0);
});

test('a second rule costs no second inference, and the report is the same', async (t) => {
  const { job } = await study(t);
  const first = await measure(job());
  const again = await measure(job());
  assert.deepEqual(again.results, first.results);
  assert.ok(again.heard.log.some((line) => /: \d+ have a result already, 0 to compute/.test(line)));
  assert.ok(!again.heard.log.some((line) => /[1-9]\d* to compute/.test(line)));
});

test('a cancel keeps what was embedded, and the next run goes on there', async (t) => {
  const { job } = await study(t);
  const whole = await measure(job({ report: job().report.replace('study', 'whole') }));
  await rm(job().storeFolder, { recursive: true });
  await assert.rejects(
    measure(job(), ({ throughput }, controller) => {
      // Known as soon as a batch is computed, before it is counted: counted is what is on the disk.
      if (throughput) controller.abort();
    }),
    (error) => isAppError(error, 'cancelled'),
  );
  const resumed = await measure(job());
  assert.deepEqual(resumed.results, whole.results);
  assert.ok(
    resumed.heard.log.some((line) => /: [1-9]\d* have a result already, [1-9]\d* to compute/.test(line)),
  );
});

test('progress of each phase never falls and ends at its total', async (t) => {
  const { job } = await study(t);
  const { heard } = await measure(job());
  const last = new Map<string, Progress>();
  for (const update of heard.progress) {
    assert.ok(update.done >= (last.get(update.phase)?.done ?? 0) && update.done <= update.total);
    last.set(update.phase, update);
  }
  for (const { done, total, phase } of last.values()) assert.equal(done, total, phase);
  assert.deepEqual([...last.keys()].sort(), ['analyze', 'embed', 'scan', 'write']);
});

test('crops are written only where they are asked for', async (t) => {
  const { folder, job } = await study(t);
  const crops = join(folder, 'crops');
  const { lattice } = job();
  assert.ok(lattice.kind === 'augmented');
  await measure(job({ lattice: { ...lattice, maxIdentities: 1, writeImages: crops } }));
  const files = await readdir(crops);
  // Sixteen points, each with two stencils that share it.
  assert.equal(files.length, 16 * 5);
  assert.ok(files.every((name) => name.endsWith('.png')));
});

test('a table of curves of images is measured by the model', async (t) => {
  const { folder, job } = await study(t);
  const lines = ['image,identity,attribute,curve,step'];
  for (const person of people) {
    for (let curve = 0; curve < 4; curve++) {
      for (let step = 0; step < 3; step++) {
        lines.push(`${person}/${(curve + step) % imagesEach}.png,${person},light,${curve},${step}`);
      }
    }
    lines.push(`${person}/0.png,${person},light,broken,0`);
  }
  const file = join(folder, 'faces', 'curves.csv');
  await writeFile(file, lines.join('\n'));
  const report = await measure(
    job({ lattice: { kind: 'table', file }, models: [job().models[2]!], neighbours: ['all'] }),
  );
  assert.deepEqual(report.inputs.lattice, {
    kind: 'table',
    file: 'curves.csv',
    attributes: ['light'],
    nCurves: 12,
    nIncomplete: 3,
  });
  assert.equal(report.diagnostics.find(({ code }) => code === 'curveIncomplete')?.count, 3);
  const row = meanRow(report, 'random', 'light', 'all');
  assert.deepEqual([row.nIdentities, row.nCurves], [3, 12]);
});

test('ready stencils need no model and no image', async (t) => {
  const { folder, job } = await study(t);
  const npy = async (name: string, rows: readonly (readonly number[])[]) => {
    const path = join(folder, `${name}.npy`);
    const data = Float32Array.from(rows.flat());
    await writeFile(path, encodeNpy({ rows: rows.length, dim: 2, data }));
    return path;
  };
  const start = await npy('start', [
    [0, 0],
    [1, 0],
    [3, 0],
    [7, 0],
  ]);
  const end = await npy('end', [
    [1, 0],
    [1, 1],
    [3, 1],
    [6, 0],
  ]);
  const report = await measure(
    job({
      models: [],
      metric: 'euclidean',
      neighbours: ['all'],
      lattice: { kind: 'stencils', start, base: start, end },
    }),
  );
  // By hand: (4/3 + 2/3 + 2/3 + 4/3)/4.
  assert.ok(Math.abs(meanRow(report, 'start', 'attribute', 'all').energy! - 1) < 1e-9);
  assert.deepEqual(report.inputs.lattice, { kind: 'stencils', files: ['start.npy', 'start.npy', 'end.npy'] });
  assert.equal(report.inputs.models[0]!.family, 'embeddings');
});
