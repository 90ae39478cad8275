import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  type QualitySubset,
  type QualitySubsetContext,
  type QualitySubsetInput,
  type QualitySubsetOptions,
  selectQualitySubset,
} from '../../../src/analyses/qualitySubset.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import type { Metric } from '../../../src/domain/embeddingMatrix.ts';
import { embeddings, identities, images } from '../../support/macroscaleFixture.ts';

interface Expected {
  readonly masks: readonly {
    readonly metric: Metric;
    readonly k: number;
    readonly file: string;
    readonly kept: number;
    readonly borderline_rows: readonly number[];
  }[];
  readonly pipeline: { readonly min_photos: number; readonly identities_final: number };
}

const folder = new URL('../../fixtures/outliers/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected;
const names = Array.from(new Set(identities), (identity) => `person ${identity}`);
const celeba: QualitySubsetInput = { identities, identityNames: names, images, faceCounts: null, embeddings };

for (const { metric, k, file, kept, borderline_rows } of expected.masks) {
  test(`CelebA-shaped data, ${metric}, neighbour ${k}: the images that stay are the reference's`, async () => {
    const { rows, steps } = await select(celeba, { minImages: 1, metric, neighbour: k });
    const found = maskOf(rows);
    const wanted = readMask(file);
    const different = found.flatMap((isKept, row) => (isKept === wanted[row] ? [] : [row]));
    // Where the score is itself the median, rounding decides.
    assert.deepEqual(
      different.filter((row) => !borderline_rows.includes(row)),
      [],
    );
    assert.ok(Math.abs(rows.length - kept) <= borderline_rows.length);
    assert.equal(steps.at(-1)!.nImages, rows.length);
  });
}

test('CelebA-shaped data: each step of the paper leaves the reference’s images', async () => {
  const { min_photos: minImages, identities_final } = expected.pipeline;
  const { rows, steps } = await select(celeba, { minImages });
  assert.deepEqual(maskOf(rows), readMask('pipeline_final.npy'));
  const counts = ['pre', 'outlier', 'final'].map((step) => {
    const mask = readMask(`pipeline_${step}.npy`);
    const kept = identities.filter((_, row) => mask[row] === 1);
    return { nImages: kept.length, nIdentities: new Set(kept).size };
  });
  assert.deepEqual(steps, [
    { step: 'all', nImages: 7462, nIdentities: 300 },
    { step: 'minImages', ...counts[0]! },
    { step: 'outliers', ...counts[1]! },
    { step: 'minImagesAgain', ...counts[2]! },
  ]);
  assert.equal(steps.at(-1)!.nIdentities, identities_final);
  const without = await select({ ...celeba, embeddings: null }, { minImages });
  assert.deepEqual(maskOf(without.rows), readMask('pipeline_pre.npy'));
  assert.deepEqual(without.steps, steps.slice(0, 2));
});

test('by hand: one face, then enough images, then no outliers, then enough images again', async () => {
  // Person 0 has five images in a heap and one far off, which is its outlier; person 1 four, of which one has two
  // faces; person 2 four, whose outlier leaves three.
  const input = line(
    [1, 1.1, 1.2, 1.3, 1.4, 9, 1, 1.1, 1.2, 1.3, 1, 1.1, 1.2, 9],
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2],
    [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1],
  );
  const { rows, steps } = await select(input, { minImages: 4, metric: 'euclidean' });
  assert.deepEqual([...rows], [0, 1, 2, 3, 4]);
  assert.deepEqual(steps, [
    { step: 'all', nImages: 14, nIdentities: 3 },
    { step: 'oneFace', nImages: 13, nIdentities: 3 },
    { step: 'minImages', nImages: 10, nIdentities: 2 },
    { step: 'outliers', nImages: 8, nIdentities: 2 },
    { step: 'minImagesAgain', nImages: 5, nIdentities: 1 },
  ]);
});

test('by hand: the zeros of the diagonal count, and the comparison is strict', async () => {
  // Points 1, 2, 4, 5: four zeros and twice 1, 1, 2, 3, 3, 4. Entries 8 and 9 of 16 are 1 and 2: the median is 1.5,
  // and each has a neighbour at 1.
  const four = await select(line([1, 2, 4, 5], [0, 0, 0, 0]), { minImages: 1, metric: 'euclidean' });
  assert.deepEqual([...four.rows], [0, 1, 2, 3]);
  // Points 1, 2, 4: the median of 0 0 0 1 1 2 2 3 3 is 1, which no image's nearest distance is below.
  const diagnostics = new DiagnosticLog();
  const three = await select(
    line([1, 2, 4], [0, 0, 0]),
    { minImages: 1, metric: 'euclidean' },
    { diagnostics },
  );
  assert.deepEqual([...three.rows], []);
  assert.deepEqual(codes(diagnostics), [['identityAllOutliers', ['person 0']]]);
});

