import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faceSvg } from '../../src/datasets/proceduralFace.ts';
import { samplePictures } from '../../src/datasets/sampleAnnotations.ts';
import { isAppError } from '../../src/domain/appError.ts';
import type { JobContext, Progress } from '../../src/domain/progress.ts';
import { runBaselineJob } from '../../src/engine/jobs/baselineJob.ts';
import { renderSvgAsJpeg } from '../../src/models/decoder.ts';
import type { BaselineJob } from '../../src/protocol/jobs.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baseline-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('a folder for each person gives fisherfaces, written whole', async () => {
  const { job, data, out } = places();
  await drawPeople(data, 4, 3);
  const { context } = listener();
  assert.deepEqual(await runBaselineJob(job, context), {
    kind: 'baseline',
    model: out,
    method: 'fisherfaces',
    components: 8,
    nImages: 12,
    nIdentities: 4,
  });
  assert.deepEqual(await readdir(join(folder, 'models')), ['baseline.onnx']);
  assert.match((await readFile(out)).toString('latin1'), /attribute_lens\.method.+fisherfaces/s);
});

test('a plain folder of images gives eigenfaces', async () => {
  const { job, data } = places();
  await mkdir(data);
  for (const { fileName, person, shot } of samplePictures(1, 5, 1)) {
    await writeFile(join(data, fileName), await renderSvgAsJpeg(faceSvg(person, shot), 90));
  }
  const result = await runBaselineJob({ ...job, components: 3 }, listener().context);
  assert.ok(result.kind === 'baseline' && result.method === 'eigenfaces');
  assert.equal(result.components, 3);
});

test('images that cannot be decoded are left out, named and counted', async () => {
  const { job, data } = places();
  await drawPeople(data, 3, 3);
  await writeFile(join(data, 'p0', 'broken.jpg'), 'no image at all');
  const { context, lines } = listener();
  const result = await runBaselineJob(job, context);
  assert.ok(result.kind === 'baseline' && result.nImages === 9);
  assert.ok(lines.some((line) => line.startsWith('warning p0/broken.jpg: ')));
  assert.ok(lines.includes('warning 1 of 10 images could not be decoded and were left out.'));
});

test('fewer than two readable images are refused with both numbers, and nothing is written', async () => {
  const { job, data } = places();
  await drawPeople(data, 1, 1);
  await writeFile(join(data, 'p0', 'broken.jpg'), 'no image at all');
  await assert.rejects(runBaselineJob(job, listener().context), (error) => {
    assert.ok(isAppError(error, 'notEnoughIdentities'));
    assert.match(error.message, /has 1 of 2/);
    return true;
  });
  assert.deepEqual(await readdir(folder), ['data']);
});

test('a model that cannot be written is named, and no half of it stays', async () => {
  const { job, data } = places();
  await drawPeople(data, 2, 2);
  await mkdir(join(folder, 'models', 'baseline.onnx', 'taken'), { recursive: true });
  await assert.rejects(runBaselineJob(job, listener().context), (error) => {
    return isAppError(error, 'writeFailed') && error.message.includes(job.out);
  });
  assert.deepEqual(await readdir(join(folder, 'models')), ['baseline.onnx']);
});

test('a cancel in any phase ends the job without a model', async () => {
  const { job, data } = places();
  await drawPeople(data, 3, 8);
  for (const phase of ['scan', 'decode', 'analyze'] as const) {
    const controller = new AbortController();
    const { context } = listener(controller.signal, (update) => {
      if (update.phase === phase) controller.abort();
    });
    await assert.rejects(runBaselineJob(job, context), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual(await readdir(folder), ['data'], phase);
  }
});

test('progress rises in each phase to its total', async () => {
  const { job, data } = places();
  await drawPeople(data, 3, 8);
  const { context, updates } = listener();
  await runBaselineJob(job, context);
  assert.deepEqual([...new Set(updates.map(({ phase }) => phase))], ['scan', 'decode', 'analyze']);
  for (const phase of ['scan', 'decode', 'analyze']) {
    const own = updates.filter((update) => update.phase === phase);
    own.slice(1).forEach(({ done }, i) => assert.ok(done >= own[i]!.done));
    assert.equal(own.at(-1)!.done, own.at(-1)!.total, phase);
  }
});

function places(): { readonly job: BaselineJob; readonly data: string; readonly out: string } {
  const data = join(folder, 'data');
  const out = join(folder, 'models', 'baseline.onnx');
  return {
    data,
    out,
    job: { kind: 'baseline', data, annotations: null, out, components: 16, seed: 1 },
  };
}

async function drawPeople(data: string, nPeople: number, imagesEach: number): Promise<void> {
  for (const { fileName, identity, person, shot } of samplePictures(1, nPeople, imagesEach)) {
    await mkdir(join(data, `p${identity}`), { recursive: true });
    await writeFile(join(data, `p${identity}`, fileName), await renderSvgAsJpeg(faceSvg(person, shot), 90));
  }
}

function listener(
  signal = new AbortController().signal,
  onProgress: (update: Progress) => void = () => undefined,
): { readonly context: JobContext; readonly lines: string[]; readonly updates: Progress[] } {
  const lines: string[] = [];
  const updates: Progress[] = [];
  const context: JobContext = {
    signal,
    progress(update) {
      updates.push(update);
      onProgress(update);
    },
    log: (level, message) => void lines.push(`${level} ${message}`),
  };
  return { context, lines, updates };
}
