import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { type Phase, phases } from '../../../src/domain/progress.ts';
import { encodeNpy } from '../../../src/datasets/npy.ts';
import type { AttributeResult } from '../../../src/protocol/report.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { netBytes, noVectorNet, twoImageInputsNet } from '../../support/onnxNets.ts';
import {
  analyze,
  flatImage,
  type Heard,
  imagesEach,
  listeningContext,
  nPeople,
  smallStudy,
  textWithoutTimes,
} from './smallStudy.ts';

test('the report says what a hand would have counted', async (t) => {
  const { job } = await smallStudy(t);
  const { inputs, results, diagnostics } = await analyze(job());
  assert.deepEqual(diagnostics, []);
  assert.equal(inputs.dataset.kind, 'celeba');
  assert.equal(inputs.dataset.root, '../faces');
  assert.equal(inputs.dataset.annotationFile, '../faces/list_attr_celeba.txt');
  assert.equal(inputs.dataset.nImages, nPeople * imagesEach);
  assert.equal(inputs.dataset.nIdentities, nPeople);
  assert.equal(inputs.models[0]?.provider?.ran, 'cpu');
  assert.equal(inputs.models[0].metric, 'euclidean');

  const [warm, smiling] = results.attributes as [AttributeResult, AttributeResult];
  assert.deepEqual(
    [warm.attribute, warm.nPositive, warm.nNegative, warm.nUnknown, warm.globalAverage, warm.intraEntropy],
    ['Warm', 12, 12, 0, 0, 0],
  );
  // Each person smiles in one of two images: entropy ln 2 within, the same mean for all.
  assert.ok(Math.abs(smiling.intraEntropy! - Math.LN2) < 1e-12);

  // Six warm people lie on a line in colour space, as do six cold ones, far from each other:
  // every distance within a modality is smaller than every one across, so the KS distance is 1.
  const [plus, minus] = results.macroscale[0]!.rows;
  for (const row of [plus!, minus!]) {
    assert.deepEqual(
      [
        row.attribute,
        row.nIdentities,
        row.nWithin,
        row.nCross,
        row.ks,
        row.sign,
        row.cdfWithin,
        row.cdfCross,
      ],
      ['Warm', 6, 15, 36, 1, 1, 1, 0],
    );
  }
  // Smiling: the same twelve people on both sides, 12 · 12 pairs less the 12 of one person with herself.
  const smilingRow = results.macroscale[0]!.rows[2]!;
  assert.deepEqual([smilingRow.nIdentities, smilingRow.nWithin, smilingRow.nCross], [12, 66, 132]);
});

test('it names faces of both modalities, and pairs of two people at the ends of the distributions', async (t) => {
  const { job } = await smallStudy(t);
  const { inputs, results } = await analyze(job());
  const person = (image: string) => Math.floor((Number(image.slice(0, 6)) - 1) / imagesEach);
  const [warm] = results.faces;
  assert.deepEqual(
    results.faces.map(({ attribute }) => attribute),
    inputs.dataset.attributes.map(({ name }) => name),
  );
  assert.deepEqual([warm!.positive.length, warm!.negative.length], [6, 6]);
  assert.equal(results.extremes.length, results.macroscale[0]!.attributes.length);
  for (const extremes of results.extremes) {
    assert.equal(extremes.model, inputs.models[0]!.name);
    const { closestCross, farthestPositive, farthestNegative } = extremes;
    for (const pairs of [closestCross, farthestPositive, farthestNegative]) {
      // Each of six people is in two pairs at most, so the last ones may have nobody left.
      assert.ok(pairs.length === 5 || pairs.length === 6);
      assert.ok(pairs.every(({ left, right }) => person(left) !== person(right)));
    }
    const rising = closestCross.map(({ distance }) => distance);
    assert.deepEqual(
      rising,
      rising.toSorted((a, b) => a - b),
    );
  }
});

test('pairs of one person count where the paper counts them', async (t) => {
  const { job } = await smallStudy(t);
  const { results } = await analyze(job({ sameIdentity: 'include' }));
  assert.equal(results.macroscale[0]!.rows[2]!.nCross, 144);
});

