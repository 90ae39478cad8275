import type { SettingName } from './settings.ts';

const figures = 'docs/definitions.md';
const opened = 'README.md#what-you-can-open';
const seen = 'README.md#from-an-image-to-what-the-model-sees';
const platforms = 'README.md#platforms';

/** Where each setting is explained at length: a page of the extension and the anchor of a heading there. */
export const settingHelp = {
  dataset: opened,
  annotations: opened,
  models: opened,
  embeddings: opened,
  embeddingsList: opened,
  alignment: seen,
  detector: seen,
  detectorScore: seen,
  detectorRetry: seen,
  faces: seen,
  imageStatistics: seen,
  minImages: seen,
  outlierFilter: seen,
  paperCompat: seen,
  combinations: `${figures}#global-average`,
  pairwiseValues: `${figures}#association-of-columns`,
  interEntropyBandwidth: `${figures}#inter-entropy`,
  metric: `${figures}#ks-distance`,
  points: `${figures}#exhaustive-bound`,
  maxIdentities: `${figures}#ks-distance`,
  selection: `${figures}#ks-distance`,
  sameIdentity: `${figures}#ks-distance`,
  repeats: `${figures}#ks-distance`,
  permutations: `${figures}#permutation-p`,
  bootstraps: `${figures}#bootstrap-interval`,
  confounders: `${figures}#conditional-ks`,
  discriminativeImages: `${figures}#discriminative-power`,
  seed: `${figures}#permutation-p`,
  latticeAttributes: `${figures}#invariance-energy`,
  latticeSteps: `${figures}#step-length`,
  latticePoints: `${figures}#invariance-energy`,
  latticeIdentities: `${figures}#invariance-energy`,
  stepTable: `${figures}#invariance-energy`,
  neighbours: `${figures}#neighbour-rules`,
  projectionPoints: `${figures}#projection`,
  projectionNeighbours: `${figures}#projection`,
  projectionMinDistance: `${figures}#projection`,
  reportFolder: 'README.md#settings',
  storeFolder: 'README.md#privacy',
  executionProvider: platforms,
  batchSize: platforms,
  halfPrecision: platforms,
  nodePath: platforms,
} as const satisfies Record<SettingName, string>;

export type HelpPlace = (typeof settingHelp)[SettingName];

export function isHelpPlace(place: unknown): place is HelpPlace {
  return Object.values<unknown>(settingHelp).includes(place);
}
