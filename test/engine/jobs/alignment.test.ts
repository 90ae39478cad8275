import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { keyWith } from '../../../src/engine/jobs/frameImages.ts';
import { renderSvgAsPng } from '../../../src/models/decoder.ts';
import { alignmentTemplate } from '../../../src/models/alignment.ts';
import { scrfdNet } from '../../support/detectorNets.ts';
import { netBytes, pixelRevealingNet } from '../../support/onnxNets.ts';
import { analyzeDefaults } from '../../support/jobDefaults.ts';
import { analyze, imagesEach, nPeople, smallStudy } from './smallStudy.ts';

const aligned = { ...analyzeDefaults.alignment, mode: 'landmarks' } as const;

/** The landmark table of un-aligned CelebA images for the study's files, all with the same five points. */
function landmarkTable(points: readonly number[], without: readonly number[] = []): string {
  const rows = Array.from({ length: nPeople * imagesEach }, (_, i) => i)
    .filter((i) => !without.includes(i))
    .map((i) => `${String(i + 1).padStart(6, '0')}.png ${points.join(' ')}`);
  const names = ['lefteye', 'righteye', 'nose', 'leftmouth', 'rightmouth'].flatMap((name) => [
    `${name}_x`,
    `${name}_y`,
  ]);
  return [rows.length, names.join(' '), ...rows, ''].join('\n');
}

test('landmarks of the data set’s table align its images; rows without are left out and named', async (t) => {
  // Landmarks at the template of the net's own 8 × 8: the crop is the image, so nothing but the record changes.
  const points = [...alignmentTemplate(8, 8)].map((place) => Math.round(place * 100) / 100);
  const { job, folder } = await smallStudy(t, {
    files: { 'faces/list_landmarks_celeba.txt': landmarkTable(points, [4]) },
  });
  // By its name it holds CelebA's un-aligned images, which this table is about.
  const data = join(folder, 'img_celeba');
  await rename(join(folder, 'faces'), data);
  const { inputs, diagnostics, results } = await analyze(job({ data, alignment: aligned }));
  assert.deepEqual(inputs.models[0]?.alignment, { kind: 'landmarks', source: 'table' });
  assert.deepEqual(
    diagnostics.filter(({ code }) => code === 'landmarksMissing').map(({ items }) => items),
    [['000005.png']],
  );
  assert.equal(inputs.dataset.nImages, 23);
  assert.equal(results.macroscale[0]!.rows[0]!.ks, 1);
});

test('other landmarks of the same file are another key, so that nothing stale is found', () => {
  const key = 'a'.repeat(64);
  assert.notEqual(keyWith(key, [1, 2]), keyWith(key, [1, 3]));
  assert.equal(keyWith(key, [1, 2]), keyWith(key, [1, 2]));
});

test('`landmarks` without any, and `detect` without a detector, are refused with what to do', async (t) => {
  const { job } = await smallStudy(t);
  await assert.rejects(
    analyze(job({ alignment: aligned })),
    (error) => isAppError(error, 'dataSetInvalid') && error.message.includes('attributeLens.detector'),
  );
  await assert.rejects(
    analyze(job({ alignment: { ...aligned, mode: 'detect' } })),
    (error) => isAppError(error, 'usage') && error.message.includes('attributeLens.detector'),
  );
});

test('CelebA’s aligned images are recognised by their proportion and aligned at their fixed points', async (t) => {
  const { job, folder } = await smallStudy(t);
  const picture = await renderSvgAsPng(
    '<svg xmlns="http://www.w3.org/2000/svg" width="89" height="109"><rect width="89" height="109" fill="#777"/><circle cx="34.5" cy="55.5" r="6" fill="#fff"/></svg>',
  );
  for (let i = 1; i <= nPeople * imagesEach; i++) {
    await writeFile(join(folder, 'faces', `${String(i).padStart(6, '0')}.png`), picture);
  }
  const odd = await renderSvgAsPng(
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#777"/></svg>',
  );
  await writeFile(join(folder, 'faces', '000003.png'), odd);
  const { inputs, diagnostics } = await analyze(job({ alignment: { ...aligned, mode: 'auto' } }));
  assert.deepEqual(inputs.models[0]?.alignment, { kind: 'landmarks', source: 'celebaAligned' });
  assert.deepEqual(diagnostics.find(({ code }) => code === 'landmarksMissing')?.items, ['000003.png']);
});

test('a detector’s faces align the images; those without a face, or with several, are left out and counted', async (t) => {
  const { job, folder } = await smallStudy(t);
  const detector = join(folder, 'detector.onnx');
  await writeFile(detector, netBytes(scrfdNet()));
  await rm(join(folder, 'faces', 'list_attr_celeba.txt'));
  await rm(join(folder, 'faces', 'identity_CelebA.txt'));
  const names = ['000001.png', '000002.png', '000003.png', '000004.png'];
  for (let i = 5; i <= nPeople * imagesEach; i++)
    await rm(join(folder, 'faces', `${String(i).padStart(6, '0')}.png`));
  // The net calls a cell a face where the pixel at its corner is red; these are corners of stride 8 alone.
  const dots = [
    '<rect x="40" y="40" width="1" height="1" fill="rgb(255,0,128)"/>',
    '<rect x="72" y="40" width="1" height="1" fill="rgb(200,0,128)"/>',
    '<rect x="40" y="40" width="1" height="1" fill="rgb(255,0,128)"/><rect x="520" y="520" width="1" height="1" fill="rgb(255,0,128)"/>',
    '',
  ];
  for (const [i, dot] of dots.entries()) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" shape-rendering="crispEdges"><rect width="640" height="640" fill="#000"/>${dot}</svg>`;
    await writeFile(join(folder, 'faces', names[i]!), await renderSvgAsPng(svg));
  }
  const alignment = {
    mode: 'detect',
    detector,
    scoreThreshold: null,
    retryPadded: false,
    faces: 'single',
  } as const;
  const { inputs, diagnostics, heard } = await analyze(job({ alignment }));
  const found = Object.fromEntries(diagnostics.map(({ code, items }) => [code, items]));
  assert.deepEqual(found['faceMissing'], ['000004.png']);
  assert.deepEqual(found['facesSeveral'], ['000003.png']);
  assert.equal(inputs.dataset.nImages, 2);
  const record = inputs.models[0]!.alignment;
  assert.ok(record?.kind === 'detected');
  assert.deepEqual([record.family, record.scoreThreshold, record.provider.ran], ['scrfd', 0.5, 'cpu']);
  const detect = heard.progress.filter(({ phase }) => phase === 'detect');
  assert.deepEqual([detect.at(-1)?.done, detect.at(-1)?.total], [4, 4]);

  // Detected once: another policy asks the store, and takes one face of the several.
  const largest = await analyze(job({ alignment: { ...alignment, faces: 'largest' } }));
  assert.equal(largest.inputs.dataset.nImages, 3);
  assert.ok(
    largest.heard.log.some((line) => line.includes('4 images: 4 have a result already, 0 to compute')),
  );
});

test('the baseline that was taught whole images sees whole images, unless told otherwise', async (t) => {
  const { job, folder } = await smallStudy(t);
  const path = join(folder, 'net.onnx');
  await writeFile(path, netBytes(pixelRevealingNet()));
  const models = [{ path, family: 'eigenfaces' as const }];
  const { inputs } = await analyze(job({ models, alignment: { ...aligned, mode: 'auto' } }));
  assert.deepEqual(inputs.models[0]?.alignment, { kind: 'none' });
});
