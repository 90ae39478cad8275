import assert from 'node:assert/strict';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { faceSvg } from '../../../src/datasets/proceduralFace.ts';
import { samplePictures } from '../../../src/datasets/sampleAnnotations.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { crop } from '../../../src/embedding/cropFaces.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { decodeRgb, renderSvgAsPng } from '../../../src/models/decoder.ts';
import type { RgbImage } from '../../../src/numerics/geometry/rgbImage.ts';
import type { Report } from '../../../src/protocol/report.ts';
import type { Crop } from '../../../src/protocol/reportJobs.ts';
import { scrfdNet } from '../../support/detectorNets.ts';
import { netBytes } from '../../support/onnxNets.ts';
import {
  analyze,
  type Heard,
  imagesEach,
  listeningContext,
  nPeople,
  smallStudy,
  type Study,
} from './smallStudy.ts';

const names = Array.from({ length: nPeople * imagesEach }, (_, i) => `${String(i + 1).padStart(6, '0')}.png`);

/** A study of drawn faces, of CelebA's proportion. */
async function faceStudy(...args: Parameters<typeof smallStudy>): Promise<Study> {
  const study = await smallStudy(...args);
  const pictures = samplePictures(1, nPeople, imagesEach);
  for (const [i, { person, shot }] of pictures.entries()) {
    await writeFile(join(study.folder, 'faces', names[i]!), await renderSvgAsPng(faceSvg(person, shot)));
  }
  return study;
}

interface Asked {
  readonly crops: readonly Crop[];
  readonly heard: Heard;
}

async function cropsOf(
  { folder, job }: Study,
  model: string | null,
  images: readonly string[],
): Promise<Asked> {
  const heard: Heard = { progress: [], log: [] };
  const result = await runJob(
    {
      kind: 'crops',
      report: job().report,
      model,
      images: [...images],
      storeFolder: join(folder, 'store'),
    },
    listeningContext(heard),
  );
  assert.ok(result.kind === 'crops');
  return { crops: result.crops, heard };
}

async function pictureOf(uri: string | null | undefined): Promise<RgbImage> {
  const [head, data] = (uri ?? '').split(',');
  assert.equal(head, 'data:image/jpeg;base64');
  return decodeRgb(Buffer.from(data!, 'base64'));
}

/** Mean difference of grey levels. */
function difference(a: RgbImage, b: RgbImage): number {
  assert.deepEqual([a.width, a.height], [b.width, b.height]);
  let sum = 0;
  for (let i = 0; i < a.pixels.length; i++) sum += Math.abs(a.pixels[i]! - b.pixels[i]!);
  return sum / a.pixels.length;
}

/** The report with a model of 112 × 112: the study's net sees 8 × 8, of which no eye could tell a thing. */
async function withLargeView(study: Study, size = { width: 112, height: 112 }): Promise<Report> {
  const { report: file } = study.job();
  const report = JSON.parse(await readFile(file, 'utf8')) as Report;
  Object.assign(report.inputs.models[0]!.preprocessing!, size);
  await writeFile(file, JSON.stringify(report));
  return report;
}

test('faces at CelebA’s place are shown as the model saw them; a broken image has no picture', async (t) => {
  const study = await faceStudy(t);
  await analyze(study.job({ alignment: { ...study.job().alignment, mode: 'auto' } }));
  const { inputs } = await withLargeView(study);
  assert.deepEqual(inputs.models[0]!.alignment, { kind: 'landmarks', source: 'celebaAligned' });
  await writeFile(join(study.folder, 'faces', names[1]!), 'no picture');
  const { crops, heard } = await cropsOf(study, inputs.models[0]!.name, [names[0]!, names[1]!, names[2]!]);
  assert.deepEqual(
    crops.map(({ image, uri }) => [image, uri === null]),
    [
      [names[0], false],
      [names[1], true],
      [names[2], false],
    ],
  );
  const bytes = await readFile(join(study.folder, 'faces', names[0]!));
  const expected = await crop(bytes, { kind: 'celebaAligned' }, 112, 112);
  const picture = await pictureOf(crops[0]!.uri);
  assert.ok(difference(picture, { pixels: expected, width: 112, height: 112 }) < 4);
  assert.ok(difference(picture, await pictureOf(crops[2]!.uri)) > 4, 'another face is another picture');
  assert.deepEqual([heard.progress.at(-1)?.done, heard.progress.at(-1)?.total], [3, 3]);
});

