import type { DiagnosticCode } from '../src/domain/diagnostic.ts';
import type { Provider, RequestedProvider } from '../src/domain/provider.ts';
import type { ProviderRecord, Report } from '../src/protocol/report.ts';
import { formatAgreement, formatCount, formatShare } from './format.ts';

/** Short statements of what was analysed and what ran it, for the header. Pure. */

export const providerNames = {
  auto: 'the best provider',
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
} as const satisfies Record<RequestedProvider | Provider, string>;

/** «WebGPU · 100 % of nodes · agrees to 10⁻⁵» */
export function providerInWords(provider: ProviderRecord | null): string {
  if (!provider) return 'ready embeddings';
  const parts = [providerNames[provider.ran], `${formatShare(provider.nodeShare)} of nodes`];
  if (provider.agreement !== null) parts.push(formatAgreement(provider.agreement));
  return parts.join(' · ');
}

/** What a reader must not miss about the provider: a fallback, or a graph that ran only in part. */
export function providerWarnings(provider: ProviderRecord | null): readonly string[] {
  if (!provider) return [];
  const ran = providerNames[provider.ran];
  const warnings: string[] = [];
  if (provider.requested !== 'auto' && provider.requested !== provider.ran) {
    warnings.push(`Ran on ${ran}, not on ${providerNames[provider.requested]} as requested.`);
  }
  for (const refused of provider.refused) {
    warnings.push(`${providerNames[refused.provider]} did not run: ${sentence(refused.reason)}`);
  }
  if (provider.ran !== 'cpu' && provider.nodeShare < 1) {
    warnings.push(`Only ${formatShare(provider.nodeShare)} of the graph’s nodes ran on ${ran}.`);
  }
  return warnings;
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
    count(nImages, 'image'),
    identitiesKnown
      ? count(nIdentities, 'person', 'people')
      : 'identities unknown: each image counts as a person',
    count(attributes.length, 'attribute'),
  ];
}

/** Why something was left out, in a word or two; codes that are not here are remarks. */
const leftOut = {
  imageUnreadable: ['image', 'unreadable'],
  imageTooSmall: ['image', 'too small'],
  imageNotFound: ['image', 'not on disk'],
  imageNotInTable: ['image', 'not in the annotations'],
  faceMissing: ['image', 'no face'],
  facesSeveral: ['image', 'several faces'],
  landmarksMissing: ['image', 'no landmarks'],
  imagesTooFew: ['image', 'too few of their identity'],
  imageOutlier: ['image', 'outlier of its identity'],
  embeddingInvalid: ['image', 'no valid embedding'],
  rowInvalid: ['row', 'wrong number of values'],
  imageRepeatedInTable: ['row', 'image named twice'],
  pairMissing: ['pair', 'image not in the data set'],
  pairUnusable: ['pair', 'no valid embedding'],
  modalityEmpty: ['attribute', 'one modality only'],
  modalityTooSmall: ['attribute', 'too few identities'],
  attributeIgnored: ['attribute', 'not usable'],
} as const satisfies Partial<Record<DiagnosticCode, readonly [string, string]>>;

/** «Left out: 14 images (unreadable 12 · not on disk 2), 1 attribute (one modality only) · 2 remarks» */
export function leftOutInWords(diagnostics: Report['diagnostics']): string {
  const groups = ['image', 'row', 'pair', 'attribute'].flatMap((unit) => {
    const reasons = diagnostics.flatMap(({ code, count: n }) => {
      const entry = isLeftOut(code) ? leftOut[code] : null;
      return entry?.[0] === unit ? [{ n, why: entry[1] }] : [];
    });
    if (reasons.length === 0) return [];
    const total = reasons.reduce((sum, { n }) => sum + n, 0);
    const why =
      reasons.length === 1
        ? reasons[0]!.why
        : reasons.map(({ n, why }) => `${why} ${formatCount(n)}`).join(' · ');
    return [`${count(total, unit)} (${why})`];
  });
  const remarks = diagnostics.filter(({ code }) => !isLeftOut(code)).length;
  const left = groups.length > 0 ? `Left out: ${groups.join(', ')}` : 'Nothing was left out';
  return remarks > 0 ? `${left} · ${count(remarks, 'remark')}` : left;
}

function isLeftOut(code: DiagnosticCode): code is keyof typeof leftOut {
  return code in leftOut;
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