test('the same inputs give the same report, whatever is in the store and in which order files lie on disk', async (t) => {
  const first = await smallStudy(t);
  const again = await smallStudy(t, { reverse: true });
  const jobs = [
    first.job({ selection: 'random', maxIdentities: 4 }),
    first.job({
      selection: 'random',
      maxIdentities: 4,
      report: join(first.folder, 'out', 'second.attrlens.json'),
    }),
    again.job({ selection: 'random', maxIdentities: 4, batchSize: 4 }),
  ] as const;
  for (const job of jobs) await analyze(job);
  const [a, b, c] = await Promise.all(jobs.map(({ report }) => textWithoutTimes(report)));
  assert.equal(b, a);
  assert.equal(c, a);
});

test('another seed draws other images', async (t) => {
  const { job } = await smallStudy(t);
  const one = await analyze(job({ selection: 'random', maxIdentities: 3, seed: 1 }));
  const two = await analyze(job({ selection: 'random', maxIdentities: 3, seed: 2 }));
  assert.notDeepEqual(two.results.macroscale[0]!.distributions, one.results.macroscale[0]!.distributions);
});

test('two models are analysed on the same images, each under a name of its own', async (t) => {
  const { job, folder } = await smallStudy(t);
  await copyFile(join(folder, 'net.onnx'), join(folder, 'other.onnx'));
  await rm(join(folder, 'faces', 'list_attr_celeba.txt'));
  const rows = Array.from(
    { length: 24 },
    (_, i) => `${String(i + 1).padStart(6, '0')}.png ${i % 4 < 2 ? 1 : -1} 1`,
  );
  await writeFile(
    join(folder, 'faces', 'list_attr_celeba.txt'),
    ['24', 'Warm Always', ...rows, ''].join('\n'),
  );
  const { results, inputs, heard, diagnostics } = await analyze(
    job({
      models: [
        { path: join(folder, 'net.onnx'), name: 'net' },
        { path: join(folder, 'other.onnx'), name: 'net', mean: 100, scale: 0.01 },
      ],
    }),
  );
  assert.deepEqual(
    inputs.models.map(({ name }) => name),
    ['net', 'net (2)'],
  );
  assert.deepEqual(inputs.models[1]?.preprocessing?.normalisation, {
    kind: 'affine',
    mean: 100,
    scale: 0.01,
  });
  // Said once, not once for each model.
  assert.deepEqual(
    diagnostics.map(({ code, count }) => [code, count]),
    [['modalityEmpty', 1]],
  );
  // An affine change of pixels scales all distances alike: the figures are the same, but for the distances.
  const [a, b] = results.macroscale.map(({ rows }) => rows.map(({ ks, sign }) => [ks, sign]));
  assert.deepEqual(b, a);
  const embed = heard.progress.filter(({ phase }) => phase === 'embed');
  assert.deepEqual([embed.at(-1)?.done, embed.at(-1)?.total], [48, 48]);
});

test('progress of each phase never falls and ends at its total', async (t) => {
  const { job } = await smallStudy(t);
  const { heard } = await analyze(job());
  assert.deepEqual(
    [...new Set(heard.progress.map(({ phase }) => phase))],
    ['scan', 'embed', 'analyze', 'write'],
  );
  for (const phase of phases) {
    const updates = heard.progress.filter((update) => update.phase === phase);
    updates.forEach(({ done }, i) => assert.ok(done >= (updates[i - 1]?.done ?? 0), phase));
    assert.equal(updates.at(-1)?.done, updates.at(-1)?.total, phase);
  }
});

for (const phase of ['scan', 'decode', 'embed', 'analyze'] as const satisfies readonly Phase[]) {
  test(`a cancel in the phase «${phase}» ends the job, keeps the store whole and leaves no report`, async (t) => {
    const { job, folder } = await smallStudy(t);
    if (phase === 'decode') {
      // Without annotations attributes are measured, which is the decode phase.
      await rm(join(folder, 'faces', 'list_attr_celeba.txt'));
      await rm(join(folder, 'faces', 'identity_CelebA.txt'));
    }
    const heard: Heard = { progress: [], log: [] };
    let doneAtCancel = -1;
    await assert.rejects(
      runJob(
        job(),
        listeningContext(heard, (update, controller) => {
          if (update.phase !== phase || update.done === 0 || controller.signal.aborted) return;
          doneAtCancel = update.done;
          controller.abort();
        }),
      ),
      (error) => isAppError(error, 'cancelled'),
    );
    assert.ok(doneAtCancel > 0);
    const last = heard.progress.at(-1)!;
    assert.equal(last.phase, phase);
    // Sixteen files are read at once; four images make a batch, with two decoded ahead.
    assert.ok(
      last.done <= doneAtCancel + (phase === 'scan' ? 16 : 8),
      `within one batch: ${doneAtCancel} at the cancel, ${last.done} at the end`,
    );
    assert.ok(!existsSync(job().report));
    // The store is whole: the next run goes on from it.
    const { heard: resumed } = await analyze(job());
    const embedded = resumed.log.find((line) => line.includes('have a result already'));
    if (phase === 'embed')
      assert.match(embedded ?? '', new RegExp(`24 images: ${last.done} have a result already`));
    if (phase === 'analyze') assert.match(embedded ?? '', /24 have a result already, 0 to compute/);
  });
}

