import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { decodeRgb, renderSvgAsPng } from '../../../src/models/decoder.ts';
import type { AlignmentPreview, PreviewJob } from '../../../src/protocol/jobs.ts';
import { scrfdNet } from '../../support/detectorNets.ts';
import { netBytes } from '../../support/onnxNets.ts';
import { type Heard, listeningContext, smallStudy, type Study } from './smallStudy.ts';

const whole = {
  mode: 'none',
  detector: null,
  scoreThreshold: null,
  retryPadded: false,
  faces: 'single',
} as const;

async function preview({ folder }: Study, changes: Partial<PreviewJob> = {}): Promise<AlignmentPreview> {
  const heard: Heard = { progress: [], log: [] };
  const job: PreviewJob = {
    kind: 'preview',
    data: join(folder, 'faces'),
    annotations: null,
    model: { path: join(folder, 'net.onnx') },
    alignment: whole,
    provider: 'cpu',
    storeFolder: join(folder, 'store'),
    nImages: 100,
    seed: 1,
    ...changes,
  };
  const result = await runJob(job, listeningContext(heard));
  assert.ok(result.kind === 'preview');
  return result.preview;
}

async function pixelsOf(uri: string): Promise<{ width: number; height: number; pixels: Uint8Array }> {
  const [head, data] = uri.split(',');
  assert.equal(head, 'data:image/jpeg;base64');
  return decodeRgb(Buffer.from(data!, 'base64'));
}

test('each image comes with the crop that the model sees, broken ones first with the reason', async (t) => {
  const study = await smallStudy(t);
  await writeFile(join(study.folder, 'faces', '000007.png'), 'no picture');
  const found = await preview(study);
  assert.deepEqual([found.nChecked, found.nFailed, found.width, found.height], [24, 1, 8, 8]);
  assert.deepEqual(found.alignment, { kind: 'none' });
  const [broken, first] = found.images;
  assert.deepEqual([broken?.name, broken?.crop], ['000007.png', null]);
  assert.match(broken!.failure!, /no image|not .*decoded|unsupported/i);
  assert.equal(first?.name, '000001.png');
  const crop = await pixelsOf(first.crop!);
  assert.deepEqual([crop.width, crop.height], [8, 8]);
  // Flat (200, 40, 30), but for what JPEG makes of it.
  for (const [channel, expected] of [200, 40, 30].entries()) {
    assert.ok(Math.abs(crop.pixels[channel]! - expected) < 8, `${crop.pixels[channel]} is not ${expected}`);
  }
});

test('a sample is drawn by seed', async (t) => {
  const study = await smallStudy(t);
  const names = async (seed: number) =>
    (await preview(study, { nImages: 5, seed })).images.map(({ name }) => name);
  const one = await names(1);
  assert.equal(one.length, 5);
  assert.deepEqual(await names(1), one);
  assert.notDeepEqual(await names(2), one);
});

test('a detector’s faces are shown, the chosen one marked, and images without one come first', async (t) => {
  const study = await smallStudy(t);
  const { folder } = study;
  const detector = join(folder, 'detector.onnx');
  await writeFile(detector, netBytes(scrfdNet()));
  await rm(join(folder, 'faces'), { recursive: true });
  const draw = async (name: string, dots: readonly string[]) => {
    const marks = dots.map((dot) => `<rect ${dot} width="1" height="1" fill="rgb(255,0,128)"/>`).join('');
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" shape-rendering="crispEdges"><rect width="640" height="640" fill="#000"/>${marks}</svg>`;
    return [`faces/${name}`, await renderSvgAsPng(svg)] as const;
  };
  await mkdir(join(folder, 'faces'));
  for (const [name, bytes] of [
    await draw('a.png', ['x="40" y="40"']),
    await draw('b.png', []),
    await draw('c.png', ['x="40" y="40"', 'x="520" y="520"']),
  ]) {
    await writeFile(join(folder, name), bytes);
  }
  const alignment = { ...whole, mode: 'detect', detector } as const;
  const found = await preview(study, { alignment, model: null });
  assert.deepEqual(
    found.images.map(({ name, failure, faces }) => [name, failure, faces.map(({ chosen }) => chosen)]),
    [
      ['b.png', 'No face was found.', []],
      ['c.png', 'Several faces were found.', [false, false]],
      ['a.png', null, [true]],
    ],
  );
  assert.deepEqual([found.width, found.height], [112, 112]);
  const [face] = found.images[2]!.faces;
  // Distances of the net's first anchor are 1, 2, 3, 4 cells of 8 pixels at full blue.
  const unit = (128 / 255) * 8;
  assert.ok(Math.abs(face!.box!.x - (40 - unit)) < 1e-3);
  assert.ok(Math.abs(face!.box!.height - 6 * unit) < 1e-3);
  const largest = await preview(study, { alignment: { ...alignment, faces: 'largest' }, model: null });
  assert.equal(largest.nFailed, 1);
});
