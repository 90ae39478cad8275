import { SeededRandom } from '../../src/numerics/random.ts';
import {
  type Association,
  type AttributeResult,
  type Distribution,
  type MacroscaleResult,
  type MacroscaleRow,
  type Report,
  reportSchema,
  reportVersion,
} from '../../src/protocol/report.ts';
import { normalCdf } from './normalCdf.ts';
import { sampleAssociations, sampleDiscriminative, samplePeople } from './sampleDataset.ts';
import {
  adjust,
  aggregateOf,
  comparisonsOf,
  conditionalRows,
  correlationsOf,
  inferenceOf,
  sampleBootstraps,
  samplePermutations,
} from './sampleInference.ts';
import { sampleExamples } from './sampleExamples.ts';
import { type MicroscaleOptions, sampleLattice, sampleMicroscale } from './sampleMicroscale.ts';
import { sampleVerification } from './sampleVerification.ts';
import { onCpu } from './providerRecords.ts';

export interface SampleOptions {
  readonly nModels?: number;
  readonly nAttributes?: number;
  readonly seed?: number;
  /** Names of the first attributes; the others are CelebA's, then numbered. */
  readonly names?: readonly string[];
  readonly diagnostics?: Report['diagnostics'];
  readonly verification?: boolean;
  /** Permutations and bootstraps; `false`: a run without them. */
  readonly inference?: boolean;
  /** Draws of the sample. */
  readonly repeats?: number;
  /** KS distances from counts in bins, with their bounds. */
  readonly binned?: boolean;
  /** People, associations, and with these the conditional rows. */
  readonly data?: boolean;
  readonly discriminative?: boolean;
  readonly microscale?: boolean | MicroscaleOptions;
}

const nBins = 128;
const identitiesASide = 500;
const nImages = 66_871;
const nIdentities = 2_360;

/**
 * A whole, valid report whose numbers fit each other: histograms are of normal distances, each KS distance,
 * location and height is read off the histograms, the naive p follows from it, and so on. What may be missing from a
 * report can be left out.
 */
export function sampleReport(options: SampleOptions = {}): Report {
  const { nModels = 1, nAttributes = 40, seed = 1, diagnostics = [], verification = false } = options;
  const { inference = true, repeats = 1, binned = false, data = true, discriminative = true } = options;
  const { microscale = false } = options;
  const lattice = microscale === true ? {} : microscale;
  const random = new SeededRandom(seed);
  const names = attributeNames(nAttributes, options.names ?? []);
  const models = modelNames.slice(0, nModels);
  const counts = names.map((name) => attributeResult(name, random.fork(`counts ${name}`)));
  const associations = data ? sampleAssociations(counts, random.fork('associations')) : [];
  const macroscale = models.map((model) =>
    macroscaleOf(model, counts, associations, random.fork(model), { seed, inference, repeats, binned }),
  );
  adjust(macroscale);
  return reportSchema.parse({
    schema: 'attribute-lens.report',
    version: reportVersion,
    createdBy: { name: 'attribute-lens', version: '0.1.0' },
    inputs: {
      dataset: {
        name: 'CelebA',
        kind: 'celeba',
        root: '../celeba/img_align_celeba',
        digest: hex(random),
        annotationFile: '../celeba/list_attr_celeba.txt',
        source: null,
        nImages,
        nIdentities,
        identitiesKnown: true,
        attributes: names.map((name) => ({ name, rule: { kind: 'binary' } })),
        subset: [],
      },
      lattice: lattice === false ? null : sampleLattice(lattice),
      models: models.map((name) => ({
        name,
        file: `../models/${name}.onnx`,
        sha256: hex(random),
        family: 'arcface',
        why: 'Its input is 3 × 112 × 112 and its output has 512 numbers.',
        preprocessing: {
          width: 112,
          height: 112,
          layout: 'NCHW',
          channels: 'RGB',
          normalisation: { kind: 'affine', mean: 127.5, scale: 1 / 127.5 },
        },
        alignment: { kind: 'landmarks', source: 'celebaAligned' },
        flip: false,
        dim: 512,
        metric: 'cosine',
        batchSize: 32,
        precision: 'single',
        provider: onCpu(),
      })),
      options: {
        metric: 'auto',
        maxIdentities: identitiesASide,
        selection: 'random',
        sameIdentity: 'exclude',
        points: 'sample',
        repeats,
        permutations: inference ? samplePermutations : 0,
        bootstraps: inference ? sampleBootstraps : 0,
        confounders: 3,
        discriminativeImages: 20_000,
        interEntropyBandwidth: 0.1,
        combinations: [],
        pairwiseValues: false,
        neighbours: [],
        alignment: 'auto',
        faces: 'single',
        minImages: 1,
        outlierFilter: false,
        paperCompat: false,
      },
      seed,
      job: null,
      products: null,
      libraries: { node: '24.21.0', onnxruntime: '1.30.0', sharp: '0.35.5' },
    },
    results: {
      verification: verification
        ? models.map((model) => sampleVerification(model, names, random.fork(`verification ${model}`)))
        : [],
      ...sampleExamples(macroscale, random.fork('examples')),
      attributes: counts,
      people: data ? samplePeople(nIdentities, nImages) : null,
      associations,
      comparisons: inference ? comparisonsOf(macroscale, random.fork('comparisons')) : [],
      discriminative: discriminative
        ? models.map((model) =>
            sampleDiscriminative(model, counts, random.fork(`discriminative ${model}`), seed),
          )
        : [],
      ...(lattice === false ? noMicroscale : sampleMicroscale(models, random.fork('microscale'), lattice)),
      macroscale,
    },
    diagnostics,
    times: {
      started: '2026-01-31T10:00:00.000Z',
      finished: '2026-01-31T10:07:30.000Z',
      phases: [{ phase: 'embed', ms: 401_000 }],
      throughput: models.map((model) => ({
        model,
        provider: 'cpu',
        imagesPerSecond: 25.25,
        shares: { decode: 0.08, align: 0.02, inference: 0.875 },
      })),
    },
  } satisfies Report);
}

