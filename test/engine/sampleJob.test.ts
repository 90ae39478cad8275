import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openDataset } from '../../src/datasets/openDataset.ts';
import { sampleAttributes } from '../../src/datasets/sampleAnnotations.ts';
import { isAppError } from '../../src/domain/appError.ts';
import type { JobContext } from '../../src/domain/progress.ts';
import { runSampleJob } from '../../src/engine/jobs/sampleJob.ts';
import type { SampleJob } from '../../src/protocol/jobs.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'sample-'));
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

test('a sample is a workspace that opens as CelebA, with a model and settings that name both', async () => {
  const job = sample('new');
  const result = await runSampleJob(job, quiet());
  const model = join(job.folder, 'models', 'fisherfaces.onnx');
  assert.deepEqual(result, { kind: 'sample', folder: job.folder, nImages: 12, model });
  const table = await openDataset({ data: job.folder, annotations: null, signal: quiet().signal });
  assert.equal(table.kind, 'celeba');
  assert.equal(table.images.length, 12);
  assert.equal(table.identities.known, true);
  assert.equal(table.identities.names.length, 4);
  assert.deepEqual(
    table.attributes.map(({ name }) => name),
    Object.keys(sampleAttributes),
  );
  assert.deepEqual(table.diagnostics, []);
  const settings: unknown = JSON.parse(await readFile(join(job.folder, '.vscode', 'settings.json'), 'utf8'));
  assert.deepEqual(settings, {
    'attributeLens.dataset': '.',
    'attributeLens.models': ['models/fisherfaces.onnx'],
  });
  assert.match(await readFile(join(job.folder, 'README.md'), 'utf8'), /12 drawn faces of 4 people/);
});

test('the same seed gives the same bytes, another seed others', async () => {
  await runSampleJob(sample('one'), quiet());
  await runSampleJob(sample('two'), quiet());
  await runSampleJob({ ...sample('three'), seed: 2 }, quiet());
  const [one, two, three] = await Promise.all(['one', 'two', 'three'].map((name) => bytesOf(name)));
  assert.deepEqual(one, two);
  assert.notDeepEqual(one, three);
});

test('a folder that holds other things is refused and left as it is', async () => {
  const job = sample('taken');
  await mkdir(job.folder);
  await writeFile(join(job.folder, 'thesis.tex'), 'years of work');
  await assert.rejects(runSampleJob(job, quiet()), (error) => {
    return isAppError(error, 'usage') && error.message.includes('«thesis.tex»');
  });
  assert.deepEqual(await readdir(job.folder), ['thesis.tex']);
});

test('a file in the place of the folder is refused', async () => {
  await writeFile(join(parent, 'file'), '');
  await assert.rejects(runSampleJob(sample('file'), quiet()), (error) => isAppError(error, 'usage'));
});

test('a cancelled sample is completed by a second run', async () => {
  const job = sample('cancelled');
  const controller = new AbortController();
  const cancelling: JobContext = {
    ...quiet(),
    signal: controller.signal,
    progress: ({ done }) => {
      if (done === 5) controller.abort();
    },
  };
  await assert.rejects(runSampleJob(job, cancelling), (error) => isAppError(error, 'cancelled'));
  const images = await readdir(join(job.folder, 'img_align_celeba'));
  assert.ok(images.length >= 5 && images.length < 12, `${images.length} images`);
  assert.ok(images.every((name) => name.endsWith('.jpg')));
  await runSampleJob(job, quiet());
  await runSampleJob(sample('whole'), quiet());
  assert.deepEqual(await bytesOf('cancelled'), await bytesOf('whole'));
});

test('a smaller sample over a larger one leaves no picture without annotations, and settings as changed', async () => {
  const job = sample('again');
  await runSampleJob(job, quiet());
  const settings = join(job.folder, '.vscode', 'settings.json');
  await writeFile(settings, '{ "mine": true }');
  await runSampleJob({ ...job, identities: 2 }, quiet());
  assert.equal((await readdir(join(job.folder, 'img_align_celeba'))).length, 6);
  assert.equal(await readFile(settings, 'utf8'), '{ "mine": true }');
});

function sample(name: string): SampleJob {
  return { kind: 'sample', folder: join(parent, name), identities: 4, imagesPerIdentity: 3, seed: 1 };
}

function quiet(): JobContext {
  return { signal: new AbortController().signal, progress: () => undefined, log: () => undefined };
}

async function bytesOf(name: string): Promise<Record<string, string>> {
  const root = join(parent, name);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.sort().map(async (file) => [file.slice(root.length), await readFile(file, 'base64')] as const),
  );
  return Object.fromEntries(contents);
}
