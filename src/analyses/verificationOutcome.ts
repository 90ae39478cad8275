import type { Modality } from '../domain/attributeColumn.ts';
import type { VerificationIntervals } from './verificationIntervals.ts';
import type { CrossValidatedAccuracy, FoldAccuracy } from '../numerics/foldAccuracy.ts';

/** What verification says about a model; names and meanings are the report's, which adds the model. */
export interface VerificationOutcome extends VerificationIntervals {
  readonly metric: 'cosine' | 'euclidean';
  readonly sampling: VerificationSampling;
  /** With a usable embedding. */
  readonly nImages: number;
  readonly nIdentities: number;
  readonly nMatched: number;
  readonly nUnmatched: number;
  /** Whether means are over all pairs there are, or over the evaluated ones. */
  readonly meansOver: 'allPairs' | 'evaluatedPairs';
  /** Over pairs. */
  readonly meanWithin: number;
  /** Mean over identities of their own mean, however many images they have. */
  readonly meanWithinOverIdentities: number;
  readonly meanBetween: number;
  /** meanWithin / meanBetween; `null` where all distances are zero. */
  readonly ratio: number | null;
  readonly ratioOverIdentities: number | null;
  readonly auc: number;
  readonly eer: number;
  readonly eerThreshold: number;
  readonly lowestBalancedError: number;
  readonly tar: AcceptRate[];
  /** Half the overlap: the error with equal priors. */
  readonly bayesError: number;
  readonly overlap: number;
  /** Of the kernel density behind both. */
  readonly bandwidth: number;
  /** The protocol's accuracy, where it has folds. */
  readonly accuracy?: number | undefined;
  readonly lfw: LfwAccuracy | null;
  readonly histograms: PairHistograms;
  readonly roc: RocPoint[];
  readonly modalities: ModalityRates[];
  /** The farthest of one person, farthest first. */
  readonly worstMatched: ExamplePair[];
  /** The nearest of two people, nearest first. */
  readonly worstUnmatched: ExamplePair[];
}

export interface VerificationSampling {
  /** `protocol`: the data set's list of pairs; `dataSet`: all pairs, or `maxPairs` of each kind drawn by seed. */
  readonly pairs: 'protocol' | 'dataSet';
  readonly maxPairs: number;
  readonly seed: number;
  readonly nMatchedPossible: number;
  readonly nUnmatchedPossible: number;
}

export interface AcceptRate {
  readonly far: number;
  readonly tar: number;
  /** `null` where no distance can be accepted at this FAR. */
  readonly threshold: number | null;
  readonly farReached: number;
  /** 95 %, at the threshold as it is: Wilson's with the number of pairs that pairs sharing people are worth. */
  readonly ci: [number, number];
  /** 95 %, Wilson's as if pairs were independent. */
  readonly ciIndependent: [number, number];
  readonly nEffective: number;
  /** Whether there are at least 1/FAR unmatched pairs. */
  readonly enoughPairs: boolean;
}

export interface LfwAccuracy {
  readonly nFolds: number;
  readonly accuracy: CrossValidatedAccuracy['accuracy'];
  readonly standardError: CrossValidatedAccuracy['standardError'];
  readonly folds: Pick<FoldAccuracy, 'fold' | 'threshold' | 'accuracy' | 'nPairs'>[];
}

/** Counts in equal bins from `min` to `max`; the last bin holds `max`. */
export interface PairHistograms {
  readonly min: number;
  readonly max: number;
  readonly matched: number[];
  readonly unmatched: number[];
}

export interface RocPoint {
  readonly far: number;
  readonly tar: number;
  /** `null` at the point that accepts nothing. */
  readonly threshold: number | null;
}

/** Pairs of which both images show the modality, at the thresholds that all pairs gave. */
export interface ModalityRates {
  readonly attribute: string;
  readonly modality: Modality;
  readonly nMatched: number;
  readonly nUnmatched: number;
  /** People with a matched pair here. */
  readonly nIdentities: number;
  readonly rates: ModalityRate[];
}

export interface ModalityRate {
  /** The FAR over all pairs to which the threshold belongs. */
  readonly far: number;
  readonly threshold: number;
  /** Share of the modality's matched pairs that are accepted; `null` where it has none. */
  readonly tar: number | null;
  readonly tarCi: [number, number] | null;
  /** Share of its unmatched pairs that are accepted. */
  readonly fmr: number | null;
  readonly fmrCi: [number, number] | null;
}

export interface ExamplePair {
  readonly left: string;
  readonly right: string;
  readonly distance: number;
}
