import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import type { MacroscaleInput } from './macroscaleOutcome.ts';

export interface DiscriminativeInput extends MacroscaleInput {
  /** Whether `identities` are people; else each image counts as one, and folds cannot keep people apart. */
  readonly identitiesKnown: boolean;
}

export interface DiscriminativeOptions {
  readonly metric: Metric;
  /** Of more images, whole identities are drawn by `seed`. */
  readonly maxImages: number;
  readonly seed: number;
  /** 5 where it is not given. */
  readonly nFolds?: number;
  /** Inverse strength of the L2 penalty; 1 where it is not given. */
  readonly c?: number;
}

export interface DiscriminativeContext {
  readonly signal: AbortSignal;
  readonly product: MatrixProduct;
  readonly diagnostics: DiagnosticLog;
  progress(done: number, total: number, item: string): void;
}

/** Means over folds. */
export interface SchemeScores {
  readonly accuracy: number;
  /** Mean recall of both modalities. */
  readonly balancedAccuracy: number;
  readonly auc: number;
  /** Standard deviation of the balanced accuracy over folds, with n in its denominator, as scikit-learn users print it. */
  readonly sd: number;
}

export interface DiscriminativeRow {
  readonly attribute: string;
  readonly nImages: number;
  readonly nIdentities: number;
  readonly nPositive: number;
  readonly majority: number;
  readonly stratified: SchemeScores | null;
  readonly byIdentity: SchemeScores | null;
  readonly leakage: number | null;
}

export interface DiscriminativeOutcome {
  readonly inputs: 'unitNorm' | 'raw';
  readonly nFolds: number;
  readonly c: number;
  readonly maxImages: number;
  readonly seed: number;
  readonly rows: DiscriminativeRow[];
}
