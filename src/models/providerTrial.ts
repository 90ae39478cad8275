import { AppError } from '../domain/appError.ts';
import type { Provider } from '../domain/provider.ts';
import { SeededRandom } from '../numerics/random.ts';
import { BatchLimit } from './batchLimit.ts';
import { mirrorImages, sumOfMirrored } from './flip.ts';
import { OnnxSession, type Tensor } from './onnxRuntime.ts';
import type { PreparedModel } from './prepareModel.ts';
import { pixelInputName } from './prependPreprocessing.ts';
import { type NodeShares, nodeShares } from './providerProfile.ts';

/** A session that ran once under a profile. */
export interface ProvenSession extends NodeShares {
  readonly session: Pick<OnnxSession, 'run' | 'release'>;
}

/** An embedder's session, and what its run showed. */
export interface Trial extends ProvenSession {
  /** Rows of the probe. */
  readonly rows: number;
  readonly result: BatchResult;
  /** Parts in which the provider's memory holds the probe. */
  readonly limit: BatchLimit;
}

export interface BatchResult {
  /** rows × dim. */
  readonly embeddings: Float32Array;
  readonly norms: Float32Array | null;
  readonly dim: number;
}

/** Two runs mean the same embedding above this cosine, row by row. */
export const leastAgreement = 0.9999;

/**
 * Loads the model with one provider and runs it once under a profile, in parts where memory does not hold the whole.
 * Throws `AppError`.
 * @param held images that its memory was seen to hold at once; `undefined`: not known.
 */
export async function tryProvider(
  model: PreparedModel,
  provider: Provider,
  pixels: Uint8Array,
  rows: number,
  held?: number,
): Promise<Trial> {
  const limit = new BatchLimit(rows, held !== undefined && rows % held === 0 ? held : rows);
  const session = await OnnxSession.open(model.bytes, { provider, profile: true });
  try {
    const result = await runLimited(session, model, pixels, limit);
    return { session, rows, ...nodeShares(await session.endProfile(), provider), result, limit };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** Runs a batch in the parts that memory holds. */
export async function runLimited(
  session: Pick<OnnxSession, 'run'>,
  model: PreparedModel,
  pixels: Uint8Array,
  limit: BatchLimit,
): Promise<BatchResult> {
  const { width, height } = model.profile.preprocessing;
  const nBytes = width * height * 3;
  const parts = await limit.run((start, rows) =>
    runBatch(session, model, pixels.subarray(start * nBytes, (start + rows) * nBytes), rows),
  );
  return parts.length === 1 ? parts[0]! : joined(parts);
}

function joined(parts: readonly BatchResult[]): BatchResult {
  const { dim, norms } = parts[0]!;
  const join = (rows: readonly Float32Array[]): Float32Array => {
    const all = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const one of rows) {
      all.set(one, at);
      at += one.length;
    }
    return all;
  };
  return {
    embeddings: join(parts.map(({ embeddings }) => embeddings)),
    norms: norms === null ? null : join(parts.map((part) => part.norms!)),
    dim,
  };
}

/**
 * Runs rows × height × width × 3 bytes. With flip the mirror images come from the graph, or, where the model's batch
 * is fixed, from a second run. Throws `AppError` modelFailed where the model gives no row for each.
 */
export async function runBatch(
  session: Pick<OnnxSession, 'run'>,
  model: PreparedModel,
  pixels: Uint8Array,
  rows: number,
): Promise<BatchResult> {
  const { flip, preprocessing } = model.profile;
  if (!flip) return runOnce(session, model, pixels, rows, rows);
  if (model.mirrors) {
    const both = await runOnce(session, model, pixels, rows, 2 * rows);
    return sumOfMirrored(halfOf(both, 0, rows), halfOf(both, rows, rows), model.dividesAfterwards);
  }
  const result = await runOnce(session, model, pixels, rows, rows);
  const mirrored = await runOnce(session, model, mirrorImages(pixels, preprocessing.width), rows, rows);
  return sumOfMirrored(result, mirrored, model.dividesAfterwards);
}

function halfOf({ embeddings, norms, dim }: BatchResult, start: number, rows: number): BatchResult {
  return {
    embeddings: embeddings.subarray(start * dim, (start + rows) * dim),
    norms: norms?.subarray(start, start + rows) ?? null,
    dim,
  };
}

async function runOnce(
  session: Pick<OnnxSession, 'run'>,
  { profile, embeddingOutput, normOutput }: PreparedModel,
  pixels: Uint8Array,
  rows: number,
  rowsOut: number,
): Promise<BatchResult> {
  const { height, width } = profile.preprocessing;
  const outputs = await session.run({
    [pixelInputName]: { data: pixels, shape: [rows, height, width, 3] },
  });
  const embeddings = floats(outputs[embeddingOutput], embeddingOutput, rowsOut);
  const norms = normOutput === null ? null : floats(outputs[normOutput], normOutput, rowsOut);
  if (norms !== null && norms.length !== rowsOut)
    throw wrongShape(normOutput!, outputs[normOutput!], rowsOut);
  return { embeddings, norms, dim: embeddings.length / rowsOut };
}

/**
 * Pictures to try a model with: smooth shades with some noise, the same for everybody. `variant` changes every
 * row but the first.
 */
export function probePixels(
  { width, height }: { readonly width: number; readonly height: number },
  rows: number,
  variant: number,
): Uint8Array {
  const pixels = new Uint8Array(rows * height * width * 3);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const random = new SeededRandom(row === 0 ? 0 : 1000 * variant + row);
    const waves = Array.from({ length: 9 }, () => random.nextFloat());
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < 3; c++) {
          const [fx, fy, phase] = [waves[3 * c]!, waves[3 * c + 1]!, waves[3 * c + 2]!];
          const shade = Math.sin(2 * Math.PI * ((2 * fx * x) / width + (2 * fy * y) / height + phase));
          pixels[at++] = 128 + 100 * shade + 20 * random.nextFloat();
        }
  }
  return pixels;
}

/** The smallest cosine between rows of two results of the same width; NaN where one cannot be said. */
export function agreement(first: BatchResult, second: BatchResult, rows: number): number {
  if (first.dim !== second.dim) return NaN;
  let least = 1;
  for (let row = 0; row < rows; row++) {
    const range = [row * first.dim, (row + 1) * first.dim] as const;
    const value = cosine(first.embeddings.subarray(...range), second.embeddings.subarray(...range));
    if (Number.isNaN(value)) return NaN;
    least = Math.min(least, value);
  }
  return least;
}

/** 1 for equal vectors even where both are zero, so that a model gone dead is not blamed on the provider. */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.every((value, i) => Object.is(value, b[i]))) return 1;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return ab / Math.sqrt(aa * bb);
}

function floats(tensor: Tensor | undefined, name: string, rows: number): Float32Array {
  const data = tensor?.data;
  // The first size tells a row for each image from one long row for all of them.
  if (!(data instanceof Float32Array) || tensor?.shape[0] !== rows || !(data.length >= rows))
    throw wrongShape(name, tensor, rows);
  return data;
}

function wrongShape(name: string, tensor: Tensor | undefined, rows: number): AppError {
  const shape = tensor ? `[${tensor.shape.join(', ')}]` : 'nothing';
  return new AppError('modelFailed', `The model's output «${name}» is ${shape} for ${rows} images.`, {
    output: name,
    shape,
    rows,
  });
}
