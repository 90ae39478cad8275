import { searchLine } from './convexLineSearch.ts';
import { LbfgsHistory } from './lbfgs.ts';
import type { LogisticDesign } from './logisticDesign.ts';
import { lossAlong, type LossState } from './logisticLoss.ts';
import type { MatrixProduct } from './matrixProduct.ts';

/** One regression: n labels of −1 and 1, and 0 for images it is not fitted to. */
export interface LogisticTask {
  readonly labels: Int8Array;
  /** A fit on nearly the same images, from which it is not far. */
  readonly start?: LogisticFit;
}

export interface LogisticFit {
  /** Of the rows as they were before the design centred them. */
  readonly weights: Float64Array;
  readonly intercept: number;
  /** w·x + b of every image of the design, whether it was fitted to or not. */
  readonly scores: Float64Array;
  readonly iterations: number;
  /** False where `maxIterations` were not enough, or rounding let it go no further. */
  readonly converged: boolean;
}

/** By whom products are computed, and what to ask between two of them (it may throw). */
export interface LogisticContext {
  readonly product: MatrixProduct;
  checkpoint(): void;
}

/**
 * L2-regularised logistic regressions on the same images: each minimises ½|w|² + C Σ log(1 + exp(−y (w·x + b))), as
 * scikit-learn's `LogisticRegression`; the intercept b bears no penalty. All advance together by limited-memory
 * BFGS, so that each iteration is two products of the whole design, whatever the number of regressions.
 *
 * It ends where |∇w| ≤ 10⁻⁶ |w| and |∇b| ≤ 10⁻⁶ ∂²b: as the penalty makes the objective 1-strongly convex in w, the
 * weights are then right to a millionth of their length; less is asked only where sums over images do not resolve it
 * (10⁻¹² of their terms). The penalty bounds w for data that a plane parts, too.
 * Memory: the design, and 24 bytes for each image and task. Labels of one class, or of a wrong number: `RangeError`.
 */
export async function fitLogistic(
  design: LogisticDesign,
  tasks: readonly LogisticTask[],
  context: LogisticContext,
): Promise<LogisticFit[]> {
  const states = tasks.map((task) => startState(design, task));
  const workspace = makeWorkspace(design, tasks.length);
  states.forEach((state, i) => {
    lossAlong(
      state.labels,
      state.scores,
      state.scores,
      0,
      rowOf(workspace.residuals, i, design.n),
      state.loss,
    );
  });
  await updateGradients(design, states, workspace, context);
  let active = states.filter((state) => !isConverged(design, state));
  for (let iteration = 0; iteration < maxIterations && active.length > 0; iteration++) {
    await advance(design, active, workspace, context);
    active = active.filter((state) => !state.stalled && !isConverged(design, state));
  }
  return states.map((state) => finished(design, state));
}

const maxIterations = 1000;
const tolerance = 1e-6;
/** Of the terms of a sum over images: what rounding leaves of it at worst. */
const resolution = 1e-12;

interface FitState {
  readonly labels: Int8Array;
  /** w and then b, of centred rows. */
  readonly position: Float64Array;
  readonly gradient: Float64Array;
  readonly scores: Float64Array;
  readonly history: LbfgsHistory;
  readonly loss: LossState;
  iterations: number;
  stalled: boolean;
}

/** One row for each active fit. */
interface Workspace {
  /** dim numbers each. */
  readonly directions: Float64Array;
  readonly images: Float64Array;
  /** n numbers each. */
  readonly along: Float64Array;
  readonly residuals: Float64Array;
  /** Scores of a block of images before they are transposed. */
  readonly block: Float64Array;
}

const blockRows = 2048;

function makeWorkspace({ n, dim }: LogisticDesign, nTasks: number): Workspace {
  return {
    directions: new Float64Array(nTasks * dim),
    images: new Float64Array(nTasks * dim),
    along: new Float64Array(nTasks * n),
    residuals: new Float64Array(nTasks * n),
    block: new Float64Array(nTasks * Math.min(n, blockRows)),
  };
}

function startState({ n, dim, means }: LogisticDesign, { labels, start }: LogisticTask): FitState {
  if (labels.length !== n || !labels.includes(1) || !labels.includes(-1)) {
    throw new RangeError(`A regression needs ${n} labels of both classes, not ${labels.length} or of one.`);
  }
  const position = new Float64Array(dim + 1);
  if (start) {
    position.set(start.weights);
    position[dim] = start.intercept + dot(start.weights, means);
  }
  return {
    labels,
    position,
    gradient: new Float64Array(dim + 1),
    scores: start ? start.scores.slice() : new Float64Array(n),
    history: new LbfgsHistory(dim + 1),
    loss: { loss: 0, slope: 0, residualSum: 0, residualSize: 0, curvature: 0 },
    iterations: 0,
    stalled: false,
  };
}

async function advance(
  design: LogisticDesign,
  fits: readonly FitState[],
  workspace: Workspace,
  context: LogisticContext,
): Promise<void> {
  const active = fits.toSorted((a, b) => levelOf(design, a) - levelOf(design, b));
  const directions = await descentDirections(design, active, workspace, context);
  await scoreDirections(design, directions, workspace, context);
  const steps = active.map((state, i) => takeStep(design, state, directions[i]!, i, workspace));
  const before = active.map(({ gradient }) => gradient.slice());
  await updateGradients(design, active, workspace, context);
  active.forEach((state, i) => {
    const change = before[i]!;
    for (let j = 0; j < change.length; j++) change[j] = state.gradient[j]! - change[j]!;
    state.history.push(steps[i]!, change);
  });
}

