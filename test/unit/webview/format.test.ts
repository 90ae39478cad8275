import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decimalsFor,
  decimalsOfInterval,
  formatAgreement,
  formatCount,
  formatDuration,
  formatFar,
  formatFixed,
  formatInterval,
  formatKs,
  formatP,
  formatProbability,
  formatRate,
  formatShare,
  powerOfTen,
  splitAtPoint,
  superscript,
} from '../../../webview-ui/format.ts';

const thin = '\u202F';

const cases: readonly [what: string, actual: string, expected: string][] = [
  ['a small count is plain', formatCount(999), '999'],
  ['a count is set in groups of three', formatCount(66_871), `66${thin}871`],
  ['a large count has several groups', formatCount(1_234_567), `1${thin}234${thin}567`],
  ['a count that is no number is a dash', formatCount(Number.NaN), '—'],
  ['a negative number has a minus sign, not a hyphen', formatFixed(-0.0216, 3), '−0.022'],
  ['what rounds to zero has no sign', formatFixed(-0.0004, 3), '0.000'],
  ['a missing number is a dash', formatFixed(null, 3), '—'],
  ['NaN is a dash', formatFixed(Number.NaN, 3), '—'],
  ['a KS distance has three decimals', formatKs(0.18349), '0.183'],
  ['p of one', formatP(1, 0), '1.000'],
  ['p above a tenth has three decimals', formatP(0.25, null), '0.250'],
  ['p below a tenth has two significant digits', formatP(0.0123, null), '0.012'],
  ['p just above 1e-4 is still plain', formatP(0.00012, null), '0.00012'],
  ['p just below 1e-4 is a power of ten', formatP(0.0000999, null), `1.0${thin}×${thin}10⁻⁴`],
  ['p below 1e-4 keeps its mantissa', formatP(4.6e-32, Math.log10(4.6e-32)), `4.6${thin}×${thin}10⁻³²`],
  ['p too small for a double is told by its logarithm', formatP(0, -2426.64), `2.3${thin}×${thin}10⁻²⁴²⁷`],
  ['p of zero without a logarithm is a bound', formatP(0, null), '< 10⁻³⁰⁰'],
  ['p that is no probability is a dash', formatP(Number.NaN, null), '—'],
  ['a mantissa that rounds to ten carries over', powerOfTen(Math.log10(9.97e-8)), `1.0${thin}×${thin}10⁻⁷`],
  ['superscripts', superscript(-307), '⁻³⁰⁷'],
  ['all of it is 100 %', formatShare(1), `100${thin}%`],
  ['nearly all of it is not 100 %', formatShare(0.99999), `99.9${thin}%`],
  ['none of it', formatShare(0), `0${thin}%`],
  ['a share as a double nearly has it', formatShare(0.57), `57${thin}%`],
  ['a share out of range is a dash', formatShare(1.2), '—'],
  ['agreement is a bound, rounded towards less', formatAgreement(1 - 3.2e-6), 'agrees with the CPU to 10⁻⁵'],
  ['agreement at the bound itself', formatAgreement(1 - 1e-5), 'agrees with the CPU to 10⁻⁵'],
  ['agreement finer than float32 is not claimed', formatAgreement(1), 'agrees with the CPU to 10⁻⁷'],
  ['a probability in the middle has three decimals', formatProbability(0.5), '0.500'],
  ['near one, what is left has two digits', formatProbability(0.99987), '0.99987'],
  ['near zero as well', formatProbability(0.0042), '0.0042'],
  ['only one is one, as far as six decimals tell', formatProbability(0.999995), '0.999995'],
  ['one', formatProbability(1), '1.000'],
  ['a probability that is no number', formatProbability(Number.NaN), '—'],
  ['a rate of zero', formatRate(0), '0'],
  ['a small rate has two digits', formatRate(0.00123), '0.0012'],
  ['a very small rate is a power of ten', formatRate(2.5e-6), `2.5${thin}×${thin}10⁻⁶`],
  ['a rate of nothing is a dash', formatRate(null), '—'],
  ['a false accept rate is a power of ten', formatFar(1e-3), '10⁻³'],
  ['another one is a number', formatFar(0.05), '0.050'],
  ['a half is no power of ten', formatFar(0.5), '0.500'],
  ['a narrow interval supports more decimals', formatInterval([0.9681, 0.9784], 3), '0.968–0.978'],
  ['less than a minute', formatDuration(401), `0.4${thin}s`],
  ['nearly a minute does not become sixty seconds', formatDuration(59_970), `1${thin}min 0${thin}s`],
  ['minutes and seconds', formatDuration(401_000), `6${thin}min 41${thin}s`],
  ['hours and minutes', formatDuration(3_599_600), `1${thin}h 0${thin}min`],
  ['a time that is none', formatDuration(Number.NaN), '—'],
  ['disagreement is said', formatAgreement(0.42), 'cosine to the CPU only 0.42'],
  ['an agreement that is no number', formatAgreement(Number.NaN), 'agreement unknown'],
];

for (const [what, actual, expected] of cases) {
  test(what, () => assert.equal(actual, expected));
}

test('numbers are split where they are to be aligned', () => {
  assert.deepEqual(splitAtPoint('0.142'), ['0', '.142']);
  assert.deepEqual(splitAtPoint('−0.142'), ['−0', '.142']);
  assert.deepEqual(splitAtPoint('500'), ['500', '']);
  assert.deepEqual(splitAtPoint(`124${thin}750`), [`124${thin}750`, '']);
  assert.deepEqual(splitAtPoint(formatP(4.6e-32, null)), ['4', `.6${thin}×${thin}10⁻³²`]);
  assert.deepEqual(splitAtPoint('< 10⁻³⁰⁰'), ['< 10', '⁻³⁰⁰']);
  assert.deepEqual(splitAtPoint('—'), ['—', '']);
});

test('decimals follow the range of distances', () => {
  assert.deepEqual([0.85, 2, 30, 4000, 0.001, 0, Number.NaN].map(decimalsFor), [3, 3, 2, 0, 6, 3, 3]);
});

test('decimals reach down to the first digit of half an interval, within bounds', () => {
  assert.deepEqual(
    (
      [
        [0.9, 0.95],
        [0.968, 0.978],
        [0.9, 0.9],
        [0.2, 0.9],
        [0.5, 0.500001],
      ] as const
    ).map(decimalsOfInterval),
    [2, 3, 3, 2, 5],
  );
});
