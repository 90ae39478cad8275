import { describePreprocessing } from '../src/domain/preprocessing.ts';
import type { ModelInput, Report } from '../src/protocol/report.ts';
import { alignmentInWords } from './faceWording.ts';
import { providerInWords, providerNames } from './facts.ts';
import { formatCount } from './format.ts';

/** A term and what the report says of it. */
export type Fact = readonly [term: string, value: string];

/** Everything that is needed to make the same report again. Pure. */
export function provenanceFacts(report: Report, model: ModelInput | null): readonly Fact[] {
  const { dataset, options, seed, libraries } = report.inputs;
  return [
    ...(model ? modelFacts(model) : []),
    ['Data set', `${dataset.name} (${datasetKinds[dataset.kind]}), ${dataset.root}`],
    ...subsetFacts(dataset.subset),
    ['Data digest', dataset.digest],
    ['Options', optionsInWords(options, seed)],
    [
      'Made by',
      [
        `Attribute Lens ${report.createdBy.version}`,
        ...Object.entries(libraries).map(([name, version]) => `${name} ${version}`),
      ].join(' · '),
    ],
    ['Run', `${readableTime(report.times.started)} to ${readableTime(report.times.finished)}`],
  ];
}

const datasetKinds = {
  celeba: 'CelebA layout',
  identityFolders: 'a folder for each identity',
  table: 'table',
  imageFolder: 'folder of images',
  lfw: 'LFW layout',
  rfw: 'RFW layout',
  utkface: 'UTKFace layout',
} as const satisfies Record<Report['inputs']['dataset']['kind'], string>;

function modelFacts(model: ModelInput): readonly Fact[] {
  const { provider, alignment } = model;
  return [
    ['Model', `${model.name}: ${model.family}, ${formatCount(model.dim)} dimensions. ${model.why}`],
    ['SHA-256', model.sha256],
    ...(alignment ? [['Faces', alignmentInWords(alignment)] as const] : []),
    ...(alignment?.kind === 'detected'
      ? [['Detector', `${alignment.sha256}, ${providerInWords(alignment.provider)}`] as const]
      : []),
    ...(model.preprocessing
      ? [['Preprocessing', `${describePreprocessing(model.preprocessing)}${mirrored(model)}`] as const]
      : []),
    [
      'Provider',
      provider
        ? `${providerInWords(provider)}, requested: ${provider.requested === 'auto' ? 'auto' : providerNames[provider.requested]}, batches of ${model.batchSize}`
        : providerInWords(null),
    ],
  ];
}

function mirrored({ flip }: ModelInput): string {
  return flip ? '; the embedding of the mirrored image was added before anything was normalised' : '';
}

/** «all 202 599 of 10 177 people → one face 198 121 of …»; nothing where no step was asked for. */
function subsetFacts(subset: Report['inputs']['dataset']['subset']): readonly Fact[] {
  if (subset.length === 0) return [];
  const steps = subset.map(
    ({ step, nImages, nIdentities }) =>
      `${stepNames[step]} ${formatCount(nImages)} of ${formatCount(nIdentities)} people`,
  );
  return [['Images kept', steps.join(' → ')]];
}

const stepNames = {
  all: 'all',
  oneFace: 'one face',
  minImages: 'enough images of a person',
  outliers: 'no outliers',
  minImagesAgain: 'enough images again',
} as const satisfies Record<Report['inputs']['dataset']['subset'][number]['step'], string>;

function optionsInWords(options: Report['inputs']['options'], seed: number): string {
  return [
    `metric ${options.metric}`,
    `at most ${formatCount(options.maxIdentities)} identities a side`,
    `selection ${options.selection}`,
    `same identity ${options.sameIdentity}`,
    `alignment ${options.alignment}`,
    `faces ${options.faces}`,
    `at least ${formatCount(options.minImages)} ${options.minImages === 1 ? 'image' : 'images'} an identity`,
    `outlier filter ${options.outlierFilter ? 'on' : 'off'}`,
    ...(options.paperCompat ? ['channels swapped as in the paper’s scripts'] : []),
    `seed ${seed}`,
  ].join(', ');
}

/** 2026-01-31T10:00:00.000Z as «2026-01-31 10:00:00 UTC». */
function readableTime(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}