/** Minus the gradient times the inverse Hessian, as far as it is known; w and then b. `active` goes by level. */
async function descentDirections(
  design: LogisticDesign,
  active: readonly FitState[],
  { directions: known, images }: Workspace,
  context: LogisticContext,
): Promise<Float64Array[]> {
  const { dim, c } = design;
  const directions = active.map(({ gradient, history }, i) => {
    const q = gradient.slice();
    history.begin(q);
    known.set(q.subarray(0, dim), i * dim);
    return q;
  });
  for (let start = 0, end = 0; start < active.length; start = end) {
    const level = levelOf(design, active[start]!);
    while (end < active.length && levelOf(design, active[end]!) === level) end++;
    context.checkpoint();
    const inverse = await design.hessians.inverse(level);
    const [a, out] = [known, images].map((values) => values.subarray(start * dim, end * dim));
    // The answer need not lie in `out`.
    out!.set(await context.product.timesTransposed(a!, inverse, end - start, dim, dim, out));
  }
  active.forEach(({ history, loss }, i) => {
    const r = directions[i]!;
    r.set(rowOf(images, i, dim));
    r[dim]! /= c * Math.max(loss.curvature, Number.MIN_VALUE);
    history.finish(r);
    for (let j = 0; j <= dim; j++) r[j] = -r[j]!;
    known.set(r.subarray(0, dim), i * dim);
  });
  return directions;
}

function levelOf({ n, hessians }: LogisticDesign, { loss }: FitState): number {
  return hessians.levelOf(loss.curvature / n);
}

/** By how much a step of 1 would change the scores. */
async function scoreDirections(
  { n, dim, rows }: LogisticDesign,
  directions: readonly Float64Array[],
  { directions: flat, along, block }: Workspace,
  context: LogisticContext,
): Promise<void> {
  const m = directions.length;
  const b = flat.subarray(0, m * dim);
  for (let start = 0; start < n; start += blockRows) {
    const count = Math.min(blockRows, n - start);
    context.checkpoint();
    const a = rows.subarray(start * dim, (start + count) * dim);
    const out = await context.product.timesTransposed(a, b, count, m, dim, block);
    for (let i = 0; i < m; i++) {
      const intercept = directions[i]![dim]!;
      for (let t = 0, at = i * n + start; t < count; t++, at++) along[at] = out[t * m + i]! + intercept;
    }
  }
}

/** Moves a fit along its direction and returns the step; its residuals follow. */
function takeStep(
  { n, dim, c }: LogisticDesign,
  state: FitState,
  direction: Float64Array,
  i: number,
  { along, residuals }: Workspace,
): Float64Array {
  const { labels, position, gradient, scores, loss } = state;
  const change = rowOf(along, i, n);
  const residual = rowOf(residuals, i, n);
  const w = position.subarray(0, dim);
  const p = direction.subarray(0, dim);
  const [ww, wp, pp] = [dot(w, w), dot(w, p), dot(p, p)];
  const t = searchLine(
    (t) => {
      lossAlong(labels, scores, change, t, residual, loss);
      return { value: ww / 2 + t * (wp + (t * pp) / 2) + c * loss.loss, slope: wp + t * pp + c * loss.slope };
    },
    { value: ww / 2 + c * loss.loss, slope: dot(gradient, direction) },
  );
  if (t === 0) {
    state.stalled = true;
    lossAlong(labels, scores, change, 0, residual, loss);
  }
  state.iterations++;
  for (let j = 0; j <= dim; j++) position[j]! += t * direction[j]!;
  for (let k = 0; k < n; k++) scores[k]! += t * change[k]!;
  return direction.map((value) => t * value);
}

async function updateGradients(
  { n, dim, c, columns }: LogisticDesign,
  active: readonly FitState[],
  { residuals, images }: Workspace,
  context: LogisticContext,
): Promise<void> {
  const m = active.length;
  context.checkpoint();
  const sums = await context.product.timesTransposed(
    residuals.subarray(0, m * n),
    columns,
    m,
    dim,
    n,
    images,
  );
  active.forEach(({ position, gradient, loss }, i) => {
    for (let j = 0; j < dim; j++) gradient[j] = position[j]! + c * sums[i * dim + j]!;
    gradient[dim] = c * loss.residualSum;
    if (!gradient.every(Number.isFinite))
      throw new RangeError('A gradient is not finite: neither may the data be.');
  });
}

function isConverged({ dim, c, longest }: LogisticDesign, { position, gradient, loss }: FitState): boolean {
  const w = position.subarray(0, dim);
  const ofWeights = gradient.subarray(0, dim);
  const terms = resolution * c * loss.residualSize;
  return (
    Math.sqrt(dot(ofWeights, ofWeights)) <= tolerance * Math.sqrt(dot(w, w)) + terms * longest &&
    Math.abs(gradient[dim]!) <= tolerance * c * loss.curvature + terms
  );
}

function finished(design: LogisticDesign, state: FitState): LogisticFit {
  const weights = state.position.slice(0, design.dim);
  return {
    weights,
    intercept: state.position[design.dim]! - dot(weights, design.means),
    scores: state.scores,
    iterations: state.iterations,
    converged: isConverged(design, state),
  };
}

function rowOf(values: Float64Array, i: number, length: number): Float64Array {
  return values.subarray(i * length, (i + 1) * length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
