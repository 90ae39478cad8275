import { differenceInterval } from '../../analyses/differenceInterval.ts';
import { pearson, spearman } from '../../numerics/correlation.ts';
import type { ComparedModality, ComparedRow, ComparisonPair } from '../../protocol/comparisonSchema.ts';
import type { MacroscaleResult, MicroscaleResult, VerificationResult } from '../../protocol/report.ts';

export type Measured = NonNullable<ComparedRow['before']>;

/** KS distances with their signs, by attribute and modality, in the order of `before`. */
export function macroscaleRows(before: MacroscaleResult, after: MacroscaleResult): ComparedModality[] {
  const measure = ({ rows }: MacroscaleResult) =>
    new Map(
      rows.map(({ attribute, modality, sign, ks, ci, nIdentities: n }) => [
        JSON.stringify([attribute, modality]),
        { attribute, modality, measured: { value: sign * ks, ci, n } },
      ]),
    );
  return joined(measure(before), measure(after)).map(({ of, ...row }) => ({
    attribute: of.attribute,
    modality: of.modality,
    ...row,
  }));
}

/** Of the rows that both sides have; `null` for fewer than three, or where a side does not vary. */
export function correlationOf(rows: readonly ComparedRow[]): ComparisonPair['macroscaleCorrelation'] {
  const both = rows.flatMap(({ before, after }) => (before && after ? [[before.value, after.value]] : []));
  const x = Float64Array.from(both, ([value]) => value!);
  const y = Float64Array.from(both, ([, value]) => value!);
  const ranked = spearman(x, y);
  const linear = pearson(x, y);
  return ranked && linear !== null ? { pearson: linear, spearman: ranked.rho, n: both.length } : null;
}

/** Energies of all identities together; an attribute without one has no value. */
export function microscaleRows(before: MicroscaleResult, after: MicroscaleResult): ComparedRow[] {
  const measure = ({ rows }: MicroscaleResult) =>
    byName(
      rows.flatMap(({ attribute, identity, energy, ci, nCurves: n }) =>
        identity === null && energy !== null ? [[attribute, { value: energy, ci, n }]] : [],
      ),
    );
  return named(joined(measure(before), measure(after)));
}

/** What verification is judged by, each measure a row. */
export function verificationRows(before: VerificationResult, after: VerificationResult): ComparedRow[] {
  return named(joined(verificationMeasures(before), verificationMeasures(after)));
}

function verificationMeasures(result: VerificationResult): ReadonlyMap<string, Named> {
  const { nMatched, nUnmatched, sampling, lfw } = result;
  const all = result.meansOver === 'allPairs';
  return byName([
    ['auc', { value: result.auc, ci: result.aucCi, n: nMatched + nUnmatched }],
    ['eer', { value: result.eer, ci: result.eerCi, n: nMatched + nUnmatched }],
    ...result.tar.map(({ far, tar, ci }): [string, Measured] => [
      `tar@${far}`,
      { value: tar, ci, n: nMatched },
    ]),
    ...(lfw
      ? [
          [
            'accuracy',
            { value: lfw.accuracy, ci: null, n: sum(lfw.folds.map(({ nPairs }) => nPairs)) },
          ] as const,
        ]
      : []),
    [
      'meanWithin',
      { value: result.meanWithin, ci: result.meanWithinCi, n: all ? sampling.nMatchedPossible : nMatched },
    ],
    [
      'meanBetween',
      {
        value: result.meanBetween,
        ci: result.meanBetweenCi,
        n: all ? sampling.nUnmatchedPossible : nUnmatched,
      },
    ],
  ]);
}

interface Named {
  readonly attribute: string;
  readonly measured: Measured;
}

function byName(entries: readonly (readonly [attribute: string, measured: Measured])[]): Map<string, Named> {
  return new Map(entries.map(([attribute, measured]) => [attribute, { attribute, measured }]));
}

function named(rows: ReturnType<typeof joined<Named>>): ComparedRow[] {
  return rows.map(({ of: { attribute }, ...row }) => ({ attribute, ...row }));
}

/** By key, those of `before` first. */
function joined<K extends { readonly measured: Measured }>(
  before: ReadonlyMap<string, K>,
  after: ReadonlyMap<string, K>,
): (Omit<ComparedRow, 'attribute'> & { readonly of: K })[] {
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => {
    const [one, other] = [before.get(key), after.get(key)];
    return { of: (one ?? other)!, ...compared(one?.measured ?? null, other?.measured ?? null) };
  });
}

function compared(before: Measured | null, after: Measured | null): Omit<ComparedRow, 'attribute'> {
  if (!before || !after) return { before, after, difference: null, differenceCi: null };
  return {
    before,
    after,
    difference: after.value - before.value,
    differenceCi: differenceInterval(before, after),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
