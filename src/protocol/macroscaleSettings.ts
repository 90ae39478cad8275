import { z } from 'zod';
import { pointRules } from './macroscaleSchema.ts';
import type { SettingDefinition } from './settingDefinition.ts';

/** What is compared with what between people, and how sure one can be of it. */
export const macroscaleSettings = {
  maxIdentities: {
    schema: z.int().min(2).max(10_000),
    default: 500,
    scope: 'resource',
    description: 'Identities drawn for each modality of an attribute, at most; the paper uses 500.',
    flag: 'max-identities',
  },
  selection: {
    schema: z.enum(['random', 'first']),
    default: 'random',
    scope: 'resource',
    description: 'Which image of each identity stands for it, and which identities are drawn.',
    enumDescriptions: ['Drawn by the seed.', 'The first in the order of rows.'],
    flag: 'selection',
  },
  sameIdentity: {
    schema: z.enum(['exclude', 'include']),
    default: 'exclude',
    scope: 'resource',
    description: 'Cross-modality pairs of two images of one identity.',
    enumDescriptions: ['Left out: they measure the identity, not the attribute.', 'Kept, as in the paper.'],
    flag: 'same-identity',
  },
  points: {
    schema: z.enum(pointRules),
    default: 'sample',
    scope: 'resource',
    description: 'What distances are measured between: a sample, as in the paper, or everything there is.',
    enumDescriptions: [
      'One image of each identity and modality, `#attributeLens.maxIdentities#` at most, drawn for each attribute.',
      'One image of every identity.',
      'The mean of the embeddings of every identity, with the value that most of its images have.',
      'Every image; two of one identity are never compared unless `#attributeLens.sameIdentity#` says so.',
    ],
    flag: 'points',
  },
  repeats: {
    schema: z.int().min(1).max(1000),
    default: 1,
    scope: 'resource',
    description:
      'Samples to draw; with more than one, the report gives mean and spread of the KS distance over them.',
    flag: 'repeats',
  },
  permutations: {
    schema: z.int().min(0).max(100_000),
    default: 2000,
    scope: 'resource',
    description:
      'Permutations of the modality among identities behind each p-value; the smallest p is 1/(permutations + 1). 0: only the naive p-value.',
    flag: 'permutations',
  },
  bootstraps: {
    schema: z.int().min(0).max(100_000),
    default: 1000,
    scope: 'resource',
    description: 'Bootstrap replicates of the identities behind each 95 % interval. 0: no intervals.',
    flag: 'bootstraps',
  },
  confounders: {
    schema: z.int().min(0).max(100),
    default: 3,
    scope: 'resource',
    description:
      'For each attribute, how many of the attributes most associated with it are held fixed, one at a time, to see what is left of its KS distance.',
    flag: 'confounders',
  },
  discriminativeImages: {
    schema: z.int().min(0).max(100_000),
    default: 20_000,
    scope: 'resource',
    description:
      'Images used at most for the logistic regression that reads attributes off the embedding; it takes 16 bytes for each number of each. 0: leave it out.',
    flag: 'discriminative-images',
  },
  interEntropyBandwidth: {
    schema: z.number().min(0.001).max(1),
    default: 0.1,
    scope: 'resource',
    description:
      'Bandwidth of the density of people’s mean values behind the inter-entropy: 0.1 in the paper’s table, 0.05 in its figure.',
    flag: 'inter-entropy-bandwidth',
  },
  combinations: {
    schema: z.array(z.string().min(1)),
    default: [],
    scope: 'resource',
    description:
      'Attributes made of others: `"Male & Eyeglasses"`, `"Young & !(Male | Bald)"`; names with blanks or signs in double quotes.',
    flag: 'combination',
  },
  pairwiseValues: {
    schema: z.boolean(),
    default: false,
    scope: 'resource',
    description:
      'Of a column with several values, compare every two of them, besides each one against the rest.',
    flag: 'pairwise-values',
  },
  seed: {
    schema: z.int().min(0).max(0xffff_ffff),
    default: 1,
    scope: 'resource',
    description: 'Seed of every random choice. Same seed and same inputs give the same report.',
    flag: 'seed',
  },
} as const satisfies Record<string, SettingDefinition>;
