import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { decodeRgb } from '../../../src/models/decoder.ts';
import type { LatticePreview, LatticePreviewJob } from '../../../src/protocol/microscaleJobs.ts';
import { type Heard, listeningContext, smallStudy, type Study } from './smallStudy.ts';

async function preview({ folder }: Study, changes: Partial<LatticePreviewJob> = {}): Promise<LatticePreview> {
  const heard: Heard = { progress: [], log: [] };
  const job: LatticePreviewJob = {
    kind: 'latticePreview',
    data: join(folder, 'faces'),
    annotations: null,
    model: { path: join(folder, 'net.onnx') },
    alignment: { mode: 'none', detector: null, scoreThreshold: null, retryPadded: false, faces: 'single' },
    provider: 'cpu',
    storeFolder: join(folder, 'store'),
    lattice: {
      kind: 'augmented',
      attributes: ['brightness', 'occlusion'],
      steps: { brightness: 30 },
      pointsPerIdentity: 2,
      maxIdentities: 1,
      writeImages: null,
    },
    nPoints: 3,
    seed: 1,
    ...changes,
  };
  const result = await runJob(job, listeningContext(heard));
  assert.ok(result.kind === 'latticePreview');
  return result.preview;
}

async function meanLevel(uri: string): Promise<number> {
  const { pixels } = await decodeRgb(Buffer.from(uri.split(',')[1]!, 'base64'));
  return pixels.reduce((sum, level) => sum + level, 0) / pixels.length;
}

test('each attribute has a row of three crops for each of a few images, one step apart', async (t) => {
  const found = await preview(await smallStudy(t));
  assert.deepEqual([found.width, found.height, found.nFailed], [8, 8, 0]);
  const [brightness, occlusion] = found.attributes;
  assert.deepEqual([brightness?.name, brightness?.step, brightness?.unit], ['brightness', 30, 'grey levels']);
  assert.equal(brightness!.rows.length, 3);
  assert.equal(new Set(brightness!.rows.map(({ image }) => image)).size, 3);
  for (const { values, crops } of brightness!.rows) {
    assert.ok(Math.abs(values[1]! - values[0]! - 30) < 1e-9 && Math.abs(values[2]! - values[1]! - 30) < 1e-9);
    const levels = await Promise.all(crops.map(meanLevel));
    assert.ok(levels[0]! < levels[1]! && levels[1]! < levels[2]!, levels.join(' '));
  }
  // One-sided: from none to two steps.
  assert.deepEqual(
    occlusion!.rows.map(({ values }) => values),
    Array.from({ length: 3 }, () => [0, 8, 16]),
  );
});

test('an image that cannot be shown is counted, and the others are there', async (t) => {
  const study = await smallStudy(t);
  await writeFile(join(study.folder, 'faces', '000007.png'), 'no picture');
  const found = await preview(study, { nPoints: 24 });
  assert.equal(found.nFailed, 1);
  assert.equal(found.attributes[0]!.rows.length, 23);
});
