import { type ShareInterval, wilsonInterval } from './wilson.ts';

/** Who takes part in each pair: two pairs depend on each other where they share a cluster (an identity). */
export interface PairClusters {
  /** A number from 0 for each pair's two ends; equal where the pair lies in one cluster. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly nClusters: number;
  /** Which two clusters a pair joins, whichever comes first. */
  readonly dyad: Int32Array;
  readonly nDyads: number;
}

/** Arrays of equal length with numbers ≥ 0. */
export function pairClusters(first: Int32Array, second: Int32Array): PairClusters {
  const dyadOf = new Map<number, number>();
  const dyad = new Int32Array(first.length);
  let nClusters = 0;
  for (let i = 0; i < first.length; i++) {
    nClusters = Math.max(nClusters, first[i]! + 1, second[i]! + 1);
  }
  for (let i = 0; i < first.length; i++) {
    const key = Math.min(first[i]!, second[i]!) * nClusters + Math.max(first[i]!, second[i]!);
    let number = dyadOf.get(key);
    if (number === undefined) {
      number = dyadOf.size;
      dyadOf.set(key, number);
    }
    dyad[i] = number;
  }
  return { first, second, nClusters, dyad, nDyads: dyadOf.size };
}

/** The share of dependent pairs with an outcome, and how sure it is. */
export interface ClusteredShare {
  readonly share: number;
  readonly nPairs: number;
  /** Clusters with at least one of the pairs. */
  readonly nClusters: number;
  /** Independent pairs that would give the same variance; at most `nPairs`. */
  readonly nEffective: number;
  /** Wilson's interval at `nEffective`. */
  readonly interval: ShareInterval;
}

/**
 * A share with the interval that pairs allow which share their clusters: Wilson's with an effective number of
 * pairs, share·(1 − share) / variance, as Fogliato, Patil and Perona recommend («Confidence intervals for error
 * rates in 1:1 matching tasks», arXiv 2306.01198).
 *
 * The variance is that of `dyadicVariance`, where a pair's influence is its outcome less the share, / n.
 *
 * Where all outcomes agree, nothing tells how others would cluster. Then pairs inside clusters count by Kish's
 * (Σ size)² / Σ size², as if a cluster had one outcome for all its pairs; pairs across count as independent.
 * Where one cluster takes part in all pairs, they are one observation.
 *
 * @param outcomes 1 or 0 for each pair; −1 where it takes no part. `null` where no pair does.
 */
export function clusteredShare(outcomes: Int8Array, clusters: PairClusters): ClusteredShare | null {
  const { first, second } = clusters;
  const sizes = new Int32Array(clusters.nClusters);
  let nPairs = 0;
  let nPositive = 0;
  let nInside = 0;
  for (let i = 0; i < outcomes.length; i++) {
    if (outcomes[i]! < 0) continue;
    nPairs++;
    nPositive += outcomes[i]!;
    sizes[first[i]!]!++;
    if (first[i] === second[i]) nInside++;
    else sizes[second[i]!]!++;
  }
  if (nPairs === 0) return null;
  const nClusters = sizes.reduce((n, size) => n + (size > 0 ? 1 : 0), 0);
  const share = nPositive / nPairs;
  const spread = share * (1 - share);
  let nEffective = nPairs;
  if (sizes.includes(nPairs)) nEffective = 1;
  else if (spread > 0) {
    const influence = Float64Array.from(outcomes, (outcome) =>
      outcome < 0 ? 0 : (outcome - share) / nPairs,
    );
    nEffective = Math.min(nPairs, Math.max(1, spread / dyadicVariance([{ influence, clusters }])));
  } else if (nInside === nPairs) {
    nEffective = nPairs ** 2 / sumOfSquares(sizes);
  }
  return { share, nPairs, nClusters, nEffective, interval: wilsonInterval(share, nEffective) };
}

/** Pairs, and by how much each moves a figure that is a sum over them. */
export interface Influences {
  readonly influence: Float64Array;
  readonly clusters: PairClusters;
}

/**
 * The variance of a figure whose pairs share their clusters: the dyadic cluster-robust one (Fafchamps and Gubert
 * 2007; Aronow, Samii and Assenova 2015), the sum of ψ·ψ′ over all couples of pairs that share a cluster, times
 * G/(G − 1) for G clusters, where ψ is a pair's influence. Couples are summed as Σ over clusters (Σ ψ)² − Σ over dyads
 * of two clusters (Σ ψ)², since pairs that join the same two clusters meet twice in the first sum. For pairs inside
 * clusters this is the usual one-way variance. An estimate below that of independent pairs, Σ ψ², which chance alone
 * makes, is not used.
 *
 * @param parts kinds of pairs, with the same numbers for the same clusters; no dyad of two clusters in two kinds.
 */
export function dyadicVariance(parts: readonly Influences[]): number {
  const ofClusters = new Float64Array(Math.max(...parts.map(({ clusters }) => clusters.nClusters)));
  const takesPart = new Uint8Array(ofClusters.length);
  let ofDyads = 0;
  let independent = 0;
  for (const { influence, clusters } of parts) {
    const { first, second, dyad } = clusters;
    const sums = new Float64Array(clusters.nDyads);
    for (let i = 0; i < influence.length; i++) {
      const own = influence[i]!;
      if (own === 0) continue;
      independent += own * own;
      takesPart[first[i]!] = takesPart[second[i]!] = 1;
      ofClusters[first[i]!]! += own;
      if (first[i] === second[i]) continue;
      ofClusters[second[i]!]! += own;
      sums[dyad[i]!]! += own;
    }
    ofDyads += sumOfSquares(sums);
  }
  const nClusters = takesPart.reduce((n, one) => n + one, 0);
  if (nClusters < 2) return independent;
  return Math.max(independent, ((sumOfSquares(ofClusters) - ofDyads) * nClusters) / (nClusters - 1));
}

function sumOfSquares(values: Float64Array | Int32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