const noMicroscale = {
  microscale: [],
  microscaleComparisons: [],
  fieldAlignments: [],
  retentions: [],
  fieldDrawings: [],
  energyValidations: [],
};

interface MacroscaleOptions {
  readonly seed: number;
  readonly inference: boolean;
  readonly repeats: number;
  readonly binned: boolean;
}

function macroscaleOf(
  model: string,
  counts: readonly AttributeResult[],
  associations: readonly Association[],
  random: SeededRandom,
  options: MacroscaleOptions,
): MacroscaleResult {
  const { seed, inference, repeats } = options;
  const tested = counts.map(({ attribute }) => attributeComparison(attribute, random, options));
  const attributes = tested.map(({ rows }, i) => aggregateOf(rows, counts[i]!));
  const rows = tested.flatMap((one) => one.rows);
  return {
    model,
    metric: 'cosine',
    sampling: {
      points: 'sample',
      selection: 'random',
      maxIdentities: identitiesASide,
      sameIdentity: 'exclude',
      repeats,
      seed,
    },
    inference: {
      permutations: inference ? samplePermutations : 0,
      bootstraps: inference ? sampleBootstraps : 0,
      nBins: 2048,
      maxPoints: null,
    },
    attributes,
    correlations: correlationsOf(attributes, counts),
    conditional: conditionalRows(rows, associations, random.fork('conditional')),
    rows,
    distributions: tested.map(({ distribution }) => distribution),
  };
}

function attributeComparison(
  attribute: string,
  random: SeededRandom,
  { inference, repeats, binned }: MacroscaleOptions,
): { rows: [MacroscaleRow, MacroscaleRow]; distribution: Distribution } {
  const centre = 0.94 + 0.02 * random.nextFloat();
  const spread = 0.07 + 0.015 * random.nextFloat();
  const pull = 0.035 * random.nextFloat() ** 2;
  // What a sample of a few hundred people leaves to chance: about half of the null's 95 %.
  const chance = () => 0.0007 * random.nextNormal();
  const shiftPositive = chance() - pull;
  const shiftNegative = chance() + pull * (random.nextFloat() - 0.6);
  const nWithin = (identitiesASide * (identitiesASide - 1)) / 2;
  const nCross = identitiesASide ** 2 - random.nextInt(90);
  const min = 0.45;
  const max = 1.3;
  const distribution: Distribution = {
    attribute,
    min,
    max,
    withinPositive: normalCounts(nWithin, centre + shiftPositive, spread, min, max),
    withinNegative: normalCounts(nWithin, centre + shiftNegative, spread * (1 + pull), min, max),
    cross: normalCounts(nCross, centre, spread, min, max),
  };
  const row = (modality: 'positive' | 'negative', counts: readonly number[]): MacroscaleRow => {
    const gap = widestGap(counts, distribution.cross, min, max);
    const log10P = logOfNaiveP(gap.ks, nWithin, nCross);
    const isPositive = modality === 'positive';
    const distances = {
      within: centre + (isPositive ? shiftPositive : shiftNegative),
      withinSd: isPositive ? spread : spread * (1 + pull),
      cross: centre,
      crossSd: spread,
    };
    return {
      attribute,
      modality,
      nImages: identitiesASide,
      nIdentities: identitiesASide,
      nWithin,
      nCross,
      ...gap,
      meanWithin: distances.within,
      meanCross: distances.cross,
      pNaive: 10 ** log10P,
      log10PNaive: log10P,
      pMethod: 'asymptotic',
      ...inferenceOf(gap, distances, random.fork(`inference ${attribute} ${modality}`), {
        inference,
        nRepeats: repeats,
        isBinned: binned,
      }),
    };
  };
  return {
    rows: [row('positive', distribution.withinPositive), row('negative', distribution.withinNegative)],
    distribution,
  };
}

