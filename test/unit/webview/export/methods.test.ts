import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodsSentence } from '../../../../webview-ui/export/methods.ts';
import { paperBibtex } from '../../../../webview-ui/export/paper.ts';
import { handReport } from '../../../support/handReport.ts';
import { readText } from '../../../support/repository.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

test('a plain run is told from product and paper to seed and versions', () => {
  const report = handReport();
  const { dataset, models } = report.inputs;
  assert.equal(
    methodsSentence(report),
    'Attributes were analysed with Attribute Lens 0.1.0, which implements Leroy, Mastropietro, Nurisso, and Vaccarino, ' +
      '“Attributes Shape the Embedding Space of Face Recognition Models”, ICML 2025, arXiv:2507.11372. ' +
      `The data set was CelebA: 66,871 images of 2,360 identities, with 5 binary attributes (SHA-256 ${dataset.digest.slice(0, 12)}…). ` +
      `Embeddings were computed with arcface-r50 (arcface, 512 dimensions, SHA-256 ${models[0]!.sha256.slice(0, 12)}…): ` +
      'faces aligned by the fixed points of CelebA’s aligned images, compared by cosine distance, run on the CPU. ' +
      'Macroscale: for each attribute and modality, the two-sample Kolmogorov-Smirnov distance between cosine distances ' +
      'within the modality and across both, of one image, drawn by seed, of each of at most 500 identities a modality; ' +
      'pairs of one identity were left out. ' +
      'P-values are those of the two-sample Kolmogorov-Smirnov test, as if pairs were independent. ' +
      'The seed was 1; versions: node 24.21.0, onnxruntime 1.30.0, sharp 0.35.5.',
  );
});

test('permutations, bootstraps, adjustments and further analyses are told where they were made', () => {
  const text = methodsSentence(
    sampleReport({ nModels: 2, nAttributes: 4, verification: true, microscale: true, repeats: 5, seed: 7 }),
  );
  for (const part of [
    /repeated for 5 draws/,
    /P-values are of 2,000 permutations .* by Benjamini-Hochberg \(false discovery rate\) and by Holm\./,
    /Intervals are 95%, of 1,000 bootstrap replicates of the identities\./,
    /Models were compared on the same images/,
    /logistic regression \(L2 penalty, C = 1\)/,
    /Verification: cosine distances of [\d,]+ matched pairs and [\d,]+ unmatched pairs/,
    /Images were moved along /,
    /Microscale: the invariance energy .*\(the 10 nearest base points/,
    /The seed was 7;/,
  ]) {
    assert.match(text, part);
  }
  assert.equal(text.match(/Macroscale:/g)?.length, 1, 'what holds for both models is told once');
});

test('what was left out of the data is told with its limits, and ready embeddings as such', () => {
  const report = handReport();
  const { dataset, models, options } = report.inputs;
  const text = methodsSentence({
    ...report,
    inputs: {
      ...report.inputs,
      dataset: {
        ...dataset,
        identitiesKnown: false,
        subset: [
          { step: 'all', nImages: 202_599, nIdentities: 10_177 },
          { step: 'minImages', nImages: 66_871, nIdentities: 2_360 },
          { step: 'outliers', nImages: 66_000, nIdentities: 2_360 },
        ],
      },
      models: [{ ...models[0]!, family: 'embeddings', provider: null, alignment: null }],
      options: { ...options, minImages: 30 },
    },
  });
  assert.match(
    text,
    /Of its 202,599 images, identities with fewer than 30 images, then images far from the others of their identity were left out\./,
  );
  assert.match(text, /66,871 images, each taken for a person of its own, with/);
  assert.match(
    text,
    /Ready embeddings were taken from arcface-r50 \(512 dimensions, SHA-256 [0-9a-f]{12}…\)/,
  );
});

test('the paper is cited as in the README', () => {
  assert.ok(readText('README.md').includes(paperBibtex.trim()));
});
