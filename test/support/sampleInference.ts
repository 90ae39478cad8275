import type { SeededRandom } from '../../src/numerics/random.ts';
import type {
  Association,
  AttributeAggregate,
  AttributeResult,
  ConditionalRow,
  Correlation,
  MacroscaleResult,
  MacroscaleRow,
  ModelComparison,
} from '../../src/protocol/report.ts';
import { normalCdf } from './normalCdf.ts';

export const samplePermutations = 2000;
export const sampleBootstraps = 1000;

/** What a report of an older version leaves open. */
export const noInference = {
  ksUpper: null,
  pPermutation: null,
  pAdjusted: null,
  pHolm: null,
  null95: null,
  nEffective: null,
  ci: null,
  auc: null,
  aucCi: null,
  meanDifference: null,
  meanDifferenceCi: null,
  repeats: null,
} as const satisfies Partial<MacroscaleRow>;

/** Means and standard deviations of normal distances. */
export interface NormalDistances {
  readonly within: number;
  readonly withinSd: number;
  readonly cross: number;
  readonly crossSd: number;
}

/**
 * What permutations and bootstraps say of a KS distance, all from one width of its null: the 95 % quantile, the p that
 * belongs to it, the number of independent samples that would have it, and intervals. `pAdjusted` and `pHolm` are left
 * to `adjust`.
 */
export function inferenceOf(
  { ks, sign }: Pick<MacroscaleRow, 'ks' | 'sign'>,
  distances: NormalDistances,
  random: SeededRandom,
  { inference, nRepeats, isBinned }: { inference: boolean; nRepeats: number; isBinned: boolean },
) {
  const null95 = 0.004 + 0.01 * random.nextFloat();
  const se = 0.35 * null95;
  const { within, withinSd, cross, crossSd } = distances;
  const auc = normalCdf((cross - within) / Math.hypot(withinSd, crossSd));
  const meanDifference = (cross - within) / crossSd;
  const signed = ks * sign;
  const mean = signed + 0.3 * se * random.nextNormal();
  const effects = { auc, meanDifference, ksUpper: isBinned ? Math.min(1, ks + 0.0004) : null };
  const repeats =
    nRepeats > 1 ? { n: nRepeats, mean, sd: se, min: mean - 1.5 * se, max: mean + 1.4 * se } : null;
  if (!inference) return { ...noInference, ...effects, repeats };
  return {
    ...noInference,
    ...effects,
    repeats,
    pPermutation: permutationP(ks / null95),
    null95,
    nEffective: (1.3581 / null95) ** 2,
    ci: around(signed, se, -1, 1),
    aucCi: around(auc, 0.7 * se, 0, 1),
    meanDifferenceCi: around(meanDifference, 2.5 * se, -Infinity, Infinity),
  };
}

/** p of a distance that is so many times the null's 95 % quantile, as counted among permutations. */
function permutationP(ratio: number): number {
  const lambda = 1.3581 * ratio;
  let p = 1;
  if (lambda > 0.3) {
    p = 0;
    for (let k = 1; k < 20; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * lambda) ** 2);
  }
  return (Math.round(samplePermutations * Math.min(1, Math.max(0, p))) + 1) / (samplePermutations + 1);
}

function around(value: number, se: number, lowest: number, highest: number): [number, number] {
  return [Math.max(lowest, value - 1.96 * se), Math.min(highest, value + 1.96 * se)];
}

/** Benjamini-Hochberg and Holm over all rows of all models, written into them. */
export function adjust(results: readonly MacroscaleResult[]): void {
  const rows = results.flatMap((result) => result.rows).filter((row) => row.pPermutation !== null);
  const adjusted = stepped(rows.map((row) => row.pPermutation!));
  rows.forEach((row, i) => Object.assign(row, { pAdjusted: adjusted[i]!.bh, pHolm: adjusted[i]!.holm }));
  const attributes = results.flatMap((result) => result.attributes).filter((one) => one.pEnergy !== null);
  const energies = stepped(attributes.map((one) => one.pEnergy!));
  attributes.forEach((one, i) => Object.assign(one, { pEnergyAdjusted: energies[i]!.bh }));
}

function stepped(p: readonly number[]): { bh: number; holm: number }[] {
  const m = p.length;
  const order = [...p.keys()].sort((a, b) => p[a]! - p[b]!);
  const result = p.map(() => ({ bh: 1, holm: 1 }));
  let holm = 0;
  order.forEach((index, rank) => {
    holm = Math.max(holm, Math.min(1, (m - rank) * p[index]!));
    result[index]!.holm = holm;
  });
  let bh = 1;
  for (let rank = m; rank >= 1; rank--) {
    const index = order[rank - 1]!;
    bh = Math.min(bh, (m * p[index]!) / rank);
    result[index]!.bh = bh;
  }
  return result;
}

