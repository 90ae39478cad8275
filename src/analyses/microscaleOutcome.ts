import type { CurveTable } from '../domain/curveTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import type { SingleMatrixProduct } from '../numerics/singleMatrixProduct.ts';
import type { Interval } from './intervals.ts';

export interface MicroscaleInput {
  readonly curves: CurveTable;
  /**
   * Embeddings of the points of one identity, in the order of their numbers; a row of NaN has none. One identity's are
   * in memory at a time.
   */
  readonly embeddings: (identity: number) => Promise<EmbeddingMatrix>;
}

export interface MicroscaleOptions {
  readonly metric: Metric;
  /** As `parseNeighbourRule` reads them. */
  readonly neighbours: readonly string[];
  readonly bootstraps: number;
  readonly seed: number;
  /** Mean distance of two images of one person, and of two people; `null` where unknown. */
  readonly meanWithin: number | null;
  readonly meanBetween: number | null;
  /** Distance at which the model takes two images for one person. */
  readonly threshold: number | null;
}

export interface MicroscaleContext {
  readonly signal: AbortSignal;
  readonly product: MatrixProduct;
  /** For large fields; the outcome says where it was used. */
  readonly single?: SingleMatrixProduct;
  readonly diagnostics: DiagnosticLog;
  progress(done: number, total: number, item: string): void;
}

/** Names and meanings are the report's. */
export interface MicroscaleRow {
  readonly attribute: string;
  readonly identity: string | null;
  readonly nIdentities: number;
  readonly nCurves: number;
  readonly nStill: number;
  readonly nIsolated: number;
  readonly energy: number | null;
  readonly energyWithSelf: number | null;
  readonly ci: Interval | null;
  readonly stepLength: number;
  readonly stepLengthCi: Interval | null;
  readonly stepOverWithin: number | null;
  readonly stepOverBetween: number | null;
  readonly moves: boolean;
  readonly reason: string | null;
}

export interface EnergyTest {
  readonly a: string;
  readonly b: string;
  readonly nA: number;
  readonly nB: number;
  readonly u: number;
  readonly p: number;
  readonly pAdjusted: number;
  readonly pHolm: number;
}

export interface RuleOutcome {
  readonly metric: Metric;
  readonly neighbours: string;
  readonly precision: 'double' | 'single';
  readonly bootstraps: number;
  readonly seed: number;
  readonly meanWithin: number | null;
  readonly meanBetween: number | null;
  readonly rows: MicroscaleRow[];
  readonly tests: EnergyTest[];
}

export interface FieldAlignment {
  readonly attributes: string[];
  readonly values: (number | null)[][];
  readonly nCurves: number[][];
}

export interface Retention {
  readonly attribute: string;
  readonly steps: string[];
  readonly nCurves: number;
  readonly distances: number[][];
  readonly beyond: number[][] | null;
  readonly threshold: number | null;
}

export interface FieldDrawing {
  readonly attribute: string;
  readonly identity: string;
  readonly energy: number | null;
  readonly explained: number;
  readonly arrows: [x: number, y: number, dx: number, dy: number][];
}

export interface MicroscaleOutcome {
  /** One for each rule, in the order asked for. */
  readonly rules: RuleOutcome[];
  readonly alignment: FieldAlignment;
  readonly retentions: Retention[];
  readonly drawings: FieldDrawing[];
}
