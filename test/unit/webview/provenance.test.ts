import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../../src/protocol/report.ts';
import { provenanceFacts } from '../../../webview-ui/provenanceFacts.ts';
import { sampleReport } from '../../support/sampleReport.ts';
import { onCpu } from '../../support/providerRecords.ts';

const thin = '\u202F';

function facts(change: (report: Report) => void): ReadonlyMap<string, string> {
  const report = sampleReport({ nAttributes: 1 });
  change(report);
  return new Map(provenanceFacts(report, report.inputs.models[0] ?? null));
}

test('whole images and aligned ones are told apart in words', () => {
  const said = (kind: 'none' | 'landmarks') =>
    facts(({ inputs: { models } }) => {
      models[0]!.alignment = kind === 'none' ? { kind } : { kind, source: 'table' };
    }).get('Faces');
  assert.equal(said('none'), 'Whole images, resized.');
  assert.equal(said('landmarks'), 'Aligned by the landmarks of the data set.');
});

test('a detector is named with its threshold, its policy, its digest and what ran it', () => {
  const found = facts(({ inputs: { models } }) => {
    models[0]!.alignment = {
      kind: 'detected',
      detector: 'det_10g.onnx',
      sha256: 'ab'.repeat(32),
      family: 'scrfd',
      scoreThreshold: 0.5,
      retryPadded: true,
      faces: 'largest',
      provider: onCpu(),
    };
  });
  assert.equal(
    found.get('Faces'),
    'Aligned by the landmarks that det_10g.onnx found (scrfd, score at least 0.5). Of several faces the largest is taken. A second look with a border where none was found.',
  );
  assert.equal(found.get('Detector'), `${'ab'.repeat(32)}, CPU · 100${thin}% of node time`);
});

test('how fast each model was, and what it waited for', () => {
  const found = facts(({ times }) => {
    times.throughput = [
      {
        model: 'a',
        provider: 'cuda',
        imagesPerSecond: 2140.4,
        shares: { decode: 0.12, align: 0.015, inference: 0.82 },
      },
      { model: 'b', provider: 'cpu', imagesPerSecond: 2.34, shares: { decode: 0, align: 0, inference: 1 } },
    ];
  });
  assert.equal(
    found.get('Speed of \u2068a\u2069'),
    `CUDA, 2${thin}140 images/s; of the time, runs of the model 82${thin}%, waiting for decode 12${thin}%, waiting for alignment 1.5${thin}%`,
  );
  assert.match(found.get('Speed of \u2068b\u2069')!, /^CPU, 2\.3 images\/s/);
});

test('ready embeddings have no faces to align', () => {
  const found = facts(({ inputs: { models } }) =>
    Object.assign(models[0]!, { alignment: null, preprocessing: null }),
  );
  assert.deepEqual([found.has('Faces'), found.has('Preprocessing')], [false, false]);
});

test('a mirrored image is said where it counts', () => {
  const preprocessing = (flip: boolean) =>
    facts(({ inputs: { models } }) => {
      models[0]!.flip = flip;
    }).get('Preprocessing')!;
  assert.match(preprocessing(true), /mirrored image was added/);
  assert.doesNotMatch(preprocessing(false), /mirror/);
});

test('what each step of the quality subset left is counted', () => {
  const found = facts(({ inputs: { dataset } }) => {
    dataset.subset = [
      { step: 'all', nImages: 202_599, nIdentities: 10_177 },
      { step: 'oneFace', nImages: 200_001, nIdentities: 10_176 },
      { step: 'minImages', nImages: 70_000, nIdentities: 2_400 },
      { step: 'outliers', nImages: 68_000, nIdentities: 2_400 },
      { step: 'minImagesAgain', nImages: 66_871, nIdentities: 2_360 },
    ];
  });
  assert.equal(
    found.get('Images kept'),
    `all 202${thin}599 of 10${thin}177 people → one face 200${thin}001 of 10${thin}176 people → enough images of a person 70${thin}000 of 2${thin}400 people → no outliers 68${thin}000 of 2${thin}400 people → enough images again 66${thin}871 of 2${thin}360 people`,
  );
  assert.equal(facts(({ inputs: { dataset } }) => void (dataset.subset = [])).has('Images kept'), false);
});

test('the options say all that a run depends on, the paper’s channel swap only where it was made', () => {
  const options = (change: Partial<Report['inputs']['options']>) =>
    facts(({ inputs }) => Object.assign(inputs.options, change)).get('Options')!;
  assert.match(
    options({ minImages: 30, outlierFilter: true, alignment: 'detect', faces: 'single', paperCompat: true }),
    /alignment detect, faces single, at least 30 images an identity, outlier filter on, channels swapped as in the paper’s scripts, seed 1$/,
  );
  assert.match(
    options({ minImages: 1, outlierFilter: false, paperCompat: false }),
    /at least 1 image an identity, outlier filter off, seed 1$/,
  );
});