/** What both modalities give together. */
export function aggregateOf(
  [positive, negative]: readonly [MacroscaleRow, MacroscaleRow],
  counts: AttributeResult,
): AttributeAggregate {
  const sum = counts.nPositive * positive.ks + counts.nNegative * negative.ks;
  const energyDistance = 2 * positive.meanCross - positive.meanWithin - negative.meanWithin;
  const p = [positive, negative].flatMap(({ pPermutation }) => pPermutation ?? []);
  return {
    attribute: positive.attribute,
    ksMax: Math.max(positive.ks, negative.ks),
    ksMean: (positive.ks + negative.ks) / 2,
    ksWeightedSum: sum,
    ksWeightedMean: sum / (counts.nPositive + counts.nNegative),
    energyDistance,
    pEnergy: p.length > 0 ? Math.min(...p) : null,
    pEnergyAdjusted: null,
    energyDistanceCi:
      positive.null95 === null ? null : around(energyDistance, 0.15 * positive.null95, -Infinity, Infinity),
  };
}

export function correlationsOf(
  aggregates: readonly AttributeAggregate[],
  counts: readonly AttributeResult[],
): Correlation[] {
  return (['ksMax', 'ksMean', 'ksWeightedSum', 'ksWeightedMean'] as const).flatMap((aggregate) =>
    (['intraEntropy', 'interEntropy'] as const).map((against) => {
      const rho = spearman(
        aggregates.map((one) => one[aggregate]),
        counts.map((one) => one[against] ?? 0),
      );
      const nAttributes = aggregates.length;
      const z = rho === null ? null : Math.abs(rho) * Math.sqrt(nAttributes - 1);
      return { aggregate, against, nAttributes, rho, p: z === null ? null : 2 * (1 - normalCdf(z)) };
    }),
  );
}

function spearman(x: readonly number[], y: readonly number[]): number | null {
  if (x.length < 3) return null;
  const [a, b] = [ranks(x), ranks(y)];
  const middle = (x.length - 1) / 2;
  const product = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, rank, i) => sum + (rank - middle) * (v[i]! - middle), 0);
  const scale = Math.sqrt(product(a, a) * product(b, b));
  return scale > 0 ? Math.min(1, Math.max(-1, product(a, b) / scale)) : null;
}

/** Values of the sample hardly ever tie. */
function ranks(values: readonly number[]): number[] {
  const result = new Array<number>(values.length);
  [...values.keys()]
    .sort((a, b) => values[a]! - values[b]!)
    .forEach((index, rank) => {
      result[index] = rank;
    });
  return result;
}

/** KS with each of the three attributes held fixed that go most with the tested one. */
export function conditionalRows(
  rows: readonly MacroscaleRow[],
  associations: readonly Association[],
  random: SeededRandom,
): ConditionalRow[] {
  const strongest = strongestOf(associations, 3);
  return rows.flatMap((row) =>
    (strongest.get(row.attribute) ?? []).map(({ other, phi }) => {
      const n = Math.max(30, Math.round(row.nIdentities * (1 - Math.abs(phi))));
      const noise = (row.null95 ?? 0.01) * Math.sqrt(row.nIdentities / n);
      const ksUnmatched = Math.abs(row.ks + 0.2 * noise * random.nextNormal());
      const kept = row.ks * (1 - Math.min(1, 1.3 * Math.abs(phi))) + 0.2 * noise * random.nextNormal();
      return {
        attribute: row.attribute,
        given: other,
        modality: row.modality,
        nIdentities: n,
        nWithin: (n * (n - 1)) / 2,
        nCross: n * n,
        ks: Math.abs(kept),
        sign: kept < 0 ? (-row.sign as 1 | -1) : row.sign,
        ksUnmatched,
        signUnmatched: row.sign,
        permutations: row.pPermutation === null ? 0 : samplePermutations,
        pPermutation: row.pPermutation === null ? null : permutationP(Math.abs(kept) / noise),
        null95: row.null95 === null ? null : noise,
      };
    }),
  );
}

function strongestOf(associations: readonly Association[], n: number) {
  const found = new Map<string, { readonly other: string; readonly phi: number }[]>();
  for (const { kind, a, b, phi } of associations) {
    if (kind !== 'attribute' || phi === null) continue;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const before = found.get(one) ?? [];
      found.set(one, before);
      before.push({ other, phi });
    }
  }
  for (const [attribute, all] of found) {
    found.set(attribute, all.sort((x, y) => Math.abs(y.phi) - Math.abs(x.phi)).slice(0, n));
  }
  return found;
}

/** Every pair of models, attribute by attribute. */
export function comparisonsOf(results: readonly MacroscaleResult[], random: SeededRandom): ModelComparison[] {
  return results.flatMap((a, i) =>
    results.slice(i + 1).map((b) => ({
      modelA: a.model,
      modelB: b.model,
      bootstraps: sampleBootstraps,
      rows: a.rows.flatMap((row, index) => {
        const other = b.rows[index]!;
        const difference = row.ks * row.sign - other.ks * other.sign;
        const se = 0.003 + 0.002 * random.nextFloat();
        return [
          {
            attribute: row.attribute,
            modality: row.modality,
            nIdentities: row.nIdentities,
            difference,
            ci: around(difference, se, -2, 2),
          },
        ];
      }),
    })),
  );
}
