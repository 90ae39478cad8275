import { z } from 'zod';
import { latticeAttributes } from '../domain/latticeAttribute.ts';
import { neighbourRule } from './microscaleSchema.ts';
import type { SettingDefinition } from './settingDefinition.ts';

export const latticeStepsSchema = z.partialRecord(z.enum(latticeAttributes), z.number().positive());

/** What one person's images are moved along, and how the fields are measured. */
export const microscaleSettings = {
  latticeAttributes: {
    schema: z.array(z.enum(latticeAttributes)).min(1),
    default: ['brightness', 'contrast', 'saturation', 'hue', 'blur', 'noise', 'roll', 'scale'],
    scope: 'resource',
    description:
      'What images are moved along to measure invariance: brightness, contrast, saturation, hue, blur, noise, jpegQuality, roll, scale, shift, grey, occlusion.',
    flag: 'lattice-attribute',
  },
  latticeSteps: {
    schema: latticeStepsSchema,
    default: {},
    scope: 'resource',
    description:
      'Step of each of them, where it shall not be the default: `{ "brightness": 10, "roll": 5 }`, in grey levels, %, degrees or pixels; «Preview Lattice…» shows what a step does.',
    flag: null,
  },
  latticePoints: {
    schema: z.int().min(2).max(10_000),
    default: 48,
    scope: 'resource',
    description:
      'Lattice points of each identity: an image of it with random values of all attributes. The model sees about two images for each of them and each attribute.',
    flag: 'lattice-points',
  },
  latticeIdentities: {
    schema: z.int().min(1).max(100_000),
    default: 30,
    scope: 'resource',
    description: 'Identities to measure invariance on, at most; those with the most images first.',
    flag: 'lattice-identities',
  },
  stepTable: {
    schema: z.string(),
    default: '',
    scope: 'resource',
    description:
      'A table of curves that stands in for a lattice of one’s own: `df_param_step.csv` of GAN-Control, or a CSV with the columns `image, identity, attribute, curve, step`.',
    flag: 'steps',
    isPath: true,
  },
  neighbours: {
    schema: z.array(neighbourRule).min(1),
    default: ['knn:10', 'knn:5', 'ball:0.5', 'inverse', 'all'],
    scope: 'resource',
    description:
      'Which base points a vector is compared with: `knn:10` the ten nearest, `ball:0.5` those within half the mean distance, `inverse` all, weighted by 1/distance, `all` all alike. The first one is shown first.',
    flag: 'neighbours',
  },
} as const satisfies Record<string, SettingDefinition>;
