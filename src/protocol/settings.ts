import { z } from 'zod';
import { alignmentModes } from '../domain/alignment.ts';
import { metrics } from '../domain/embeddingMatrix.ts';
import { facePolicies } from '../domain/face.ts';
import { type ModelOverride, modelFamilies } from '../domain/preprocessing.ts';
import { requestedProviders } from '../domain/provider.ts';
import { macroscaleSettings } from './macroscaleSettings.ts';
import { microscaleSettings } from './microscaleSettings.ts';
import { projectionSettings } from './projectionSettings.ts';
import type { SettingDefinition } from './settingDefinition.ts';

export const modelOverrideSchema = z.strictObject({
  path: z.string().min(1),
  name: z.string().min(1).optional(),
  family: z.enum(modelFamilies).optional(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  layout: z.enum(['NCHW', 'NHWC']).optional(),
  channels: z.enum(['RGB', 'BGR']).optional(),
  mean: z.number().optional(),
  scale: z.number().positive().optional(),
  metric: z.enum(metrics).optional(),
  output: z.string().min(1).optional(),
  flip: z.boolean().optional(),
}) satisfies z.ZodType<ModelOverride>;

/**
 * Every setting, once: the manifest's `contributes.configuration`, the command line's flags and the README's
 * table are made from this table, so they cannot drift apart.
 */
export const settingDefinitions = {
  models: {
    schema: z.array(z.union([z.string().min(1), modelOverrideSchema])),
    default: [],
    scope: 'resource',
    description:
      'ONNX models to analyse: paths relative to the workspace folder, or objects `{ "path": …, "family": …, "channels": "RGB" | "BGR", "mean": …, "scale": …, "width": …, "height": …, "layout": …, "metric": …, "output": …, "flip": true | false }` that override what inspection finds. Empty: asked for.',
    flag: 'model',
    isPath: true,
    restricted: true,
  },
  dataset: {
    schema: z.string(),
    default: '',
    scope: 'resource',
    description:
      'Folder of face images, or a CSV table of them, relative to the workspace folder. Empty: asked for.',
    flag: 'data',
    isPath: true,
  },
  annotations: {
    schema: z.string(),
    default: '',
    scope: 'resource',
    description:
      'Folder of the annotation files, or a CSV table, where they do not lie beside the images. Empty: looked for in the data set.',
    flag: 'annotations',
    isPath: true,
  },
  alignment: {
    schema: z.enum(alignmentModes),
    default: 'auto',
    scope: 'resource',
    description: 'How a face is brought to the place where the model expects it.',
    enumDescriptions: [
      'Landmarks of the data set where it has them, else `#attributeLens.detector#` where one is set, else none. A baseline learned here sees whole images, as it was taught.',
      'Whole images, resized: for crops that are aligned already.',
      'Landmarks of the data set: its table, or the fixed points of CelebA’s aligned images.',
      'Landmarks that `#attributeLens.detector#` finds.',
    ],
    flag: 'alignment',
  },
  detector: {
    schema: z.string(),
    default: '',
    scope: 'resource',
    description: 'ONNX face detector with landmarks, SCRFD or YuNet, relative to the workspace folder.',
    flag: 'detector',
    isPath: true,
    restricted: true,
  },
  detectorScore: {
    schema: z.number().min(0).max(1),
    default: 0,
    scope: 'resource',
    description:
      'Lowest score that counts as a face, 0 to 1. 0: the detector’s own, 0.5 for SCRFD and 0.9 for YuNet.',
    flag: 'detector-score',
  },
  detectorRetry: {
    schema: z.boolean(),
    default: true,
    scope: 'resource',
    description:
      'Look a second time, with a border of a quarter around the image, where no face was found: tight crops are missed otherwise.',
    flag: 'detector-retry',
  },
  faces: {
    schema: z.enum(facePolicies),
    default: 'single',
    scope: 'resource',
    description: 'What to do with images of several faces; images without a face are left out.',
    enumDescriptions: [
      'Leave them out, as the paper does.',
      'Take the largest face.',
      'Take the face nearest to the centre.',
    ],
    flag: 'faces',
  },
  imageStatistics: {
    schema: z.boolean(),
    default: false,
    scope: 'resource',
    description:
      'Use measurements as attributes, each split at its median, beside those of the annotations: colour, brightness, contrast and sharpness of the image; size, roll and score of a detected face; length of the embedding. A folder without annotations gets five of them anyway.',
    flag: 'image-statistics',
  },
  minImages: {
    schema: z.int().min(1).max(100_000),
    default: 1,
    scope: 'resource',
    description: 'Leave out identities with fewer usable images; the paper keeps those with 30.',
    flag: 'min-images',
  },
  outlierFilter: {
    schema: z.boolean(),
    default: false,
    scope: 'resource',
    description:
      'Leave out images that lie far from the others of their identity, as the paper’s preprocessing does: likely wrong labels.',
    flag: 'outlier-filter',
  },
  paperCompat: {
    schema: z.boolean(),
    default: false,
    scope: 'resource',
    description:
      'Swap the colour channels as the paper’s scripts did, which handed RGB to functions that expect BGR. For reproducing its figures only.',
    flag: 'paper-compat',
  },
  embeddings: {
    schema: z.string(),
    default: '',
    scope: 'resource',
    description:
      'A `.npy` file of ready embeddings (images × dimensions, float32 or float64), or a `.parquet` table with a column of vectors, that stands in for a model. Its rows follow the annotation table, or `#attributeLens.embeddingsList#`.',
    flag: 'embeddings',
    isPath: true,
  },
  embeddingsList: {
    schema: z.string(),
    default: '',
    scope: 'resource',
    description: 'A CSV whose first column names the image of each row of `#attributeLens.embeddings#`.',
    flag: 'list',
    isPath: true,
  },
  metric: {
    schema: z.enum(['auto', ...metrics]),
    default: 'auto',
    scope: 'resource',
    description: 'Distance between embeddings.',
    enumDescriptions: [
      "What the model's family was trained for: euclidean for FaceNet, cosine for all others.",
      '1 − the cosine of the angle between two embeddings.',
      'Length of the difference of two embeddings.',
    ],
    flag: 'metric',
  },
  executionProvider: {
    schema: z.enum(requestedProviders),
    default: 'auto',
    scope: 'machine-overridable',
    description:
      'What runs the model. What really ran is proven by a profile of the first batch and stands in the report.',
    enumDescriptions: [
      "The platform's list, one attempt each; the first that works and agrees with the CPU.",
      'The processor.',
      'NVIDIA GPU with CUDA 12 and cuDNN 9.',
      'NVIDIA GPU with TensorRT.',
      'Any GPU, through WebGPU.',
      'Windows GPU, through DirectML.',
      'Apple silicon, through CoreML.',
    ],
    flag: 'provider',
  },
  batchSize: {
    schema: z.int().min(1).max(1024),
    default: 32,
    scope: 'machine-overridable',
    description:
      'Images in one run of the model. A model with a fixed batch uses its own. A cancel waits for at most one batch.',
    flag: 'batch-size',
  },
  halfPrecision: {
    schema: z.boolean(),
    default: false,
    scope: 'machine-overridable',
    description:
      'Run models in float16 on a GPU, where that is faster and the embeddings agree with the CPU’s (cosine > 0.9999). The report says which precision ran.',
    flag: 'half-precision',
  },
  ...macroscaleSettings,
  ...microscaleSettings,
  ...projectionSettings,
  reportFolder: {
    schema: z.string().min(1),
    default: 'attribute-lens',
    scope: 'resource',
    description: 'Folder that reports (`*.attrlens.json`) are written to, relative to the workspace folder.',
    flag: null,
    isPath: true,
  },
  storeFolder: {
    schema: z.string(),
    default: '',
    scope: 'machine',
    description:
      "Folder of computed embeddings, found again by image content. Empty: `attribute-lens` in the user's cache folder.",
    flag: 'store',
    isPath: true,
    restricted: true,
  },
  nodePath: {
    schema: z.string(),
    default: '',
    scope: 'machine',
    description:
      'A Node.js (20 or later) that runs the engine. Empty: the editor’s own where that is a plain Node (remote, containers); on the Linux desktop a `node` on the PATH.',
    flag: null,
    restricted: true,
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingName = keyof typeof settingDefinitions;

export const settingNames = Object.keys(settingDefinitions) as readonly SettingName[];

export type Settings = { readonly [K in SettingName]: z.infer<(typeof settingDefinitions)[K]['schema']> };

export const settingPrefix = 'attributeLens';

export function defaultSettings(): Settings {
  return Object.fromEntries(
    settingNames.map((name) => [name, settingDefinitions[name].default]),
  ) as unknown as Settings;
}