test('identical images are reported, since the median of their distances is 0 and none stays', async () => {
  const diagnostics = new DiagnosticLog();
  const input = line([2, 2, 2, 2, 1, 2, 4, 5], [0, 0, 0, 0, 1, 1, 1, 1]);
  const { rows } = await select(input, { minImages: 1, metric: 'euclidean' }, { diagnostics });
  assert.deepEqual([...rows], [4, 5, 6, 7]);
  assert.deepEqual(codes(diagnostics), [['identityAllOutliers', ['person 0']]]);
});

test('an identity without a k-th neighbour stays as it is and is reported', async () => {
  const diagnostics = new DiagnosticLog();
  const options = { minImages: 1, metric: 'euclidean', neighbour: 3 } as const;
  const { rows } = await select(line([1, 2, 9, 5], [0, 0, 0, 1]), options, { diagnostics });
  assert.deepEqual([...rows], [0, 1, 2, 3]);
  assert.deepEqual(codes(diagnostics), [['identityNotFiltered', ['person 0', 'person 1']]]);
});

test('embeddings that are zero or not finite go with the outliers, named', async () => {
  const diagnostics = new DiagnosticLog();
  const input = line([1, 0, 2, 4, Number.NaN, 5], [0, 0, 0, 0, 0, 0]);
  const { rows } = await select(input, { minImages: 1, metric: 'euclidean' }, { diagnostics });
  assert.deepEqual([...rows], [0, 2, 3, 5]);
  assert.deepEqual(codes(diagnostics), [['embeddingInvalid', ['image1', 'image4']]]);
});

test('nothing left is an empty subset, not an error', async () => {
  const { rows, steps } = await select(line([1, 2], [0, 1]), { minImages: 30 });
  assert.equal(rows.length, 0);
  assert.deepEqual(
    steps.map(({ nImages }) => nImages),
    [2, 0, 0, 0],
  );
});

test('progress names each identity and ends at its total; a cancel is noticed', async () => {
  const seen: [number, number, string][] = [];
  const input = line([1, 2, 4, 5], [0, 0, 1, 1]);
  await select(input, { minImages: 1 }, { progress: (...update) => seen.push(update) });
  assert.deepEqual(seen, [
    [0, 2, 'person 0'],
    [1, 2, 'person 1'],
    [2, 2, ''],
  ]);
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(select(input, { minImages: 1 }, { signal: controller.signal }), { code: 'cancelled' });
});

test('columns of another length, counts that are no counts and an identity too large are refused', async () => {
  const input = line([1, 2], [0, 0]);
  for (const broken of [
    { ...input, identities: new Int32Array(1) },
    { ...input, faceCounts: new Int32Array(3) },
    { ...input, embeddings: { rows: 3, dim: 1, data: new Float32Array(3) } },
  ]) {
    await assert.rejects(select(broken, {}), { code: 'internal' });
  }
  for (const wrong of [{ minImages: 0 }, { minImages: Number.NaN }, { neighbour: 0 }, { neighbour: 1.5 }]) {
    await assert.rejects(select(input, wrong), { code: 'settingInvalid', message: /whole number from 1/ });
  }
  const crowd = line(new Array<number>(9001).fill(1), new Array<number>(9001).fill(0));
  await assert.rejects(select(crowd, {}), {
    code: 'dataSetInvalid',
    message: /«person 0» has 9001 images.*9000/,
  });
});

function select(
  input: QualitySubsetInput,
  options: Partial<QualitySubsetOptions>,
  context: Partial<QualitySubsetContext> = {},
): Promise<QualitySubset> {
  return selectQualitySubset(
    input,
    { minImages: 30, metric: 'cosine', ...options },
    {
      signal: new AbortController().signal,
      diagnostics: new DiagnosticLog(),
      progress: () => undefined,
      ...context,
    },
  );
}

/** Embeddings of one number each. */
function line(
  xs: readonly number[],
  people: readonly number[],
  faces?: readonly number[],
): QualitySubsetInput {
  return {
    identities: Int32Array.from(people),
    identityNames: ['person 0', 'person 1', 'person 2'],
    images: xs.map((_, row) => `image${row}`),
    faceCounts: faces ? Int32Array.from(faces) : null,
    embeddings: { rows: xs.length, dim: 1, data: Float32Array.from(xs) },
  };
}

function maskOf(rows: Int32Array): number[] {
  const mask = new Array<number>(images.length).fill(0);
  for (const row of rows) mask[row] = 1;
  return mask;
}

function readMask(file: string): number[] {
  const bytes = readFileSync(new URL(file, folder));
  const start = 10 + bytes.readUInt16LE(8);
  assert.match(bytes.toString('latin1', 10, start), /'descr': '\|u1'/);
  return [...bytes.subarray(start)];
}

function codes(diagnostics: DiagnosticLog): (readonly [string, readonly string[]])[] {
  return diagnostics.toArray().map(({ code, items }) => [code, items] as const);
}
