import { describePreprocessing } from '../../src/domain/preprocessing.ts';
import type { ModelInput, Report } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { providerInWords, providerNames } from '../facts.ts';
import { formatCount } from '../format.ts';

/** Everything that is needed to make the same report again. */
export function provenance(report: Report, model: ModelInput | null): HTMLElement {
  const { dataset, options, seed, libraries } = report.inputs;
  const entries: readonly (readonly [string, string])[] = [
    ...(model ? modelEntries(model) : []),
    ['Data set', `${dataset.name} (${datasetKinds[dataset.kind]}), ${dataset.root}`],
    ['Data digest', dataset.digest],
    [
      'Options',
      `metric ${options.metric}, at most ${formatCount(options.maxIdentities)} identities a side, ` +
        `selection ${options.selection}, same identity ${options.sameIdentity}, seed ${seed}`,
    ],
    [
      'Made by',
      [
        `Attribute Lens ${report.createdBy.version}`,
        ...Object.entries(libraries).map(([name, version]) => `${name} ${version}`),
      ].join(' · '),
    ],
    ['Run', `${readableTime(report.times.started)} to ${readableTime(report.times.finished)}`],
  ];
  return element(
    'dl',
    { class: 'provenance' },
    ...entries.flatMap(([term, value]) => [
      element('dt', { text: term }),
      element('dd', {}, element('bdi', { text: value })),
    ]),
  );
}

const datasetKinds = {
  celeba: 'CelebA layout',
  identityFolders: 'a folder for each identity',
  table: 'table',
  imageFolder: 'folder of images',
  lfw: 'LFW layout',
  rfw: 'RFW layout',
  utkface: 'UTKFace layout',
} as const satisfies Record<Report['inputs']['dataset']['kind'], string>;

function modelEntries(model: ModelInput): readonly (readonly [string, string])[] {
  const { provider } = model;
  return [
    ['Model', `${model.name}: ${model.family}, ${formatCount(model.dim)} dimensions. ${model.why}`],
    ['SHA-256', model.sha256],
    ...(model.preprocessing ? [['Preprocessing', describePreprocessing(model.preprocessing)] as const] : []),
    [
      'Provider',
      provider
        ? `${providerInWords(provider)}, requested: ${provider.requested === 'auto' ? 'auto' : providerNames[provider.requested]}, batches of ${model.batchSize}`
        : providerInWords(null),
    ],
  ];
}

/** 2026-01-31T10:00:00.000Z as «2026-01-31 10:00:00 UTC». */
function readableTime(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}
