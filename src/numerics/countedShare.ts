import type { ClusteredShare } from './pairClusters.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * `clusteredShare` of outcomes that each lie within one cluster, from how many each cluster has: outcomes of a cluster
 * are alike but for being 1 or 0, so that their counts are all that its variance asks for. A cluster of n outcomes,
 * k of them 1, has the influence (k − share·n) / N, whose squares are summed as Σ k² − 2·share·Σ k·n + share²·Σ n², in
 * whole numbers; independent outcomes have share·(1 − share) / N together.
 *
 * @param known of each cluster, how many outcomes are known; `positive`: how many of them are 1.
 * @returns `null` where none is known.
 */
export function countedShare(positive: Int32Array, known: Int32Array): ClusteredShare | null {
  let [nPairs, nPositive, nClusters] = [0, 0, 0];
  let [squares, products, positiveSquares] = [0, 0, 0];
  for (let i = 0; i < known.length; i++) {
    const n = known[i]!;
    if (n === 0) continue;
    const k = positive[i]!;
    nPairs += n;
    nPositive += k;
    nClusters++;
    squares += n * n;
    products += k * n;
    positiveSquares += k * k;
  }
  if (nPairs === 0) return null;
  const share = nPositive / nPairs;
  const spread = share * (1 - share);
  let nEffective = 1;
  if (nClusters > 1 && spread > 0) {
    const residuals = positiveSquares - 2 * share * products + share * share * squares;
    const between = (residuals * nClusters) / (nClusters - 1) / nPairs ** 2;
    const variance = Math.max(spread / nPairs, between);
    nEffective = Math.min(nPairs, Math.max(1, spread / variance));
  } else if (nClusters > 1) nEffective = nPairs ** 2 / squares;
  return { share, nPairs, nClusters, nEffective, interval: wilsonInterval(share, nEffective) };
}
