import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { encodeNpy } from '../../../src/datasets/npy.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import type { AnalyzeJob } from '../../../src/protocol/jobs.ts';
import type { Projection } from '../../../src/protocol/projectionSchema.ts';
import { projectionFileOf, readProjection } from '../../../src/protocol/readProjection.ts';
import { readReport } from '../../../src/protocol/readReport.ts';
import type { ProjectJob } from '../../../src/protocol/reportJobs.ts';
import {
  analyze,
  flatImage,
  type Heard,
  imagesEach,
  listeningContext,
  nPeople,
  type Study,
  smallStudy,
} from './smallStudy.ts';

const nImages = nPeople * imagesEach;

test('a report is projected from its store, its model gone: points, attributes as annotated, neighbours by hand', async (t) => {
  const study = await analyzed(t);
  await rm(join(study.folder, 'net.onnx'));
  const { projection } = await project(study);
  assert.equal(projection.nImages, nImages);
  assert.equal(projection.nMissing, 0);
  assert.equal(projection.points.images.length, nImages);
  assert.equal(projection.points.images[0], '000001.png');
  assert.deepEqual(projection.points.identities.slice(0, 4), [0, 0, 1, 1]);
  assert.equal(projection.points.identityNames.length, nPeople);
  assert.deepEqual(
    projection.attributes.map(({ name }) => name),
    ['Warm', 'Smiling'],
  );
  assert.equal(projection.attributes[0]!.codes, '++--'.repeat(nPeople / 2));
  assert.equal(projection.attributes[1]!.codes, '+-'.repeat(nPeople));
  assert.equal(projection.datasetDigest, (await reportOf(study)).inputs.dataset.digest);
  const [model] = projection.models;
  // The two images of a person differ by 5 grey levels in one channel, people by 12 or more in another.
  for (let i = 0; i < nImages; i++) {
    const { k, index } = model!.neighbours;
    assert.equal(index[i * k], i % 2 === 0 ? i + 1 : i - 1, `point ${i}`);
  }
  assert.ok(model!.pca.explained[0] > 0.5);
});

test('numbers are measured of what is stored: images of a person, its distance to the mean of its embeddings', async (t) => {
  const study = await analyzed(t);
  const { projection } = await project(study);
  const values = new Map(projection.numbers.map((number) => [number.name, number.values]));
  assert.ok(values.get('imagesOfPerson')!.every((value) => value === imagesEach));
  const [model] = projection.models;
  const { k, distance } = model!.neighbours;
  // Of two images each lies half their distance from their mean.
  values.get('distanceToPerson')!.forEach((value, i) => {
    assert.ok(Math.abs(value! - distance[i * k]! / 2) < 1e-3 * value!, `${value} and ${distance[i * k]}`);
  });
  assert.ok(values.has('embeddingNorm'));
});

test('attributes that were measured of the images are parted where the report parted them', async (t) => {
  const study = await analyzed(t, { imageStatistics: true, combinations: ['Warm & !Smiling'] });
  const { projection } = await project(study);
  const report = await reportOf(study);
  assert.deepEqual(
    projection.attributes.map(({ name }) => name),
    report.inputs.dataset.attributes.map(({ name }) => name),
  );
  for (const { attribute, nPositive, nNegative } of report.results.attributes) {
    const { codes } = projection.attributes.find(({ name }) => name === attribute)!;
    assert.deepEqual(
      [codes.replaceAll(/[^+]/g, '').length, codes.replaceAll(/[^-]/g, '').length],
      [nPositive, nNegative],
      attribute,
    );
  }
  assert.ok(projection.numbers.some(({ name }) => name === 'brightness'));
});

test('the same seed writes the same bytes; more images than points are thinned', async (t) => {
  const study = await analyzed(t);
  const [first, again] = [await project(study), await project(study)];
  assert.equal(again.text, first.text);
  const { projection } = await project(study, { maxPoints: 10 });
  assert.equal(projection.points.images.length, 10);
  assert.equal(projection.nImages, nImages);
  assert.equal(projection.attributes[0]!.codes.length, 10);
  const other = await project(study, { maxPoints: 10, seed: 2 });
  assert.notDeepEqual(other.projection.points.images, projection.points.images);
});

test('images that the store lacks are left out and counted', async (t) => {
  const study = await analyzed(t);
  await writeFile(join(study.folder, 'faces', '000003.png'), await flatImage(9, 9, 9));
  const { projection, log } = await project(study);
  assert.equal(projection.nImages, nImages - 1);
  assert.equal(projection.nMissing, 1);
  assert.ok(!projection.points.images.includes('000003.png'));
  assert.ok(log.some((line) => line.includes('1 images of the report are left out')));
});

