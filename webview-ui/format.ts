import { agreementExponent } from '../src/domain/provider.ts';
import { t } from './l10n.ts';

/**
 * Numbers as a reader sees them. The minus sign is −, groups of three digits and units are set apart by a
 * narrow space that never breaks a line.
 */

const thinSpace = '\u202F';
const missing = '—';

/** Images a second: 3.1, 2 140. */
export function formatSpeed(perSecond: number): string {
  return perSecond < 10 ? formatFixed(perSecond, 1) : formatCount(Math.round(perSecond));
}

/** 66871 → «66 871». */
export function formatCount(n: number): string {
  if (!Number.isFinite(n)) return missing;
  const digits = Math.abs(Math.round(n)).toString();
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  return n < 0 ? `−${grouped}` : grouped;
}

/** A fixed number of decimals; what rounds to zero has no sign. */
export function formatFixed(x: number | null, decimals: number): string {
  if (x === null || !Number.isFinite(x)) return missing;
  const text = Math.abs(x).toFixed(decimals);
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** KS distances to three decimals: at 500 identities the null's 95 % lies between 0.005 and 0.026. */
export const ksDecimals = 3;

export function formatKs(ks: number | null): string {
  return formatFixed(ks, ksDecimals);
}

/** Decimals that tell apart about a thousandth of `span`, at least none and at most six. */
export function decimalsFor(span: number): number {
  if (!(span > 0) || !Number.isFinite(span)) return 3;
  return Math.min(6, Math.max(0, Math.round(3 - Math.log10(span))));
}

/**
 * A p-value: three decimals down to 0.1, two significant digits down to 1e-4, below that as a power of ten.
 * `log10P` speaks where `p` itself is too small for a double.
 */
export function formatP(p: number, log10P: number | null): string {
  if (!(p >= 0 && p <= 1)) return missing;
  if (p >= 0.1) return p.toFixed(3);
  if (p >= 1e-4) return plain(p);
  const log = log10P ?? (p > 0 ? Math.log10(p) : null);
  if (log === null || !Number.isFinite(log)) return `< 10${superscript(-300)}`;
  return powerOfTen(log);
}

/** 10 to the power `log`, as «4.6 × 10⁻³²». */
export function powerOfTen(log: number): string {
  let exponent = Math.floor(log);
  let mantissa = (10 ** (log - exponent)).toFixed(1);
  if (mantissa === '10.0') {
    mantissa = '1.0';
    exponent += 1;
  }
  return `${mantissa}${thinSpace}×${thinSpace}10${superscript(exponent)}`;
}

export function superscript(n: number): string {
  return n
    .toString()
    .replace(/[-0-9]/g, (character) => (character === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(character))));
}

/** A share as per cent. Only all is 100 %: anything less is rounded down. */
export function formatShare(share: number): string {
  if (!(share >= 0 && share <= 1)) return missing;
  const text = share === 1 ? '100' : (Math.floor(share * 1000 + 1e-9) / 10).toString();
  return `${text}${thinSpace}%`;
}

/** What the smallest cosine to the CPU's embeddings says: a power of ten that bounds its distance from 1. */
export function formatAgreement(cosine: number): string {
  const difference = 1 - cosine;
  if (!Number.isFinite(difference)) return t('agreement unknown');
  if (difference > 0.1) return t('cosine to the CPU only {0}', formatFixed(cosine, 2));
  return t('agrees with the CPU to {0}', `10${superscript(agreementExponent(cosine))}`);
}

/**
 * A share in [0, 1] whose interval is not known: three decimals, more near 0 and 1 so that what is left has two
 * significant digits, six at most. Only 1 itself is 1.000 and only 0 is 0.000, as far as six decimals tell.
 */
export function formatProbability(p: number): string {
  const rest = Math.min(p, 1 - p);
  return formatFixed(p, rest > 0 ? Math.min(6, Math.max(3, 1 - Math.floor(Math.log10(rest)))) : 3);
}

/** Decimals down to the first digit of half the interval's width, from two to five: what the interval supports. */
export function decimalsOfInterval([low, high]: readonly [number, number]): number {
  const half = (high - low) / 2;
  if (!(half > 0)) return 3;
  return Math.min(5, Math.max(2, -Math.floor(Math.log10(half))));
}

/** «0.968–0.978» */
export function formatInterval([low, high]: readonly [number, number], decimals: number): string {
  return `${formatFixed(low, decimals)}–${formatFixed(high, decimals)}`;
}

/** A rate that may be very small: three decimals, two significant digits below 0.1, a power of ten below 1e-4. */
export function formatRate(rate: number | null): string {
  if (rate === null) return missing;
  return rate === 0 ? '0' : formatP(rate, null);
}

/** Milliseconds in the two largest units that matter: «6 min 41 s», «0.4 s». */
export function formatDuration(ms: number): string {
  if (!(ms >= 0) || !Number.isFinite(ms)) return missing;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${formatFixed(seconds, 1)}${thinSpace}s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}${thinSpace}min ${whole % 60}${thinSpace}s`;
  const minutes = Math.round(seconds / 60);
  return `${formatCount(Math.floor(minutes / 60))}${thinSpace}h ${minutes % 60}${thinSpace}min`;
}

/** A false accept rate as it is spoken of: 0.001 is 10⁻³, 0.05 is 0.05. */
export function formatFar(far: number): string {
  const exponent = Math.round(Math.log10(far));
  const isPower = exponent < 0 && Math.abs(far / 10 ** exponent - 1) < 1e-9;
  return isPower ? `10${superscript(exponent)}` : formatRate(far);
}

/** A number in two halves, to be aligned at the decimal point: «0.142» → «0» and «.142». */
export function splitAtPoint(text: string): readonly [whole: string, rest: string] {
  const end = /^[−<\s]*[\d\u202F]*/.exec(text)?.[0].length ?? 0;
  return end === 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
}

function plain(p: number): string {
  const decimals = 1 - Math.floor(Math.log10(p));
  return p.toFixed(decimals);
}
