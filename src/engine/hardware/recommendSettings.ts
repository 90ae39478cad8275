import type { Provider } from '../../domain/provider.ts';
import type { RecommendedSettings } from '../../protocol/hardwareJobs.ts';
import type { ModelSpeed } from '../../protocol/jobs.ts';

export interface Measured {
  readonly speed: readonly ModelSpeed[];
  /** Of the fastest provider; `null` where half precision was not tried. */
  readonly half: { readonly isTaken: boolean; readonly reason: string } | null;
}

/** A batch that is so much slower than the best is not worth less memory. */
const closeToBest = 0.97;

/** `auto` takes the fastest provider by itself; what remains is the batch, and half precision. */
export function recommendSettings({ speed, half }: Measured): RecommendedSettings {
  const best = fastestOf(speed);
  if (best === null)
    return {
      executionProvider: 'auto',
      batchSize: 32,
      halfPrecision: false,
      reasons: ['Nothing was measured; these are the defaults.'],
    };
  const own = speed.filter(({ provider }) => provider === best.provider);
  const batch = own
    .filter(({ imagesPerSecond }) => imagesPerSecond >= closeToBest * best.imagesPerSecond)
    .reduce((a, b) => (b.batchSize < a.batchSize ? b : a), best);
  const cpu = fastestOf(speed.filter(({ provider }) => provider === 'cpu'));
  const halfPrecision = half?.isTaken === true;
  return {
    executionProvider: 'auto',
    batchSize: batch.batchSize,
    halfPrecision,
    reasons: [
      `«auto» takes ${best.provider}: ${inWords(best.imagesPerSecond)} images/s${againstCpu(best, cpu)}.`,
      own.length > 1
        ? `A batch of ${batch.batchSize}: the smallest within 3 % of the fastest that was measured.`
        : `A batch of ${batch.batchSize}: no other was measured.`,
      ...(half === null ? [] : [half.reason]),
    ],
  };
}

export function fastestOf(speed: readonly ModelSpeed[]): ModelSpeed | null {
  return speed.reduce<ModelSpeed | null>(
    (best, one) => (best === null || one.imagesPerSecond > best.imagesPerSecond ? one : best),
    null,
  );
}

function againstCpu(
  best: { readonly provider: Provider; readonly imagesPerSecond: number },
  cpu: ModelSpeed | null,
) {
  if (best.provider === 'cpu' || cpu === null) return '';
  return `, ${(best.imagesPerSecond / cpu.imagesPerSecond).toFixed(1)} times the CPU's ${inWords(cpu.imagesPerSecond)}`;
}

function inWords(speed: number): string {
  return speed >= 10 ? String(Math.round(speed)) : speed.toFixed(1);
}
