import type { Throughput } from './progress.ts';

/** What of a throughput is worth saying in a line. */
export interface ThroughputParts {
  /** Images a second: whole numbers from 10 on, one decimal below. */
  readonly imagesPerSecond: number;
  /** What the device waits for most, where it waits a tenth of the time or more. */
  readonly waitsFor: 'decode' | 'align' | null;
  /** Of that wait. */
  readonly percent: number;
}

export function throughputParts({ imagesPerSecond, shares }: Throughput): ThroughputParts {
  const waitsFor = shares.align > shares.decode ? 'align' : 'decode';
  const percent = Math.round(100 * shares[waitsFor]);
  return {
    imagesPerSecond:
      imagesPerSecond < 9.95 ? Math.round(imagesPerSecond * 10) / 10 : Math.round(imagesPerSecond),
    waitsFor: percent >= 10 ? waitsFor : null,
    percent,
  };
}
