import type { MacroscaleRow } from '../src/protocol/report.ts';
import { decimalsOfInterval, formatFixed, ksDecimals } from './format.ts';
import { t } from './l10n.ts';

/** What permutations and the bootstrap say of a KS distance, as it is drawn and written. Pure. */

export type Interval = readonly [low: number, high: number];

/** The interval of KS; without signs that of its absolute value, from 0 where the signed one spans zero. */
export function ksInterval({ ci }: MacroscaleRow, signed: boolean): Interval | null {
  if (ci === null || signed) return ci;
  const [low, high] = ci;
  const [smaller, larger] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b);
  return low <= 0 && high >= 0 ? [0, larger!] : [smaller!, larger!];
}

/** Where 95 of 100 permutations lie; either side of zero, since a null has no direction. */
export function nullBand({ null95 }: MacroscaleRow, signed: boolean): Interval | null {
  return null95 === null ? null : [signed ? -null95 : 0, null95];
}

/** Whether chance alone gives such a distance in more than one of twenty labellings. */
export function isNoise({ ks, null95 }: MacroscaleRow): boolean {
  return null95 !== null && ks <= null95;
}

/** As many decimals as the interval supports, or the list's. */
export function ksDecimalsOf({ ci }: MacroscaleRow): number {
  return ci === null ? ksDecimals : decimalsOfInterval(ci);
}

/** «−0.064 to −0.047»: a dash between numbers with minus signs would be read as another. */
export function rangeText([low, high]: Interval, decimals: number): string {
  return t('{0} to {1}', formatFixed(low, decimals), formatFixed(high, decimals));
}

/** Cliff's delta of an AUC. */
export function deltaOf(auc: number): number {
  return 2 * auc - 1;
}

/** How many of so many true nulls are called significant at 0.05, or left out by an interval of 95 %. */
export function byChance(nTests: number): string {
  return formatFixed(nTests / 20, nTests < 200 ? 1 : 0);
}
