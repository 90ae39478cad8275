import type { Report } from '../../protocol/report.ts';

/** A report's results before any analysis has run; a job overwrites what it computes. */
export const emptyResults: Report['results'] = {
  attributes: [],
  people: null,
  associations: [],
  macroscale: [],
  comparisons: [],
  discriminative: [],
  verification: [],
  faces: [],
  extremes: [],
  microscale: [],
  microscaleComparisons: [],
  fieldAlignments: [],
  retentions: [],
  fieldDrawings: [],
  energyValidations: [],
};

/** A report's options where a job has no use for one; it overwrites those that it has. */
export const unusedOptions: Report['inputs']['options'] = {
  metric: 'auto',
  maxIdentities: 0,
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
  neighbours: [],
  alignment: 'none',
  faces: 'single',
  minImages: 1,
  outlierFilter: false,
  paperCompat: false,
};
