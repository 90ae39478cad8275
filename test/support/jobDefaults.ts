import type { AnalyzeJob, EmbedJob } from '../../src/protocol/jobs.ts';

/** What most jobs of tests leave alone: whole images, no subset, the macroscale. */
export const embedDefaults = {
  annotations: null,
  alignment: { mode: 'none', detector: null, scoreThreshold: null, retryPadded: true, faces: 'single' },
  paperCompat: false,
  provider: 'cpu',
  batchSize: 4,
  halfPrecision: false,
} as const satisfies Partial<EmbedJob>;

export const analyzeDefaults = {
  ...embedDefaults,
  kind: 'analyze',
  analyses: ['macroscale'],
  embeddings: null,
  imageStatistics: false,
  minImages: 1,
  outlierFilter: false,
  metric: 'auto',
  maxIdentities: 500,
  selection: 'random',
  sameIdentity: 'exclude',
  points: 'sample',
  repeats: 1,
  permutations: 0,
  bootstraps: 0,
  confounders: 0,
  discriminativeImages: 0,
  interEntropyBandwidth: 0.1,
  combinations: [],
  pairwiseValues: false,
  seed: 1,
} satisfies Partial<AnalyzeJob>;
