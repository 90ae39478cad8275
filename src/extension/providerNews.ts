import { agreementExponent, type Provider } from '../domain/provider.ts';
import type { Report } from '../protocol/report.ts';
import type { Translate } from './jobProgress.ts';

export interface Fallback {
  readonly model: string;
  /** What ran. */
  readonly ran: Provider;
  /** A sentence: what did not run, and why. */
  readonly reason: string;
  /** CUDA is what did not run. */
  readonly isCuda: boolean;
}

/** Models of a report that another provider ran than was asked for, or than the device promises. */
export function fallbacksOf({
  inputs,
  diagnostics,
}: Pick<Report, 'inputs' | 'diagnostics'>): readonly Fallback[] {
  const notes = diagnostics
    .filter(({ code }) => code === 'providerFellBack' || code === 'providerDisagrees')
    .flatMap(({ items }) => items);
  return inputs.models.flatMap(({ name, provider }) => {
    const note = notes.find((one) => one.startsWith(`${name}: `));
    if (note === undefined || provider === null) return [];
    const isCuda = provider.refused.some((one) => one.provider === 'cuda' || one.provider === 'tensorrt');
    return [{ model: name, ran: provider.ran, reason: note.slice(name.length + 2), isCuda }];
  });
}

/**
 * «CUDA · 100 % of node time · 2,140 images/s · agrees with the CPU to 1e-5» of the last model that a provider ran;
 * `null` where none did.
 */
export function providerLine(
  report: Pick<Report, 'inputs' | 'times'>,
  t: Translate,
  locale: string,
): string | null {
  const model = report.inputs.models.findLast(({ provider }) => provider !== null);
  if (!model?.provider) return null;
  const { ran, nodeShare, nodeTimeShare, agreement } = model.provider;
  const percent = Math.round(100 * (nodeTimeShare ?? nodeShare));
  const parts = [
    providerTitles[ran],
    nodeTimeShare === null ? t('{0} % of nodes', percent) : t('{0} % of node time', percent),
  ];
  const speed = report.times.throughput.find((one) => one.model === model.name)?.imagesPerSecond;
  if (speed !== undefined) {
    const digits = { maximumFractionDigits: speed < 10 ? 1 : 0 };
    parts.push(t('{0} images/s', new Intl.NumberFormat(locale, digits).format(speed)));
  }
  if (agreement !== null) parts.push(t('agrees with the CPU to {0}', `1e${agreementExponent(agreement)}`));
  return parts.join(' · ');
}

export const providerTitles: Readonly<Record<Provider, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
};
