import { type AttributeColumn, modalities, type Modality, modalitySign } from '../domain/attributeColumn.ts';
import { type ClusteredShare, clusteredShare, type PairClusters } from '../numerics/pairClusters.ts';
import type { PairList } from './listedDistances.ts';
import type { ModalityRates } from './verificationOutcome.ts';

/** Pairs of one kind with their distances and the identities that tie them together. */
export interface JudgedPairs extends PairList {
  readonly distances: Float64Array;
  readonly clusters: PairClusters;
}

/** A threshold found on all pairs. */
export interface CommonThreshold {
  readonly far: number;
  readonly threshold: number;
}

/**
 * Accept rates of each modality of an attribute at the common thresholds: where does the model fail, and for whom.
 * A modality's pairs are those of which both images show it. Intervals are those of `clusteredShare`.
 */
export function modalityRates(
  { name, values }: AttributeColumn,
  matched: JudgedPairs,
  unmatched: JudgedPairs,
  thresholds: readonly CommonThreshold[],
): ModalityRates[] {
  return modalities.map((modality) => {
    const ofMatched = pairsThatShow(matched, values, modality);
    const ofUnmatched = pairsThatShow(unmatched, values, modality);
    const rates = thresholds.map(({ far, threshold }) => {
      const tar = acceptedShare(matched, threshold, ofMatched);
      const fmr = acceptedShare(unmatched, threshold, ofUnmatched);
      return {
        far,
        threshold,
        tar: tar?.share ?? null,
        tarCi: tar && limits(tar),
        fmr: fmr?.share ?? null,
        fmrCi: fmr && limits(fmr),
      };
    });
    return {
      attribute: name,
      modality,
      nMatched: ofMatched.reduce((n, takesPart) => n + takesPart, 0),
      nUnmatched: ofUnmatched.reduce((n, takesPart) => n + takesPart, 0),
      nIdentities: countIdentities(matched.clusters, ofMatched),
      rates,
    };
  });
}

/** Share of the pairs at most `threshold` apart, of all or of those marked with 1; `null` where there are none. */
export function acceptedShare(
  { distances, clusters }: JudgedPairs,
  threshold: number,
  taking: Uint8Array | null,
): ClusteredShare | null {
  const outcomes = new Int8Array(distances.length);
  for (let i = 0; i < distances.length; i++) {
    outcomes[i] = taking === null || taking[i] === 1 ? Number(distances[i]! <= threshold) : -1;
  }
  return clusteredShare(outcomes, clusters);
}

export function limits({ interval }: ClusteredShare): [number, number] {
  return [interval[0], interval[1]];
}

function pairsThatShow({ left, right }: JudgedPairs, values: Int8Array, modality: Modality): Uint8Array {
  const sign = modalitySign(modality);
  return Uint8Array.from(left, (row, i) => Number(values[row] === sign && values[right[i]!] === sign));
}

function countIdentities({ first, second, nClusters }: PairClusters, taking: Uint8Array): number {
  const seen = new Uint8Array(nClusters);
  for (let i = 0; i < taking.length; i++) if (taking[i] === 1) seen[first[i]!] = seen[second[i]!] = 1;
  return seen.reduce((n, isSeen) => n + isSeen, 0);
}
