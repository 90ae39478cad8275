import type { Metric } from '../domain/embeddingMatrix.ts';
import type { ChannelOrder, Layout, ModelFamily, Normalisation } from '../domain/preprocessing.ts';
import type { GraphTraits } from './graphTraits.ts';

/** What inspection knows of a model when it asks which family it is of. */
export interface ModelEvidence extends GraphTraits {
  readonly layout: Layout;
  readonly height: number | null;
  readonly width: number | null;
  readonly dim: number | null;
  /** Of the last layer, where the width is not declared. */
  readonly layerWidth: number | null;
  /** The graph divides the embedding by its norm. */
  readonly isUnit: boolean;
  readonly hasNormOutput: boolean;
  /** `attribute_lens.family` of the model's metadata. */
  readonly declaredFamily: string | undefined;
  readonly fileName: string;
}

export interface FamilyMatch {
  readonly family: ModelFamily;
  /** What decided, as a clause. */
  readonly why: string;
}

/** How a family's models were trained to see an image. */
export interface FamilyRule {
  /** Side of the image in pixels where the graph leaves it free. */
  readonly size: number;
  readonly channels: ChannelOrder;
  readonly metric: Metric;
  normalisation(evidence: Pick<ModelEvidence, 'layout' | 'dim' | 'isUnit'>): Normalisation;
}

const signedUnit: Normalisation = { kind: 'affine', mean: 127.5, scale: 1 / 127.5 };
const by128: Normalisation = { kind: 'affine', mean: 127.5, scale: 1 / 128 };
const none: Normalisation = { kind: 'none' };

/**
 * FaceNet's weights came in four forms. Those with 128 values (2017) were prewhitened; those with 512 (2018) were
 * trained with (x − 127.5) / 128, as TensorFlow's graph and facenet-pytorch have it, but keras-facenet, which cut the
 * last division by the norm off, is used with (x − 127.5) / 127.5.
 */
const facenetVariants = {
  'keras-facenet 2017': { kind: 'prewhiten' },
  'keras-facenet 2018': signedUnit,
  'facenet 2018 in TensorFlow': by128,
  'facenet-pytorch': by128,
} as const satisfies Record<string, Normalisation>;

function facenetVariant({
  layout,
  dim,
  isUnit,
}: Pick<ModelEvidence, 'layout' | 'dim' | 'isUnit'>): keyof typeof facenetVariants {
  if (dim === 128) return 'keras-facenet 2017';
  if (layout === 'NCHW') return 'facenet-pytorch';
  return isUnit ? 'facenet 2018 in TensorFlow' : 'keras-facenet 2018';
}

/**
 * Preprocessing of each family, from the projects that publish its models: InsightFace, AdaFace, OpenSphere,
 * keras-facenet, facenet (TensorFlow), facenet-pytorch, OpenCV zoo; and from the paper of MobileFaceNet (Chen et
 * al. 2018: «subtracting 127.5 then divided by 128»).
 * `generic` is an assumption: what most published embedders use.
 */
export const familyRules = {
  arcface: { size: 112, channels: 'RGB', metric: 'cosine', normalisation: () => signedUnit },
  adaface: { size: 112, channels: 'BGR', metric: 'cosine', normalisation: () => signedUnit },
  'sphereface-r': { size: 112, channels: 'RGB', metric: 'cosine', normalisation: () => signedUnit },
  facenet: {
    size: 160,
    channels: 'RGB',
    metric: 'euclidean',
    normalisation: (evidence) => facenetVariants[facenetVariant(evidence)],
  },
  sface: { size: 112, channels: 'RGB', metric: 'cosine', normalisation: () => none },
  mobilefacenet: { size: 112, channels: 'RGB', metric: 'cosine', normalisation: () => by128 },
  eigenfaces: { size: 64, channels: 'RGB', metric: 'cosine', normalisation: () => none },
  generic: { size: 112, channels: 'RGB', metric: 'cosine', normalisation: () => signedUnit },
} as const satisfies Record<ModelFamily, FamilyRule>;

/**
 * Matches a model to a family by its graph. Its file name decides only between families that the graph cannot
 * tell apart, and then `why` says so.
 */
