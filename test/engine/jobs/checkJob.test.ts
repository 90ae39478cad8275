import assert from 'node:assert/strict';
import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import type { DescribeJob } from '../../../src/protocol/jobs.ts';
import type { Freshness } from '../../../src/protocol/reportJobs.ts';
import { netBytes, pixelRevealingNet } from '../../support/onnxNets.ts';
import { analyze, flatImage, type Heard, listeningContext, type Study, smallStudy } from './smallStudy.ts';

test('a report whose inputs are as they were is current, also when the whole folder was moved', async (t) => {
  const study = await analyzed(t);
  assert.deepEqual(await check(study), { state: 'current', changes: [] });
  const moved = `${study.folder}-moved`;
  await rename(study.folder, moved);
  t.after(() => rm(moved, { recursive: true, force: true }));
  assert.deepEqual(await check({ folder: moved }), { state: 'current', changes: [] });
});

test('images that came or went are counted', async (t) => {
  const study = await analyzed(t);
  await addPerson(study.folder);
  assert.deepEqual(await check(study), { state: 'stale', changes: ['1 image was added.'] });
  await rm(join(study.folder, 'faces', '000001.png'));
  await rm(join(study.folder, 'faces', '000002.png'));
  await rm(join(study.folder, 'faces', '000003.png'));
  assert.deepEqual(await check(study), { state: 'stale', changes: ['2 images were taken away.'] });
});

test('an image of other content, and an attribute of another value, are changes of what is known', async (t) => {
  const changes = ['Images or what is known of them have changed.'];
  const repainted = await analyzed(t);
  await writeFile(join(repainted.folder, 'faces', '000001.png'), await flatImage(1, 2, 3));
  assert.deepEqual(await check(repainted), { state: 'stale', changes });
  const relabelled = await analyzed(t);
  const table = join(relabelled.folder, 'faces', 'list_attr_celeba.txt');
  await writeFile(table, (await readFile(table, 'utf8')).replace('000001.png  1', '000001.png -1'));
  assert.deepEqual(await check(relabelled), { state: 'stale', changes });
});

test('a touched file of the same content changes nothing', async (t) => {
  const study = await analyzed(t);
  const when = new Date('2020-01-01');
  await utimes(join(study.folder, 'faces', '000001.png'), when, when);
  await utimes(join(study.folder, 'net.onnx'), when, when);
  assert.equal((await check(study)).state, 'current');
});

test('another model file is named; one that is no model any more is another file, too', async (t) => {
  const study = await analyzed(t);
  const model = join(study.folder, 'net.onnx');
  await writeFile(model, Buffer.concat([netBytes(pixelRevealingNet()), Buffer.from([0x32, 0])]));
  assert.deepEqual(await check(study), { state: 'stale', changes: ['net.onnx is another file now.'] });
  await writeFile(model, 'This is no model.');
  assert.deepEqual(await check(study), { state: 'stale', changes: ['net.onnx is another file now.'] });
});

test('what is not there any more makes it unknown, by its path; a change besides makes it stale', async (t) => {
  const study = await analyzed(t);
  const model = join(study.folder, 'net.onnx');
  await rm(model);
  assert.deepEqual(await check(study), { state: 'unknown', changes: [`${model} is not there any more.`] });
  await addPerson(study.folder);
  assert.deepEqual(await check(study), {
    state: 'stale',
    changes: ['1 image was added.', `${model} is not there any more.`],
  });
  const faces = join(study.folder, 'faces');
  await rm(faces, { recursive: true });
  assert.deepEqual(await check(study), {
    state: 'unknown',
    changes: [`${faces} is not there any more.`, `${model} is not there any more.`],
  });
});

test('a description depends on annotations alone', async (t) => {
  const study = await smallStudy(t);
  const { data, annotations, interEntropyBandwidth, combinations, pairwiseValues, report } = study.job();
  const job: DescribeJob = {
    kind: 'describe',
    data,
    annotations,
    minImages: 1,
    interEntropyBandwidth,
    combinations,
    pairwiseValues,
    seed: 1,
    report,
  };
  await runJob(job, listeningContext(quiet()));
  await writeFile(join(study.folder, 'faces', '000001.png'), await flatImage(1, 2, 3));
  assert.equal((await check(study)).state, 'current');
  await addPerson(study.folder);
  assert.deepEqual(await check(study), { state: 'stale', changes: ['1 image was added.'] });
});

test('a report that does not say how it was made is unknown, with what to do', async (t) => {
  const study = await analyzed(t);
  const file = reportOf(study);
  const report = JSON.parse(await readFile(file, 'utf8')) as { inputs: object };
  await writeFile(file, JSON.stringify({ ...report, inputs: { ...report.inputs, job: null } }));
  const { state, changes } = await check(study);
  assert.equal(state, 'unknown');
  assert.match(changes[0]!, /earlier version\. Start the analysis anew\.$/);
});

test('a file that is no report is refused', async (t) => {
  const study = await analyzed(t);
  await writeFile(reportOf(study), '{');
  await assert.rejects(check(study), (error) => isAppError(error, 'reportInvalid'));
});

test('content that was digested is not read again', async (t) => {
  const study = await analyzed(t);
  const image = join(study.folder, 'faces', '000001.png');
  const old = new Date('2020-01-01');
  await utimes(image, old, old);
  assert.equal((await check(study)).state, 'current');
  const { length } = await readFile(image);
  await writeFile(image, Buffer.alloc(length));
  await utimes(image, old, old);
  // Same size and time: a look at the content would have told.
  assert.equal((await check(study)).state, 'current');
});

async function analyzed(t: TestContext): Promise<Study> {
  const study = await smallStudy(t);
  await analyze(study.job());
  return study;
}

function reportOf({ folder }: Pick<Study, 'folder'>): string {
  return join(folder, 'out', 'study.attrlens.json');
}

async function check(study: Pick<Study, 'folder'>): Promise<Freshness> {
  const job = { kind: 'check', report: reportOf(study), storeFolder: join(study.folder, 'store') } as const;
  const result = await runJob(job, listeningContext(quiet()));
  assert.ok(result.kind === 'check');
  return result.freshness;
}

function quiet(): Heard {
  return { progress: [], log: [] };
}

/** One image more, annotated. */
async function addPerson(folder: string): Promise<void> {
  const faces = join(folder, 'faces');
  await writeFile(join(faces, '000099.png'), await flatImage(9, 9, 9));
  const table = join(faces, 'list_attr_celeba.txt');
  const [count, ...rest] = (await readFile(table, 'utf8')).trimEnd().split('\n');
  await writeFile(table, [Number(count) + 1, ...rest, '000099.png  1 -1', ''].join('\n'));
  const identities = join(faces, 'identity_CelebA.txt');
  await writeFile(identities, `${await readFile(identities, 'utf8')}000099.png 99\n`);
}
