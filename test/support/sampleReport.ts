import { SeededRandom } from '../../src/numerics/random.ts';
import {
  type AttributeResult,
  type Distribution,
  type MacroscaleResult,
  type MacroscaleRow,
  type Report,
  reportSchema,
  reportVersion,
} from '../../src/protocol/report.ts';
import { normalCdf } from './normalCdf.ts';
import { sampleVerification } from './sampleVerification.ts';

export interface SampleOptions {
  readonly nModels?: number;
  readonly nAttributes?: number;
  readonly seed?: number;
  /** Names of the first attributes; the others are CelebA's, then numbered. */
  readonly names?: readonly string[];
  readonly diagnostics?: Report['diagnostics'];
  readonly verification?: boolean;
}

const nBins = 128;
const identitiesASide = 500;

/**
 * A whole, valid report whose numbers fit each other: histograms are of normal distances, each KS distance,
 * location and height is read off the histograms, the naive p follows from it.
 */
export function sampleReport(options: SampleOptions = {}): Report {
  const { nModels = 1, nAttributes = 40, seed = 1, diagnostics = [], verification = false } = options;
  const random = new SeededRandom(seed);
  const names = attributeNames(nAttributes, options.names ?? []);
  const models = modelNames.slice(0, nModels);
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
        nImages: 66_871,
        nIdentities: 2_360,
        identitiesKnown: true,
        attributes: names.map((name) => ({ name, rule: { kind: 'binary' } })),
        subset: [],
      },
      lattice: null,
      models: models.map((name) => ({
        name,
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
        provider: { requested: 'auto', ran: 'cpu', nodeShare: 1, agreement: null, refused: [] },
      })),
      options: {
        metric: 'auto',
        maxIdentities: identitiesASide,
        selection: 'random',
        sameIdentity: 'exclude',
        points: 'sample',
        repeats: 1,
        permutations: 2000,
        bootstraps: 1000,
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
      libraries: { node: '24.21.0', onnxruntime: '1.30.0', sharp: '0.35.5' },
    },
    results: {
      verification: verification
        ? models.map((model) => sampleVerification(model, names, random.fork(`verification ${model}`)))
        : [],
      attributes: names.map((name) => attributeResult(name, random.fork(`counts ${name}`))),
      people: null,
      associations: [],
      comparisons: [],
      discriminative: [],
      microscale: [],
      microscaleComparisons: [],
      fieldAlignments: [],
      retentions: [],
      fieldDrawings: [],
      energyValidations: [],
      macroscale: models.map((model) => macroscale(model, names, random.fork(model), seed)),
    },
    diagnostics,
    times: {
      started: '2026-01-31T10:00:00.000Z',
      finished: '2026-01-31T10:07:30.000Z',
      phases: [{ phase: 'embed', ms: 401_000 }],
    },
  } satisfies Report);
}

function macroscale(
  model: string,
  names: readonly string[],
  random: SeededRandom,
  seed: number,
): MacroscaleResult {
  const tested = names.map((name) => attributeComparison(name, random));
  return {
    model,
    metric: 'cosine',
    sampling: {
      points: 'sample',
      selection: 'random',
      maxIdentities: identitiesASide,
      sameIdentity: 'exclude',
      repeats: 1,
      seed,
    },
    inference: { permutations: 2000, bootstraps: 1000, nBins: 2048, maxPoints: null },
    attributes: [],
    correlations: [],
    conditional: [],
    rows: tested.flatMap(({ rows }) => rows),
    distributions: tested.map(({ distribution }) => distribution),
  };
}

function attributeComparison(
  attribute: string,
  random: SeededRandom,
): { rows: MacroscaleRow[]; distribution: Distribution } {
  const centre = 0.94 + 0.02 * random.nextFloat();
  const spread = 0.07 + 0.015 * random.nextFloat();
  const pull = 0.035 * random.nextFloat() ** 2;
  const shiftPositive = -pull;
  const shiftNegative = pull * (random.nextFloat() - 0.6);
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
    return {
      attribute,
      modality,
      nImages: identitiesASide,
      nIdentities: identitiesASide,
      nWithin,
      nCross,
      ...gap,
      meanWithin: centre + (modality === 'positive' ? shiftPositive : shiftNegative),
      meanCross: centre,
      pNaive: 10 ** log10P,
      log10PNaive: log10P,
      pMethod: 'asymptotic',
      ...noInference,
    };
  };
  return {
    rows: [row('positive', distribution.withinPositive), row('negative', distribution.withinNegative)],
    distribution,
  };
}

/** What a run without permutations and bootstraps leaves open. */
export const noInference = {
  ksUpper: null,
  pPermutation: null,
  pAdjusted: null,
  pHolm: null,
  null95: null,
  nEffective: null,
  ci: null,
  auc: 0.5,
  aucCi: null,
  meanDifference: 0,
  meanDifferenceCi: null,
  repeats: null,
} as const satisfies Partial<MacroscaleRow>;

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