test('trouble with single images, rows and attributes is counted and named, and the run completes on the rest', async (t) => {
  const { job, folder } = await smallStudy(t);
  const faces = join(folder, 'faces');
  await writeFile(join(faces, '000001.png'), 'no picture at all');
  await writeFile(join(faces, '000003.png'), 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n');
  await writeFile(
    join(faces, '000005.png'),
    // 1 × 1, the smallest PNG there is.
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  );
  await copyFile(join(faces, '000007.png'), join(faces, '000009.png'));
  await writeFile(join(faces, 'stranger.png'), await flatImage(1, 2, 3));
  const table = (await readFile(join(faces, 'list_attr_celeba.txt'), 'utf8'))
    .replace('Warm Smiling', 'Warm Smiling Never')
    .replace(/^(0000\d\d\.png.*)$/gm, '$1 -1')
    .replace(/^000011\.png.*$/m, '000011.png 1')
    .replace(/^000012\.png.*$/m, '000012.png 7 1 -1')
    .replace(/^24$/m, '25')
    .concat('000099.png 1 1 -1\n');
  await writeFile(join(faces, 'list_attr_celeba.txt'), table);
  const report = await analyze(job());
  const found = Object.fromEntries(report.diagnostics.map(({ code, items }) => [code, items]));
  assert.deepEqual(found, {
    imageUnreadable: ['000001.png', '000003.png'],
    imageTooSmall: ['000005.png'],
    imageNotFound: ['000099.png'],
    // Its row has too few values, so it is left out as an image without one.
    imageNotInTable: ['000011.png', 'stranger.png'],
    imageDuplicate: ['000009.png'],
    rowInvalid: found['rowInvalid'],
    valueInvalid: found['valueInvalid'],
    modalityEmpty: ['Never'],
  });
  assert.match(found.rowInvalid!.join(), /000011\.png/);
  assert.deepEqual(found.valueInvalid, ['000012.png: Warm «7»']);
  assert.equal(report.inputs.dataset.nImages, 20);
  assert.deepEqual(
    [...new Set(report.results.macroscale[0]!.rows.map(({ attribute }) => attribute))],
    ['Warm', 'Smiling'],
  );
});

test('without an identity file each image is a person, and the report says so', async (t) => {
  const { job, folder } = await smallStudy(t);
  await rm(join(folder, 'faces', 'identity_CelebA.txt'));
  const { inputs, results, diagnostics } = await analyze(job());
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['identityFileMissing'],
  );
  assert.deepEqual([inputs.dataset.identitiesKnown, inputs.dataset.nIdentities], [false, 24]);
  assert.equal(results.attributes[0]!.intraEntropy, null);
  assert.equal(results.macroscale[0]!.rows[0]!.nIdentities, 12);
});

test('a folder without annotations gets attributes from its images', async (t) => {
  const { job, folder } = await smallStudy(t);
  await rm(join(folder, 'faces', 'list_attr_celeba.txt'));
  await rm(join(folder, 'faces', 'identity_CelebA.txt'));
  const { inputs, results, diagnostics } = await analyze(job());
  assert.deepEqual(
    inputs.dataset.attributes.map(({ name, rule }) => [name, rule.kind]),
    [
      ['brightness', 'medianSplit'],
      ['contrast', 'medianSplit'],
      ['saturation', 'medianSplit'],
      ['hue', 'circularSplit'],
      ['sharpness', 'medianSplit'],
    ],
  );
  const codes = diagnostics.map(({ code }) => code);
  assert.ok(
    codes.includes('attributesComputed') && codes.includes('modalityEmpty'),
    'flat images have no contrast',
  );
  // Red and blue are opposite enough for the hue to part them.
  const hue = results.macroscale[0]!.rows.find(({ attribute }) => attribute === 'hue');
  assert.equal(hue?.ks, 1);
});

