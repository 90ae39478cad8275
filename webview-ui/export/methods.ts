import { describeAlignment } from '../../src/domain/alignment.ts';
import type { FacePolicy } from '../../src/domain/face.ts';
import type {
  DiscriminativeResult,
  MacroscaleResult,
  MicroscaleResult,
  ModelInput,
  Report,
  VerificationResult,
} from '../../src/protocol/report.ts';
import { paperInWords } from './paper.ts';

/**
 * How a report was made, as a paragraph that can go into a paper: in English wherever it is read, with everything
 * that another one needs to make it again.
 */
export function methodsSentence(report: Report): string {
  const { createdBy, inputs, results } = report;
  const { seed, libraries } = inputs;
  const { comparisons, microscaleComparisons } = results;
  const versions = Object.entries(libraries).map(([name, version]) => `${name} ${version}`);
  return [
    `Attributes were analysed with Attribute Lens ${createdBy.version}, which implements ${paperInWords}.`,
    ...dataSentences(report),
    ...inputs.models.map(modelSentence),
    ...different(results.macroscale.map((one) => macroscaleSentences(one, report))),
    ...(comparisons.length > 0
      ? [
          `Models were compared on the same images, with 95% intervals of ${replicates(comparisons[0]!.bootstraps)}, paired.`,
        ]
      : []),
    ...different(results.discriminative.map(readoutSentence)),
    ...different(results.verification.map(verificationSentence)),
    ...different(latticeSentences(inputs.lattice)),
    ...energySentences(results.microscale),
    ...(microscaleComparisons.length > 0
      ? ['Energies of two models were compared on the same identities, by a paired bootstrap.']
      : []),
    ...(results.energyValidations.length > 0
      ? ['The energy was validated on synthetic fields whose energy is known.']
      : []),
    `The seed was ${seed}${versions.length > 0 ? `; versions: ${versions.join(', ')}` : ''}.`,
  ].join(' ');
}

function dataSentences({ inputs, results }: Report): string[] {
  const { dataset, models, options } = inputs;
  const isUsed = models.length > 0 || results.attributes.length > 0 || dataset.nImages > 0;
  if (!isUsed) return [];
  const people = dataset.identitiesKnown
    ? ` of ${many(dataset.nIdentities, 'identity', 'identities')}`
    : ', each taken for a person of its own';
  const n = dataset.attributes.length;
  const attributes = n > 0 ? `, with ${many(n, 'binary attribute')} ` : ' ';
  return [
    `The data set was ${dataset.name}: ${many(dataset.nImages, 'image')}${people}${attributes}(SHA-256 ${short(dataset.digest)}).`,
    ...subsetSentences(dataset.subset, options.minImages),
    ...(options.paperCompat ? ['Colour channels were swapped, as by the scripts of the paper.'] : []),
  ];
}

function subsetSentences(subset: Report['inputs']['dataset']['subset'], minImages: number): string[] {
  const [first, ...steps] = subset;
  if (!first) return [];
  const left = {
    all: '',
    oneFace: 'those without exactly one face',
    minImages: `identities with fewer than ${count(minImages)} images`,
    outliers: 'images far from the others of their identity',
    minImagesAgain: `identities left with fewer than ${count(minImages)}`,
  } as const satisfies Record<(typeof subset)[number]['step'], string>;
  const out = steps.map(({ step }) => left[step]).join(', then ');
  return out === '' ? [] : [`Of its ${many(first.nImages, 'image')}, ${out} were left out.`];
}

function modelSentence(model: ModelInput): string {
  const { name, family, dim, sha256, metric, provider, flip } = model;
  const what = `${name} (${family === 'embeddings' ? '' : `${family}, `}${count(dim)} dimensions, SHA-256 ${short(sha256)})`;
  if (family === 'embeddings')
    return `Ready embeddings were taken from ${what}, compared by ${metric} distance.`;
  const parts = [
    ...alignmentParts(model),
    ...(flip ? ['the embedding of the mirrored image was added'] : []),
    `compared by ${metric} distance`,
    ...(provider ? [`run on ${providerNames[provider.ran]}`] : []),
  ];
  return `Embeddings were computed with ${what}: ${parts.join(', ')}.`;
}

const providerNames = {
  cpu: 'the CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
} as const satisfies Record<NonNullable<ModelInput['provider']>['ran'], string>;

function alignmentParts({ alignment }: ModelInput): string[] {
  if (alignment === null) return [];
  const how = describeAlignment(alignment);
  if (alignment.kind === 'none') return [how];
  return [
    `faces ${how}`,
    ...(alignment.kind === 'detected'
      ? [`detector SHA-256 ${short(alignment.sha256)}`, facePolicies[alignment.faces]]
      : []),
  ];
}

const facePolicies = {
  single: 'images without exactly one face left out',
  largest: 'the largest face of an image',
  central: 'the face nearest to the centre of an image',
} as const satisfies Record<FacePolicy, string>;

