import type { SettingName } from '../protocol/settings.ts';

/** A flag that belongs to a command; those of settings come from the settings' own table. */
export interface CommandFlag {
  readonly name: string;
  readonly value: string;
  readonly description: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Arguments without a flag, all of them needed. */
  readonly positionals: readonly string[];
  readonly flags: readonly CommandFlag[];
  /** Settings that have a meaning here; each is a flag. */
  readonly settings: readonly SettingName[];
}

const embedding = [
  'dataset',
  'annotations',
  'models',
  'alignment',
  'detector',
  'detectorScore',
  'detectorRetry',
  'faces',
  'paperCompat',
  'executionProvider',
  'batchSize',
  'halfPrecision',
  'storeFolder',
] as const;

/** How attributes are made and described. */
const annotation = ['interEntropyBandwidth', 'combinations', 'pairwiseValues'] as const;

export const commands = {
  sample: {
    name: 'sample',
    summary: 'Write a sample workspace: procedurally drawn faces, annotations and a baseline model.',
    positionals: ['DIR'],
    flags: [
      { name: 'identities', value: 'N', description: 'People to draw (200).' },
      { name: 'images-per-identity', value: 'N', description: 'Images of each (10).' },
    ],
    settings: ['seed'],
  },
  baseline: {
    name: 'baseline',
    summary:
      'Learn eigenfaces, or fisherfaces where identities are known, from a folder; write an ONNX model.',
    positionals: [],
    flags: [
      { name: 'out', value: 'FILE.onnx', description: 'The model to write.' },
      { name: 'components', value: 'N', description: 'Width of the embedding, at most (128).' },
    ],
    settings: ['dataset', 'annotations', 'seed'],
  },
  embed: {
    name: 'embed',
    summary: 'Fill the store of embeddings; what is there already is not computed again.',
    positionals: [],
    flags: [],
    settings: embedding,
  },
  analyze: {
    name: 'analyze',
    summary: 'Macroscale: the KS distance of every attribute, written as a report.',
    positionals: [],
    flags: [{ name: 'report', value: 'FILE', description: 'The *.attrlens.json to write.' }],
    settings: [
      ...embedding,
      'imageStatistics',
      'minImages',
      'outlierFilter',
      'embeddings',
      'embeddingsList',
      'metric',
      'maxIdentities',
      'selection',
      'sameIdentity',
      'points',
      'repeats',
      'permutations',
      'bootstraps',
      'confounders',
      'discriminativeImages',
      ...annotation,
      'seed',
    ],
  },
  describe: {
    name: 'describe',
    summary:
      'The data set alone, from its annotations: counts, entropies, associations, as a report. Opens no image and no model.',
    positionals: [],
    flags: [{ name: 'report', value: 'FILE', description: 'The *.attrlens.json to write.' }],
    settings: ['dataset', 'annotations', 'minImages', ...annotation],
  },
  verify: {
    name: 'verify',
    summary:
      'How well a model tells people apart: ROC, EER, TAR at FAR, overall and by attribute, as a report.',
    positionals: [],
    flags: [{ name: 'report', value: 'FILE', description: 'The *.attrlens.json to write.' }],
    settings: [
      ...embedding,
      'minImages',
      'outlierFilter',
      'embeddings',
      'embeddingsList',
      'metric',
      ...annotation,
      'seed',
    ],
  },
  invariance: {
    name: 'invariance',
    summary:
      'Microscale: the invariance energy of what images are moved along, and how far it moves the embedding, as a report.',
    positionals: [],
    flags: [
      { name: 'report', value: 'FILE', description: 'The *.attrlens.json to write.' },
      {
        name: 'start',
        value: 'FILE.npy',
        description: 'Ready embeddings of the starts of curves, with --base and --end; no data, no model.',
      },
      { name: 'base', value: 'FILE.npy', description: 'Their base points, row by row.' },
      { name: 'end', value: 'FILE.npy', description: 'Their ends, row by row.' },
      {
        name: 'threshold',
        value: 'D',
        description: 'Distance at which the model takes two images for one person (from the data).',
      },
      { name: 'write-images', value: 'DIR', description: 'Also write what the model sees, for a look.' },
    ],
    settings: [
      ...embedding,
      'latticeAttributes',
      'latticePoints',
      'latticeIdentities',
      'stepTable',
      'neighbours',
      'metric',
      'bootstraps',
      'seed',
    ],
  },
  'validate-energy': {
    name: 'validate-energy',
    summary: 'The invariance energy of fields whose energy is known, measured against it, as a report.',
    positionals: [],
    flags: [{ name: 'report', value: 'FILE', description: 'The *.attrlens.json to write.' }],
    settings: ['seed'],
  },
  compare: {
    name: 'compare',
    summary:
      'How two reports differ: by attribute, with intervals, and what changed in their inputs, as a comparison.',
    positionals: ['REPORT', 'REPORT'],
    flags: [
      {
        name: 'report',
        value: 'FILE',
        description: 'The *.attrlens.json to write (<first>-vs-<second> in the report folder).',
      },
    ],
    settings: [],
  },
  export: {
    name: 'export',
    summary:
      'Everything in a report, or in a comparison, as one folder: CSV, Parquet, figures, LaTeX, methods, a page for any browser.',
    positionals: ['REPORT'],
    flags: [
      {
        name: 'out',
        value: 'DIR',
        description:
          'The folder to write: new, empty, or of an earlier export, which is replaced (<report>-export beside the report).',
      },
    ],
    settings: [],
  },
  project: {
    name: 'project',
    summary:
      'The embeddings of a report in two dimensions, by PCA and UMAP, as a *.projection.json. Opens no model.',
    positionals: ['REPORT'],
    flags: [
      { name: 'out', value: 'FILE', description: 'The *.projection.json to write (beside the report).' },
    ],
    settings: ['projectionPoints', 'projectionNeighbours', 'projectionMinDistance', 'storeFolder', 'seed'],
  },
  inspect: {
    name: 'inspect',
    summary:
      'What a model is, why it is taken for that, how it sees an image, whether it works, and how fast it is where.',
    positionals: ['MODEL'],
    flags: [],
    settings: ['executionProvider'],
  },
  hardware: {
    name: 'hardware',
    summary:
      'What this machine has to run models on: providers, why a missing one is missing and what mends it, versions, speed, recommended settings.',
    positionals: [],
    flags: [{ name: 'model', value: 'MODEL', description: 'Measure this model (a small net of our own).' }],
    settings: [],
  },
  'install-cuda': {
    name: 'install-cuda',
    summary:
      'Find CUDA 12 and cuDNN 9, and fetch the provider libraries of ONNX Runtime that go with them (Linux on x64).',
    positionals: [],
    flags: [
      { name: 'file', value: 'FILE', description: 'The package, downloaded elsewhere (from the registry).' },
      {
        name: 'environment',
        value: 'DIR',
        description: 'A Python environment that holds the CUDA libraries (the active one).',
      },
      {
        name: 'proxy',
        value: 'ADDRESS',
        description: 'HTTP proxy (HTTPS_PROXY of the environment).',
      },
    ],
    settings: [],
  },
  check: {
    name: 'check',
    summary:
      'Whether the data and models of a report are still what they were. Exit code 0: they are; 1: something changed, or cannot be told. Opens no model.',
    positionals: ['REPORT'],
    flags: [],
    settings: ['storeFolder'],
  },
  list: {
    name: 'list',
    summary: 'The reports below a folder, the newest first.',
    positionals: ['DIR'],
    flags: [],
    settings: [],
  },
  read: {
    name: 'read',
    summary: 'One part of a report as JSON, with what its numbers mean; what a chat in the editor is told.',
    positionals: ['REPORT'],
    flags: [
      {
        name: 'section',
        value: 'NAME',
        description:
          'overview, macroscale, modelComparisons, microscale, verification, discriminative, data or run.',
      },
      { name: 'model', value: 'NAME', description: 'Only this model, as the report names it.' },
      { name: 'attribute', value: 'NAME', description: 'Only this attribute.' },
      { name: 'limit', value: 'N', description: 'Rows of each list, the strongest first (40).' },
    ],
    settings: [],
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

/** Flags that every command has. */
export const commonFlags: readonly CommandFlag[] = [
  {
    name: 'settings',
    value: 'FILE',
    description: 'A settings.json whose `attributeLens.*` are read (.vscode/settings.json); flags win.',
  },
];
