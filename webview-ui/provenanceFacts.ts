import type { Normalisation, Preprocessing } from '../src/domain/preprocessing.ts';
import type { ModelInput, Report } from '../src/protocol/report.ts';
import { alignmentInWords } from './faceWording.ts';
import { providerInWords, providerNames, requestedName } from './facts.ts';
import { formatCount, formatShare, formatSpeed } from './format.ts';
import { t } from './l10n.ts';
import { isolated } from './phrases.ts';

/** A term and what the report says of it. */
export type Fact = readonly [term: string, value: string];

/** Everything that is needed to make the same report again. Pure. */
export function provenanceFacts(report: Report, model: ModelInput | null): readonly Fact[] {
  const { dataset, options, seed, libraries, products } = report.inputs;
  const made = [
    `Attribute Lens ${report.createdBy.version}`,
    ...Object.entries(libraries).map(([name, version]) => `${name} ${version}`),
  ].join(' · ');
  return [
    ...(model ? modelFacts(model) : []),
    ...(products ? productFacts(products) : []),
    [t('Data set'), `${isolated(dataset.name)} (${datasetKind(dataset.kind)}), ${dataset.root}`],
    ...subsetFacts(dataset.subset),
    [t('Data digest'), dataset.digest],
    [t('Options'), optionsInWords(options, seed)],
    [t('Made by'), made],
    ...report.times.throughput.map((one): Fact => [
      t('Speed of {0}', isolated(one.model)),
      speedInWords(one),
    ]),
    [t('Run'), t('{0} to {1}', readableTime(report.times.started), readableTime(report.times.finished))],
  ];
}

function datasetKind(kind: Report['inputs']['dataset']['kind']): string {
  switch (kind) {
    case 'celeba':
      return t('CelebA layout');
    case 'identityFolders':
      return t('a folder for each identity');
    case 'table':
      return t('table');
    case 'imageFolder':
      return t('folder of images');
    case 'lfw':
      return t('LFW layout');
    case 'rfw':
      return t('RFW layout');
    case 'utkface':
      return t('UTKFace layout');
  }
}

function modelFacts(model: ModelInput): readonly Fact[] {
  const { name, family, dim, why, provider, alignment, preprocessing } = model;
  return [
    [t('Model'), t('{0}: {1}, {2} dimensions. {3}', isolated(name), family, formatCount(dim), why)],
    ['SHA-256', model.sha256],
    ...(alignment ? [[t('Faces'), alignmentInWords(alignment)] as const] : []),
    ...(alignment?.kind === 'detected'
      ? [[t('Detector'), `${alignment.sha256}, ${providerInWords(alignment.provider)}`] as const]
      : []),
    ...(preprocessing
      ? [[t('Preprocessing'), preprocessingInWords(preprocessing, model.flip)] as const]
      : []),
    [t('Provider'), provider ? providerFact(provider, model) : providerInWords(null)],
  ];
}

function providerFact(
  provider: NonNullable<ModelInput['provider']>,
  { batchSize, precision }: ModelInput,
): string {
  const asked = provider.requested === 'auto' ? 'auto' : requestedName(provider.requested);
  return precision === 'half'
    ? t('{0}, requested: {1}, batches of {2}, half precision', providerInWords(provider), asked, batchSize)
    : t('{0}, requested: {1}, batches of {2}', providerInWords(provider), asked, batchSize);
}

function preprocessingInWords(p: Preprocessing, flip: boolean): string {
  const shown = t('resized to {0} × {1}, {2}, {3}', p.width, p.height, p.channels, p.layout);
  const text = `${shown}, ${normalisationInWords(p.normalisation)}`;
  return flip
    ? t('{0}; the embedding of the mirrored image was added before anything was normalised', text)
    : text;
}

function normalisationInWords(normalisation: Normalisation): string {
  switch (normalisation.kind) {
    case 'affine':
      return `(x − ${normalisation.mean}) · ${Number(normalisation.scale.toPrecision(6))}`;
    case 'prewhiten':
      return t('(x − image mean) / image std');
    case 'none':
      return t('0 to 255, the graph normalises itself');
  }
}

/** «CUDA, 2140 images/s; of the time, runs 82 %, waiting for decode 12 %, waiting for alignment 1 %» */
function speedInWords({ provider, imagesPerSecond, shares }: Report['times']['throughput'][number]): string {
  return t(
    '{0}, {1} images/s; of the time, runs of the model {2}, waiting for decode {3}, waiting for alignment {4}',
    providerNames[provider],
    formatSpeed(imagesPerSecond),
    formatShare(shares.inference),
    formatShare(shares.decode),
    formatShare(shares.align),
  );
}

/** Where the products of distances ran, and why not on the model’s provider. */
function productFacts({ double, single }: NonNullable<Report['inputs']['products']>): readonly Fact[] {
  return [
    [t('Products in float64'), productInWords(double)],
    [t('Products in float32'), productInWords(single)],
  ];
}

function productInWords({
  ran,
  largestDifference,
  refused,
}: NonNullable<Report['inputs']['products']>['double']): string {
  const name = providerNames[ran];
  if (refused !== null) return t('{0}; {1}', name, refused);
  return largestDifference === null
    ? name
    : t('{0}, at most {1} from the CPU', name, largestDifference.toExponential(1));
}

/** «all 202 599 of 10 177 people → one face 198 121 of …»; nothing where no step was asked for. */
function subsetFacts(subset: Report['inputs']['dataset']['subset']): readonly Fact[] {
  if (subset.length === 0) return [];
  const steps = subset.map(({ step, nImages, nIdentities }) =>
    t('{0} {1} of {2} people', stepName(step), formatCount(nImages), formatCount(nIdentities)),
  );
  return [[t('Images kept'), steps.join(' → ')]];
}

function stepName(step: Report['inputs']['dataset']['subset'][number]['step']): string {
  switch (step) {
    case 'all':
      return t('all');
    case 'oneFace':
      return t('one face');
    case 'minImages':
      return t('enough images of a person');
    case 'outliers':
      return t('no outliers');
    case 'minImagesAgain':
      return t('enough images again');
  }
}

function optionsInWords(options: Report['inputs']['options'], seed: number): string {
  return [
    t('metric {0}', options.metric),
    t('at most {0} identities a side', formatCount(options.maxIdentities)),
    t('selection {0}', options.selection),
    t('same identity {0}', options.sameIdentity),
    t('alignment {0}', options.alignment),
    t('faces {0}', options.faces),
    options.minImages === 1
      ? t('at least 1 image an identity')
      : t('at least {0} images an identity', formatCount(options.minImages)),
    options.outlierFilter ? t('outlier filter on') : t('outlier filter off'),
    ...(options.paperCompat ? [t('channels swapped as in the paper’s scripts')] : []),
    t('seed {0}', seed),
  ].join(', ');
}

/** 2026-01-31T10:00:00.000Z as «2026-01-31 10:00:00 UTC». */
function readableTime(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}