test('models that cannot be analysed are refused by name, and the old report stays', async (t) => {
  const { job, folder } = await smallStudy(t);
  await analyze(job());
  const before = await readFile(job().report, 'utf8');
  const cases = [
    ['text.onnx', new TextEncoder().encode('<!DOCTYPE html>'), 'modelNotOnnx'],
    ['two.onnx', netBytes(twoImageInputsNet()), 'modelNotEmbedder'],
    ['map.onnx', netBytes(noVectorNet()), 'modelNotEmbedder'],
    ['missing.onnx', null, 'modelNotFound'],
  ] as const;
  for (const [name, bytes, code] of cases) {
    const path = join(folder, name);
    if (bytes) await writeFile(path, bytes);
    await assert.rejects(
      analyze(job({ models: [{ path }] })),
      (error) => isAppError(error, code) && (code === 'modelNotEmbedder' || error.message.includes(path)),
      name,
    );
  }
  assert.equal(await readFile(job().report, 'utf8'), before);
});

test('ready embeddings stand in for a model and give the figures that the model gave', async (t) => {
  const { job, folder } = await smallStudy(t);
  const fromModel = await analyze(job());
  // The colours themselves, as the net reveals them: nine places of one flat image.
  const rows = Array.from({ length: nPeople * imagesEach }, (_, row) => {
    const person = Math.floor(row / imagesEach);
    const warm = person % 2 === 0;
    return [
      warm ? 200 : 30,
      40 + 12 * person,
      warm ? 30 + 5 * (row % imagesEach) : 200 - 5 * (row % imagesEach),
    ];
  });
  const file = join(folder, 'colours.npy');
  await writeFile(file, encodeNpy({ rows: rows.length, dim: 3, data: Float32Array.from(rows.flat()) }));
  // Only the annotations: no image is needed.
  await rm(join(folder, 'store'), { recursive: true });
  const { inputs, results } = await analyze(job({ models: [], embeddings: { file, list: null } }));
  assert.deepEqual(
    [inputs.models[0]?.name, inputs.models[0]?.family, inputs.models[0]?.dim],
    ['colours', 'embeddings', 3],
  );
  const figures = ({ rows: list }: (typeof results.macroscale)[number]) =>
    list.map(({ attribute, modality, ks, sign, nCross }) => ({ attribute, modality, ks, sign, nCross }));
  assert.deepEqual(figures(results.macroscale[0]!), figures(fromModel.results.macroscale[0]!));
});

test('ready embeddings are cut to the quality subset that is asked for', async (t) => {
  const { folder, job } = await smallStudy(t);
  const file = join(folder, 'ready.npy');
  const rows = Array.from({ length: nPeople * imagesEach }, (_, i) => [i + 1, i % 5, 1]);
  await writeFile(file, encodeNpy({ rows: rows.length, dim: 3, data: Float32Array.from(rows.flat()) }));
  // Person 11 loses an image, and with it the second that makes two.
  const list = join(folder, 'faces', 'identity_CelebA.txt');
  const lines = (await readFile(list, 'utf8')).trim().split('\n');
  await writeFile(list, [...lines.slice(0, -1), lines.at(-1)!.replace(/ 11$/, ' 99'), ''].join('\n'));
  const changes = { models: [], embeddings: { file, list: null } };
  const { inputs, diagnostics } = await analyze(job({ ...changes, minImages: 2 }));
  assert.deepEqual([inputs.dataset.nImages, inputs.dataset.nIdentities], [22, 11]);
  assert.deepEqual(inputs.dataset.subset, [
    { step: 'all', nImages: 24, nIdentities: 13 },
    { step: 'minImages', nImages: 22, nIdentities: 11 },
  ]);
  assert.equal(diagnostics.find(({ code }) => code === 'imagesTooFew')?.count, 2);
  await assert.rejects(
    analyze(job({ ...changes, minImages: 3 })),
    (error) => isAppError(error, 'dataSetEmpty') && error.message.includes('no identity has 3 images'),
  );
});