/** Counts in `nBins` bins that add up to `total`. */
function normalCounts(total: number, mean: number, sd: number, min: number, max: number): number[] {
  const width = (max - min) / nBins;
  const upTo = (edge: number) => Math.round(total * normalCdf((min + edge * width - mean) / sd));
  return Array.from({ length: nBins }, (_, bin) => {
    const left = bin === 0 ? 0 : upTo(bin);
    return (bin === nBins - 1 ? total : upTo(bin + 1)) - left;
  });
}

function widestGap(within: readonly number[], cross: readonly number[], min: number, max: number) {
  const nWithin = sum(within);
  const nCross = sum(cross);
  let a = 0;
  let b = 0;
  let best = { ks: 0, location: min, cdfWithin: 0, cdfCross: 0, sign: 1 as 1 | -1 };
  within.forEach((n, bin) => {
    a += n;
    b += cross[bin]!;
    const cdfWithin = a / nWithin;
    const cdfCross = b / nCross;
    const ks = Math.abs(cdfWithin - cdfCross);
    if (ks > best.ks) {
      const location = min + ((bin + 1) * (max - min)) / nBins;
      best = { ks, location, cdfWithin, cdfCross, sign: cdfWithin > cdfCross ? 1 : -1 };
    }
  });
  return best;
}

/** The leading term of the Kolmogorov series, as a logarithm. */
function logOfNaiveP(ks: number, n1: number, n2: number): number {
  const effective = (n1 * n2) / (n1 + n2);
  return Math.min(0, Math.log10(2) - (2 * effective * ks * ks) / Math.LN10);
}

function attributeResult(attribute: string, random: SeededRandom): AttributeResult {
  const nUnknown = random.nextInt(3) === 0 ? random.nextInt(200) : 0;
  const known = 66_871 - nUnknown;
  const nPositive = 600 + random.nextInt(known - 1200);
  return {
    attribute,
    nPositive,
    nNegative: known - nPositive,
    nUnknown,
    globalAverage: (2 * nPositive) / known - 1,
    intraEntropy: 0.6 * random.nextFloat(),
    interEntropy: 3 + 1.5 * random.nextFloat(),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, n) => total + n, 0);
}

function hex(random: SeededRandom): string {
  return Array.from({ length: 8 }, () => random.nextUint32().toString(16).padStart(8, '0')).join('');
}

const modelNames = ['arcface-r50', 'adaface-r18', 'facenet-vgg', 'sphereface-r', 'sface', 'eigenfaces'];

function attributeNames(n: number, first: readonly string[]): string[] {
  const others = [...celebaNames].filter((name) => !first.includes(name));
  const numbered = Array.from({ length: n }, (_, i) => `Attribute_${i + 1}`);
  return [...first, ...others, ...numbered].slice(0, n);
}

const celebaNames = (
  '5_o_Clock_Shadow Arched_Eyebrows Attractive Bags_Under_Eyes Bald Bangs Big_Lips Big_Nose Black_Hair ' +
  'Blond_Hair Blurry Brown_Hair Bushy_Eyebrows Chubby Double_Chin Eyeglasses Goatee Gray_Hair Heavy_Makeup ' +
  'High_Cheekbones Male Mouth_Slightly_Open Mustache Narrow_Eyes No_Beard Oval_Face Pale_Skin Pointy_Nose ' +
  'Receding_Hairline Rosy_Cheeks Sideburns Smiling Straight_Hair Wavy_Hair Wearing_Earrings Wearing_Hat ' +
  'Wearing_Lipstick Wearing_Necklace Wearing_Necktie Young'
).split(' ');