export function recogniseFamily(evidence: ModelEvidence): FamilyMatch {
  if (evidence.declaredFamily === 'eigenfaces')
    return { family: 'eigenfaces', why: 'the metadata of the model say so' };
  if (evidence.hasNormOutput)
    return { family: 'adaface', why: 'a second output is the norm of the embedding, as in AdaFace' };
  return (
    facenet(evidence) ?? sface(evidence) ?? mobilefacenet(evidence) ?? margin(evidence) ?? generic(evidence)
  );
}

function facenet(evidence: ModelEvidence): FamilyMatch | undefined {
  const { width, height, dim, hasInceptionBranches, layout, isUnit } = evidence;
  const fits = (size: number | null) => size === null || size === familyRules.facenet.size;
  if (!(fits(width) && fits(height)) || !(dim === null || dim === 128 || dim === 512)) return undefined;
  const isSized = width !== null && height !== null;
  if (!isSized && !hasInceptionBranches) return undefined;
  const reasons = [
    ...(isSized ? ['an input of 160 × 160'] : []),
    ...(hasInceptionBranches ? ['the branches of Inception-ResNet'] : []),
    ...(dim === null ? [] : [`${dim} values out`]),
  ];
  const variant = `${layout} and ${isUnit ? 'unit' : 'raw'} values for ${facenetVariant(evidence)}`;
  return { family: 'facenet', why: `${reasons.join(', ')} speak for FaceNet, ${variant}` };
}

/** The net of the paper gives 128 values; those with 512 are InsightFace's, trained with another scale. */
function mobilefacenet(evidence: ModelEvidence): FamilyMatch | undefined {
  if (!isMarginInput(evidence) || !evidence.hasGlobalDepthwise) return undefined;
  if ((evidence.dim ?? evidence.layerWidth) !== 128) return undefined;
  return {
    family: 'mobilefacenet',
    why: `an input of ${sizeText(evidence)}, 128 values out and a depthwise convolution over the last 7 × 7 map are those of MobileFaceNet, whose authors divide by 128`,
  };
}

function sface(evidence: ModelEvidence): FamilyMatch | undefined {
  if (!isMarginInput(evidence) || evidence.dim !== 128) return undefined;
  if (evidence.scalesFrom === 255 && evidence.layout === 'NCHW')
    return {
      family: 'sface',
      why: 'it takes 0 to 255, normalises them itself and gives 128 values, as SFace',
    };
  if (isNamed(evidence, /(?<!phere)sface/i))
    return { family: 'sface', why: 'it gives 128 values and its file name says SFace' };
  return undefined;
}

/** Networks trained with a margin on the hypersphere share their graphs; those with 512 values are meant here. */
function margin(evidence: ModelEvidence): FamilyMatch | undefined {
  const { dim, hasPRelu } = evidence;
  if (!isMarginInput(evidence) || !(dim === 512 || (dim === null && hasPRelu))) return undefined;
  const graph = `an input of ${sizeText(evidence)} and ${dim ?? 'undeclared'} values out fit several families`;
  if (isNamed(evidence, /adaface/i))
    return { family: 'adaface', why: `${graph}; the file name says AdaFace, which takes BGR` };
  if (isNamed(evidence, /sphere-?face/i))
    return { family: 'sphereface-r', why: `${graph}; the file name says SphereFace` };
  if (hasPRelu)
    return {
      family: 'arcface',
      why: `an input of ${sizeText(evidence)}, ${dim ?? 'undeclared'} values out and PRelu activations are those of ArcFace's networks`,
    };
  if (isNamed(evidence, /arc-?face|insightface/i))
    return { family: 'arcface', why: `${graph}; the file name says ArcFace` };
  return undefined;
}

function generic(evidence: ModelEvidence): FamilyMatch {
  return {
    family: 'generic',
    why: `no family is recognised by an input of ${sizeText(evidence)} ${evidence.layout} and ${evidence.dim ?? 'undeclared'} values out, so the usual preprocessing is assumed; set channels, mean and scale if it was trained otherwise`,
  };
}

function isMarginInput({ width, height }: ModelEvidence): boolean {
  const { size } = familyRules.arcface;
  // SphereFace's older models take 96 × 112.
  return (height === null || height === size) && (width === null || width === size || width === 96);
}

function isNamed({ fileName }: ModelEvidence, pattern: RegExp): boolean {
  return pattern.test(fileName);
}

function sizeText({ width, height }: ModelEvidence): string {
  return width === null || height === null ? 'free size' : `${width} × ${height}`;
}