test('without a model, and where one saw whole images, the whole image is shown, small', async (t) => {
  const study = await faceStudy(t);
  await analyze(study.job());
  const { inputs } = await withLargeView(study, { width: 160, height: 80 });
  assert.deepEqual(inputs.models[0]!.alignment, { kind: 'none' });
  const whole = await pictureOf((await cropsOf(study, null, [names[0]!])).crops[0]!.uri);
  const { width, height } = await decodeRgb(await readFile(join(study.folder, 'faces', names[0]!)));
  const scale = Math.min(1, 112 / Math.max(width, height));
  assert.deepEqual([whole.width, whole.height], [Math.round(width * scale), Math.round(height * scale)]);
  const seen = await pictureOf((await cropsOf(study, inputs.models[0]!.name, [names[0]!])).crops[0]!.uri);
  assert.deepEqual([seen.width, seen.height], [112, 56], 'in the model’s proportions');
  const other = await pictureOf((await cropsOf(study, 'no such model', [names[0]!])).crops[0]!.uri);
  assert.deepEqual(other, whole);
});

test('landmarks of the data set’s table align, and are read once', async (t) => {
  const places = [30, 40, 60, 40, 45, 60, 34, 75, 58, 75];
  const columns = ['lefteye', 'righteye', 'nose', 'leftmouth', 'rightmouth'].flatMap((name) => [
    `${name}_x`,
    `${name}_y`,
  ]);
  const rows = names.map((name) => `${name} ${places.join(' ')}`);
  const table = [rows.length, columns.join(' '), ...rows, ''].join('\n');
  const study = await faceStudy(t, { files: { 'faces/list_landmarks_celeba.txt': table } });
  const data = join(study.folder, 'img_celeba');
  await rename(join(study.folder, 'faces'), data);
  await analyze(study.job({ data, alignment: { ...study.job().alignment, mode: 'landmarks' } }));
  const { inputs } = await withLargeView(study);
  assert.deepEqual(inputs.models[0]!.alignment, { kind: 'landmarks', source: 'table' });
  const { name } = inputs.models[0]!;
  const picture = await pictureOf((await cropsOf(study, name, [names[0]!])).crops[0]!.uri);
  const bytes = await readFile(join(data, names[0]!));
  const expected = await crop(bytes, { kind: 'points', points: places, frame: null }, 112, 112);
  assert.ok(difference(picture, { pixels: expected, width: 112, height: 112 }) < 4);

  // The second time the data set is not opened: its table may be gone.
  await rm(join(data, 'list_landmarks_celeba.txt'));
  await rm(join(data, 'list_attr_celeba.txt'));
  const again = await pictureOf((await cropsOf(study, name, [names[1]!])).crops[0]!.uri);
  const other = await readFile(join(data, names[1]!));
  const second = await crop(other, { kind: 'points', points: places, frame: null }, 112, 112);
  assert.ok(difference(again, { pixels: second, width: 112, height: 112 }) < 4);
});

test('detections come from the store; where it is gone the image is shown whole, and no store is made', async (t) => {
  const study = await smallStudy(t);
  const detector = join(study.folder, 'detector.onnx');
  await writeFile(detector, netBytes(scrfdNet()));
  // The net calls a cell a face where the pixel at its corner is red.
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" shape-rendering="crispEdges"><rect width="640" height="640" fill="#000"/><circle cx="60" cy="60" r="25" fill="#00f"/><rect x="40" y="40" width="1" height="1" fill="rgb(255,0,128)"/></svg>`;
  for (const name of names) await writeFile(join(study.folder, 'faces', name), await renderSvgAsPng(svg));
  const alignment = {
    mode: 'detect',
    detector,
    scoreThreshold: null,
    retryPadded: false,
    faces: 'single',
  } as const;
  await analyze(study.job({ alignment }));
  const { inputs } = await withLargeView(study);
  assert.equal(inputs.models[0]!.alignment?.kind, 'detected');
  await rm(detector);
  const { name } = inputs.models[0]!;
  const whole = await pictureOf((await cropsOf(study, null, [names[0]!])).crops[0]!.uri);
  const aligned = await pictureOf((await cropsOf(study, name, [names[0]!])).crops[0]!.uri);
  assert.ok(difference(aligned, whole) > 10, 'a face, not the whole image');

  const store = join(study.folder, 'store');
  await rm(store, { recursive: true });
  // As another report: what was found is kept for the last one.
  await withLargeView(study, { width: 100, height: 112 });
  const { crops } = await cropsOf(study, name, [names[0]!]);
  assert.deepEqual(await pictureOf(crops[0]!.uri), whole);
  await assert.rejects(stat(store), { code: 'ENOENT' });
});

test('a name that leads out of the data set has no picture, and a report that is none is refused', async (t) => {
  const study = await faceStudy(t);
  await analyze(study.job());
  await writeFile(join(study.folder, 'secret.png'), await readFile(join(study.folder, 'faces', names[0]!)));
  const outside = ['../secret.png', join(study.folder, 'secret.png'), '.', ''].filter((name) => name !== '');
  const { crops } = await cropsOf(study, null, outside);
  assert.deepEqual(
    crops.map(({ uri }) => uri),
    [null, null, null],
  );
  await writeFile(study.job().report, '{');
  await assert.rejects(
    cropsOf(study, null, [names[0]!]),
    (error) => isAppError(error, 'reportInvalid') && error.message.includes(basename(study.job().report)),
  );
});