test('the quality subset of the report is the projection’s, too', async (t) => {
  const study = await smallStudy(t, {
    files: { 'faces/000100.png': await flatImage(250, 250, 250) },
  });
  const table = join(study.folder, 'faces', 'list_attr_celeba.txt');
  const lines = (await readFile(table, 'utf8')).trimEnd().split('\n');
  await writeFile(table, [String(nImages + 1), ...lines.slice(1), '000100.png 1 1', ''].join('\n'));
  const identities = join(study.folder, 'faces', 'identity_CelebA.txt');
  await writeFile(identities, `${await readFile(identities, 'utf8')}000100.png 99\n`);
  await analyze(study.job({ minImages: 2 }));
  const { projection } = await project(study);
  assert.equal(projection.nMissing, 0);
  assert.equal(projection.nImages, nImages);
});

test('two models show the same points', async (t) => {
  const study = await smallStudy(t);
  const model = { path: join(study.folder, 'net.onnx') };
  await analyze(study.job({ models: [model, { ...model, name: 'other', channels: 'BGR' }] }));
  const { projection } = await project(study);
  assert.deepEqual(
    projection.models.map((one) => one.model),
    (await reportOf(study)).inputs.models.map(({ name }) => name),
  );
  assert.ok(projection.models.every(({ umap }) => umap.x.length === nImages));
  assert.ok(projection.numbers.some(({ name }) => name === 'distanceToPerson of other'));
});

test('ready embeddings are projected as they are, and refused once the file is another one', async (t) => {
  const study = await smallStudy(t);
  const file = join(study.folder, 'ready.npy');
  const data = Float32Array.from({ length: nImages * 3 }, (_, i) => Math.sin(i * i));
  await writeFile(file, encodeNpy({ rows: nImages, dim: 3, data }));
  await analyze(study.job({ embeddings: { file, list: null }, models: [] }));
  const { projection } = await project(study);
  assert.equal(projection.models[0]!.model, 'ready');
  assert.equal(projection.nImages, nImages);
  await writeFile(file, encodeNpy({ rows: nImages, dim: 3, data: data.map((value) => value + 1) }));
  await assert.rejects(project(study), (error) => isAppError(error, 'embeddingsInvalid'));
});

test('where nothing is stored any more the error says to run the analysis again, and nothing is made', async (t) => {
  const study = await analyzed(t);
  await rm(join(study.folder, 'store'), { recursive: true });
  await assert.rejects(project(study), (error) => {
    return isAppError(error, 'embeddingsInvalid') && error.message.includes('Run the analysis again');
  });
  const made = await readdir(join(study.folder, 'store')).catch(() => []);
  assert.ok(
    made.every((name) => name === 'content'),
    made.join(', '),
  );
});

test('a report of no images is refused with what to choose', async (t) => {
  const study = await smallStudy(t);
  const report = join(study.folder, 'out', 'study.attrlens.json');
  const { data, annotations, minImages, interEntropyBandwidth, combinations, pairwiseValues, seed } =
    study.job();
  await runJob(
    {
      kind: 'describe',
      data,
      annotations,
      minImages,
      interEntropyBandwidth,
      combinations,
      pairwiseValues,
      seed,
      report,
    },
    listeningContext(silent()),
  );
  await assert.rejects(
    project(study),
    (error) => isAppError(error, 'usage') && error.message.includes('Choose a report'),
  );
});

test('progress of each phase grows to its total; a cancel leaves no file', async (t) => {
  const study = await analyzed(t);
  const { heard } = await project(study);
  for (const phase of ['scan', 'analyze', 'write'] as const) {
    const own = heard.progress.filter((update) => update.phase === phase);
    const done = own.map((update) => update.done);
    assert.deepEqual(
      done,
      done.toSorted((a, b) => a - b),
      phase,
    );
    assert.equal(own.at(-1)?.done, own.at(-1)?.total, phase);
  }
  const out = join(study.folder, 'cancelled.projection.json');
  const cancelling = listeningContext(silent(), ({ phase }, controller) => {
    if (phase === 'analyze') controller.abort();
  });
  const running = runJob(jobOf(study, { out }), cancelling);
  await assert.rejects(running, (error) => isAppError(error, 'cancelled'));
  await assert.rejects(readFile(out));
});

async function analyzed(t: TestContext, changes: Partial<AnalyzeJob> = {}): Promise<Study> {
  const study = await smallStudy(t);
  await analyze(study.job(changes));
  return study;
}

function silent(): Heard {
  return { progress: [], log: [] };
}

async function reportOf(study: Study) {
  return readReport(JSON.parse(await readFile(study.job().report, 'utf8')));
}

function jobOf(study: Study, changes: Partial<ProjectJob> = {}): ProjectJob {
  const { report, storeFolder } = study.job();
  return {
    kind: 'project',
    report,
    out: projectionFileOf(report),
    storeFolder,
    maxPoints: 50_000,
    neighbours: 15,
    minDistance: 0.1,
    seed: 1,
    ...changes,
  };
}

async function project(study: Study, changes: Partial<ProjectJob> = {}) {
  const job = jobOf(study, changes);
  const heard: Heard = { progress: [], log: [] };
  await runJob(job, listeningContext(heard));
  const text = await readFile(job.out, 'utf8');
  const projection: Projection = readProjection(text, 'study.projection.json');
  return { projection, text, heard, log: heard.log };
}
