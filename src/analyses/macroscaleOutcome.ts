import type { AttributeColumn, Modality } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import type { AttributeExtremes } from './extremePairs.ts';
import type { InferenceResult, InferenceRunner, ModalityInference } from './inference.ts';
import type { Interval } from './intervals.ts';

/** Row i of `embeddings` belongs to entry i of every other array. */
export interface MacroscaleInput {
  readonly embeddings: EmbeddingMatrix;
  readonly identities: Int32Array;
  readonly attributes: readonly AttributeColumn[];
  /** Names of the images, for diagnostics. */
  readonly images: readonly string[];
}

export interface MacroscaleOptions {
  readonly metric: Metric;
  readonly selection: 'random' | 'first';
  readonly maxIdentities: number;
  /** Whether cross distances leave out pairs of two images of one person; the paper includes them. */
  readonly sameIdentity: 'exclude' | 'include';
  /** Samples drawn; only the first has p-values and intervals. One where the selection is `first`. */
  readonly repeats: number;
  readonly permutations: number;
  readonly bootstraps: number;
  readonly seed: number;
}

export interface MacroscaleContext {
  readonly signal: AbortSignal;
  readonly product: MatrixProduct;
  readonly infer: InferenceRunner;
  readonly diagnostics: DiagnosticLog;
  progress(done: number, total: number, item: string): void;
}

/** One modality of one attribute; names and meanings are the report's. */
export interface MacroscaleRow extends ModalityInference {
  readonly attribute: string;
  readonly modality: Modality;
  readonly nImages: number;
  readonly nIdentities: number;
  readonly nWithin: number;
  readonly nCross: number;
  readonly ks: number;
  readonly ksUpper: number | null;
  readonly location: number;
  readonly cdfWithin: number;
  readonly cdfCross: number;
  readonly sign: 1 | -1;
  readonly meanWithin: number;
  readonly meanCross: number;
  readonly pNaive: number;
  readonly log10PNaive: number | null;
  readonly pMethod: 'exact' | 'asymptotic';
  readonly auc: number;
  readonly meanDifference: number | null;
  readonly repeats: Repeats | null;
  /** Filled in by `adjustPValues`, over all models of a report. */
  readonly pAdjusted: number | null;
  readonly pHolm: number | null;
}

/** Signed KS over independent draws. */
export interface Repeats {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly max: number;
}

/** Both modalities of an attribute together. */
export interface AttributeAggregate {
  readonly attribute: string;
  readonly ksMax: number;
  readonly ksMean: number;
  readonly ksWeightedSum: number;
  readonly ksWeightedMean: number;
  readonly energyDistance: number;
  readonly pEnergy: number | null;
  readonly pEnergyAdjusted: number | null;
  readonly energyDistanceCi: Interval | null;
}

/** Counts in equal bins from `min` to `max`; the last bin holds `max`. */
export interface Distribution {
  readonly attribute: string;
  readonly min: number;
  readonly max: number;
  readonly withinPositive: number[];
  readonly withinNegative: number[];
  readonly cross: number[];
}

export interface MacroscaleOutcome {
  readonly inference: {
    readonly permutations: number;
    readonly bootstraps: number;
    readonly nBins: number;
    readonly maxPoints: number | null;
  };
  readonly rows: MacroscaleRow[];
  readonly attributes: AttributeAggregate[];
  readonly distributions: Distribution[];
  /** None where no point is an image. */
  readonly extremes: AttributeExtremes[];
  /** For `compareModels`; not part of a report. */
  readonly deviations: ReadonlyMap<string, AttributeDeviations>;
}

/** What a comparison with another model needs of an attribute. */
export interface AttributeDeviations extends Pick<InferenceResult, 'deviations'> {
  /** Rows of the sample, positives first: only equal samples are compared. */
  readonly rows: Int32Array;
}
