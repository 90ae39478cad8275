import type { DiagnosticCode } from '../src/domain/diagnostic.ts';
import type { Provider, RequestedProvider } from '../src/domain/provider.ts';
import type { ProviderRecord, Report } from '../src/protocol/report.ts';
import { formatAgreement, formatCount, formatShare, formatSpeed } from './format.ts';
import { t } from './l10n.ts';

/** Short statements of what was analysed and what ran it, for the header. Pure. */

export const providerNames = {
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
} as const satisfies Record<Provider, string>;

export function requestedName(provider: RequestedProvider): string {
  return provider === 'auto' ? t('the best provider') : providerNames[provider];
}

/** «WebGPU · 100 % of node time · 2 140 images/s · agrees with the CPU to 10⁻⁵» */
export function providerInWords(provider: ProviderRecord | null, imagesPerSecond?: number): string {
  if (!provider) return t('ready embeddings');
  const { nodeShare, nodeTimeShare } = provider;
  const share =
    nodeTimeShare === null
      ? t('{0} of nodes', formatShare(nodeShare))
      : t('{0} of node time', formatShare(nodeTimeShare));
  const parts = [providerNames[provider.ran], share];
  if (imagesPerSecond !== undefined) parts.push(t('{0} images/s', formatSpeed(imagesPerSecond)));
  if (provider.agreement !== null) parts.push(formatAgreement(provider.agreement));
  return parts.join(' · ');
}

/** Images a second, over all that the run embedded with a model; `undefined` where it had all embeddings before. */
export function speedOf(report: Report, model: string): number | undefined {
  return report.times.throughput.find((one) => one.model === model)?.imagesPerSecond;
}

/** What a reader must not miss about the provider: a fallback, or a graph that ran only in part. */
export function providerWarnings(provider: ProviderRecord | null): readonly string[] {
  if (!provider) return [];
  const ran = providerNames[provider.ran];
  const warnings: string[] = [];
  if (provider.requested !== 'auto' && provider.requested !== provider.ran) {
    warnings.push(t('Ran on {0}, not on {1} as requested.', ran, providerNames[provider.requested]));
  }
  for (const refused of provider.refused) {
    warnings.push(t('{0} did not run: {1}', providerNames[refused.provider], sentence(refused.reason)));
  }
  if (provider.ran !== 'cpu' && provider.nodeShare < 1) {
    warnings.push(partWarning(provider, ran));
  }
  return warnings;
}

function partWarning({ nodeShare, nodeTimeShare }: ProviderRecord, ran: string): string {
  const nodes = formatShare(nodeShare);
  return nodeTimeShare === null
    ? t('Only {0} of the graph’s nodes ran on {1}.', nodes, ran)
    : t(
        'Only {0} of the graph’s nodes ran on {1}, {2} of their time.',
        nodes,
        ran,
        formatShare(nodeTimeShare),
      );
}

/** Whether the warnings contradict what the user asked for; under `auto` a refusal is ordinary. */
export function isFallback(provider: ProviderRecord | null): boolean {
  return (
    provider !== null &&
    ((provider.requested !== 'auto' && provider.requested !== provider.ran) ||
      (provider.ran !== 'cpu' && provider.nodeShare < 1))
  );
}

export function countsInWords({ inputs }: Report): readonly string[] {
  const { nImages, nIdentities, identitiesKnown, attributes } = inputs.dataset;
  return [
    imagesInWords(nImages),
    identitiesKnown ? peopleInWords(nIdentities) : t('identities unknown: each image counts as a person'),
    // A run of the microscale alone needs none, and moves attributes of its own.
    ...(attributes.length === 0 ? [] : [attributesInWords(attributes.length)]),
  ];
}

export function imagesInWords(n: number): string {
  return n === 1 ? t('1 image') : t('{0} images', formatCount(n));
}

export function peopleInWords(n: number): string {
  return n === 1 ? t('1 person') : t('{0} people', formatCount(n));
}

export function attributesInWords(n: number): string {
  return n === 1 ? t('1 attribute') : t('{0} attributes', formatCount(n));
}

type Unit = 'image' | 'row' | 'pair' | 'attribute';

function countInWords(unit: Unit, n: number): string {
  switch (unit) {
    case 'image':
      return imagesInWords(n);
    case 'row':
      return n === 1 ? t('1 row') : t('{0} rows', formatCount(n));
    case 'pair':
      return n === 1 ? t('1 pair') : t('{0} pairs', formatCount(n));
    case 'attribute':
      return attributesInWords(n);
  }
}

interface Reason {
  readonly unit: Unit;
  readonly why: string;
}

/** Why something was left out, in a word or two; codes that are not here are remarks. */
const leftOut: Readonly<Partial<Record<DiagnosticCode, () => Reason>>> = {
  imageUnreadable: () => ({ unit: 'image', why: t('unreadable') }),
  imageTooSmall: () => ({ unit: 'image', why: t('too small') }),
  imageNotFound: () => ({ unit: 'image', why: t('not on disk') }),
  imageNotInTable: () => ({ unit: 'image', why: t('not in the annotations') }),
  faceMissing: () => ({ unit: 'image', why: t('no face') }),
  facesSeveral: () => ({ unit: 'image', why: t('several faces') }),
  landmarksMissing: () => ({ unit: 'image', why: t('no landmarks') }),
  imagesTooFew: () => ({ unit: 'image', why: t('too few of their identity') }),
  imageOutlier: () => ({ unit: 'image', why: t('outlier of its identity') }),
  embeddingInvalid: () => ({ unit: 'image', why: t('no valid embedding') }),
  rowInvalid: () => ({ unit: 'row', why: t('wrong number of values') }),
  imageRepeatedInTable: () => ({ unit: 'row', why: t('image named twice') }),
  pairMissing: () => ({ unit: 'pair', why: t('image not in the data set') }),
  pairUnusable: () => ({ unit: 'pair', why: t('no valid embedding') }),
  modalityEmpty: () => ({ unit: 'attribute', why: t('one modality only') }),
  modalityTooSmall: () => ({ unit: 'attribute', why: t('too few identities') }),
  attributeIgnored: () => ({ unit: 'attribute', why: t('not usable') }),
};

/** «Left out: 14 images (unreadable 12 · not on disk 2), 1 attribute (one modality only) · 2 remarks» */
export function leftOutInWords(diagnostics: Report['diagnostics']): string {
  const reasons = diagnostics.map(({ code, count }) => ({ n: count, reason: leftOut[code]?.() ?? null }));
  const groups = (['image', 'row', 'pair', 'attribute'] as const).flatMap((unit) => {
    const own = reasons.flatMap(({ n, reason }) => (reason?.unit === unit ? [{ n, why: reason.why }] : []));
    if (own.length === 0) return [];
    const total = own.reduce((sum, { n }) => sum + n, 0);
    const why =
      own.length === 1 ? own[0]!.why : own.map(({ n, why }) => `${why} ${formatCount(n)}`).join(' · ');
    return [`${countInWords(unit, total)} (${why})`];
  });
  const nRemarks = reasons.filter(({ reason }) => reason === null).length;
  const left = groups.length > 0 ? t('Left out: {0}', groups.join(', ')) : t('Nothing was left out');
  if (nRemarks === 0) return left;
  return `${left} · ${nRemarks === 1 ? t('1 remark') : t('{0} remarks', formatCount(nRemarks))}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
