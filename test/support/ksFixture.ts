import { readFileSync } from 'node:fs';

/** The Kolmogorov-Smirnov cases of `test/fixtures/ks/cases.json`; its README is quoted beside each rule. */
export interface KsCase {
  readonly id: string;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly expected: {
    readonly statistic_numerator: number;
    readonly statistic_denominator: number;
    readonly sign: 1 | -1;
    readonly locations_all: readonly (JsonNumber | '...')[];
    readonly auto: { readonly method: 'exact' | 'asymp'; readonly pvalue: JsonNumber };
    readonly asymp: {
      readonly pvalue: JsonNumber;
      readonly effective_n: number;
      readonly log10_pvalue?: number;
    };
    readonly exact: {
      readonly pvalue: number;
      readonly scipy_fell_back_to_asymp: boolean;
      readonly pvalue_rational_check?: number;
      readonly log10_pvalue?: number;
    } | null;
  };
}

/** JSON has no infinities and no NaN: they are strings. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

interface Bell {
  readonly seed: number;
  readonly n: number;
  readonly scale: number;
  readonly shift: number;
}

interface RawCase extends Pick<KsCase, 'id' | 'expected'> {
  readonly data:
    | { readonly kind: 'inline'; readonly a: readonly JsonNumber[]; readonly b: readonly JsonNumber[] }
    | {
        readonly kind: 'bell';
        readonly a: Bell;
        readonly b: Bell;
        readonly check: {
          readonly a_first3: readonly number[];
          readonly a_last: number;
          readonly b_first3: readonly number[];
          readonly b_last: number;
        };
      };
}

interface RawRefusal {
  readonly id: string;
  readonly a: readonly JsonNumber[];
  readonly b: readonly JsonNumber[];
}

const raw = JSON.parse(readFileSync(new URL('../fixtures/ks/cases.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly RawCase[];
  readonly must_fail: readonly RawRefusal[];
};

export const ksCases: readonly KsCase[] = raw.cases.map(({ id, expected, data }) =>
  data.kind === 'inline'
    ? { id, expected, a: sample(data.a), b: sample(data.b) }
    : {
        id,
        expected,
        a: checked(bell(data.a), data.check.a_first3, data.check.a_last),
        b: checked(bell(data.b), data.check.b_first3, data.check.b_last),
      },
);

export const ksRefusals = raw.must_fail.map(({ id, a, b }) => ({ id, a: sample(a), b: sample(b) }));

/** Rows of `kstwo_sf.csv`; `log10` is NaN where the file has none. */
export const kolmogorovRows = readFileSync(new URL('../fixtures/ks/kstwo_sf.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [n, x, p, log10] = line.split(',');
    return { n: Number(n), x: Number(x), p: Number(p), log10: log10 ? Number(log10) : Number.NaN };
  });

function sample(values: readonly JsonNumber[]): Float64Array {
  return Float64Array.from(values, Number);
}

/** Sums of four xorshift numbers: the same bits in any IEEE double arithmetic. */
function bell({ seed, n, scale, shift }: Bell): Float64Array {
  let state = seed;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
  return Float64Array.from({ length: n }, () => scale * (next() + next() + next() + next()) + shift);
}

function checked(values: Float64Array, first: readonly number[], last: number): Float64Array {
  const found = [...values.subarray(0, 3), values.at(-1)];
  if (found.join() !== [...first, last].join()) throw new Error('The fixture recipe gives other data.');
  return values;
}