function macroscaleSentences({ metric, sampling, inference, conditional }: MacroscaleResult, report: Report) {
  const { permutations, bootstraps, maxPoints } = inference;
  const { confounders } = report.inputs.options;
  const limit = maxPoints === null ? '' : `, of at most ${count(maxPoints)} points`;
  return [
    `Macroscale: for each attribute and modality, the two-sample Kolmogorov-Smirnov distance between ${metric} distances within the modality and across both, of ${pointsInWords(sampling)}${
      sampling.sameIdentity === 'exclude' ? '; pairs of one identity were left out' : ''
    }${sampling.repeats > 1 ? `; repeated for ${count(sampling.repeats)} draws` : ''}.`,
    permutations > 0
      ? `P-values are of ${many(permutations, 'permutation')} of the modality among identities${limit}, adjusted over attributes, modalities, and models by Benjamini-Hochberg (false discovery rate) and by Holm.`
      : 'P-values are those of the two-sample Kolmogorov-Smirnov test, as if pairs were independent.',
    ...(bootstraps > 0 ? [`Intervals are 95%, of ${replicates(bootstraps)}${limit}.`] : []),
    ...(conditional.length > 0
      ? [
          `Of each attribute, the ${count(confounders)} most associated with it were held fixed, one at a time, by matching images.`,
        ]
      : []),
  ].join(' ');
}

function pointsInWords({ points, selection, maxIdentities }: MacroscaleResult['sampling']): string {
  const image = selection === 'first' ? 'the first image' : 'one image, drawn by seed,';
  switch (points) {
    case 'sample':
      return `${image} of each of at most ${count(maxIdentities)} identities a modality`;
    case 'oneImage':
      return `${image} of every identity`;
    case 'centroids':
      return 'the mean embedding of every identity';
    case 'everyImage':
      return 'every image';
  }
}

function readoutSentence({ nFolds, c, maxImages, inputs }: DiscriminativeResult): string {
  return `Linear read-out: logistic regression (L2 penalty, C = ${c}) on ${
    inputs === 'unitNorm' ? 'embeddings of unit length' : 'embeddings'
  } of at most ${count(maxImages)} images, in ${count(nFolds)} folds, both of images and of identities.`;
}

function verificationSentence(result: VerificationResult): string {
  const { metric, nMatched, nUnmatched, sampling, nImages } = result;
  const { nMatchedPossible, nUnmatchedPossible } = sampling;
  const isAll = nMatched === nMatchedPossible && nUnmatched === nUnmatchedPossible;
  const drawn = isAll ? ', all there are' : ', drawn by seed';
  return `Verification: ${metric} distances of ${many(nMatched, 'matched pair')} and ${many(nUnmatched, 'unmatched pair')} of ${many(nImages, 'image')}${
    sampling.pairs === 'protocol' ? ', as the data set’s protocol lists them' : drawn
  }; intervals of accept rates are Wilson’s 95%, with the effective number of pairs, which share people.`;
}

function latticeSentences(lattice: Report['inputs']['lattice']): string[] {
  switch (lattice?.kind) {
    case undefined:
      return [];
    case 'augmented':
      return [
        `Images were moved along ${lattice.attributes
          .map(({ name, step, unit }) => `${name} (step ${step}${unit === '' ? '' : ` ${unit}`})`)
          .join(
            ', ',
          )} at ${many(lattice.pointsPerIdentity, 'lattice point')} an identity, made of ${many(lattice.nImages, 'image')}.`,
      ];
    case 'table':
      return [`Images were moved along ${many(lattice.nCurves, 'curve')} of a table (${lattice.file}).`];
    case 'stencils':
      return [
        `Fields are of ready embeddings of starts, base points, and ends (${lattice.files.join(', ')}).`,
      ];
  }
}

function energySentences(results: readonly MicroscaleResult[]): string[] {
  const first = results[0];
  if (!first) return [];
  const rules = different(results.map(({ neighbours }) => ruleInWords(neighbours)));
  return [
    `Microscale: the invariance energy of each attribute, the mean of 1 − cos between the direction that the embedding moves in and those of its neighbours (${rules.join('; ')}), mean over identities.`,
    ...(first.bootstraps > 0 ? [`Intervals of energies are 95%, of ${replicates(first.bootstraps)}.`] : []),
    ...(results.some(({ tests }) => tests.length > 0)
      ? [
          'Energies of attributes were compared by Mann-Whitney tests over identities, adjusted by Benjamini-Hochberg and by Holm.',
        ]
      : []),
  ];
}

function ruleInWords(rule: string): string {
  const [kind, value] = rule.split(':');
  if (kind === 'knn') return `the ${value} nearest base points`;
  if (kind === 'ball') return `base points within ${value} of the mean distance`;
  return kind === 'inverse' ? 'all base points, weighted by inverse distance' : 'all base points alike';
}

function replicates(n: number): string {
  return many(n, 'bootstrap replicate') + ' of the identities';
}

function different(sentences: readonly string[]): string[] {
  return [...new Set(sentences)];
}

function short(sha256: string): string {
  return `${sha256.slice(0, 12)}…`;
}

function many(n: number, one: string, others = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : others}`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
