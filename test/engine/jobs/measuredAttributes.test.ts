import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { normAttribute, withAttributes } from '../../../src/engine/jobs/measuredAttributes.ts';
import { openDataset } from '../../../src/datasets/openDataset.ts';
import { renderSvgAsPng } from '../../../src/models/decoder.ts';
import { scrfdNet } from '../../support/detectorNets.ts';
import { netBytes } from '../../support/onnxNets.ts';
import { analyze, imagesEach, nPeople, smallStudy } from './smallStudy.ts';

test('measurements of images and embeddings stand beside what is annotated, where they are wanted', async (t) => {
  const { job } = await smallStudy(t);
  const { inputs, results } = await analyze(job({ imageStatistics: true }));
  const names = inputs.dataset.attributes.map(({ name }) => name);
  assert.deepEqual(names, [
    'Warm',
    'Smiling',
    'brightness',
    'contrast',
    'saturation',
    'hue',
    'sharpness',
    'red',
    'green',
    'blue',
    'value',
    'embeddingNorm',
  ]);
  // Red is what parts the warm from the cold.
  const count = (name: string) => results.attributes.find(({ attribute }) => attribute === name)!;
  assert.deepEqual([count('red').nPositive, count('Warm').nPositive], [12, 12]);
  assert.equal(count('green').nPositive, 12);
});

test('size, roll and score of the faces that a detector found are attributes', async (t) => {
  const { job, folder } = await smallStudy(t);
  const detector = join(folder, 'detector.onnx');
  await writeFile(detector, netBytes(scrfdNet()));
  for (let i = 0; i < nPeople * imagesEach; i++) {
    // A dot at the corner of a cell of stride 8: red is the score, blue the size of the box.
    const dot = `<rect x="40" y="40" width="1" height="1" fill="rgb(${i % 2 === 0 ? 255 : 200},0,${120 + i})"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" shape-rendering="crispEdges"><rect width="640" height="640" fill="#000"/>${dot}</svg>`;
    await writeFile(
      join(folder, 'faces', `${String(i + 1).padStart(6, '0')}.png`),
      await renderSvgAsPng(svg),
    );
  }
  const alignment = {
    mode: 'detect',
    detector,
    scoreThreshold: null,
    retryPadded: false,
    faces: 'single',
  } as const;
  const { inputs } = await analyze(job({ alignment, imageStatistics: true }));
  const rules = new Map(inputs.dataset.attributes.map(({ name, rule }) => [name, rule]));
  // Boxes are (2 + 4) cells of 8 pixels high at full blue; blue runs from 120 to 143.
  const height = rules.get('faceHeight');
  assert.ok(height?.kind === 'medianSplit');
  assert.ok(Math.abs(height.median - (131.5 / 255) * 48) < 1e-4, String(height.median));
  const score = rules.get('detectorScore');
  assert.ok(score?.kind === 'medianSplit');
  assert.ok(Math.abs(score.median - (255 + 200) / 2 / 255) < 1e-6);
  assert.ok(rules.has('faceRoll'));
});

test('a norm that differs by rounding alone is none; the model’s own comes before the length', () => {
  const unit = { rows: 4, dim: 1, data: Float32Array.of(1, -1, 1.00001, 1) };
  assert.deepEqual(normAttribute('norm', unit, null), []);
  const [column] = normAttribute('norm', unit, Float32Array.of(1, 2, 3, 4));
  assert.deepEqual([column?.name, ...column!.values], ['norm', -1, -1, 1, 1]);
  const [length] = normAttribute('norm', { rows: 2, dim: 2, data: Float32Array.of(3, 4, 0, 1) }, null);
  assert.deepEqual([...length!.values], [1, -1]);
});

test('a measurement whose name an annotation has is told apart', async (t) => {
  const { folder } = await smallStudy(t);
  const table = await openDataset({
    data: join(folder, 'faces'),
    annotations: null,
    signal: new AbortController().signal,
  });
  const [first] = table.attributes;
  const names = withAttributes(table, [first!]).attributes.map(({ name }) => name);
  assert.deepEqual(names, ['Warm', 'Smiling', 'Warm (measured)']);
});
