import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { AppError, messageOf } from '../domain/appError.ts';
import type { Provider } from '../domain/provider.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { onnxGraph, onnxModel, onnxNode, valueInfo } from './onnxBuild.ts';
import { encodeModel } from './onnxProto.ts';
import { type WorkByProvider, parseProfile } from './providerProfile.ts';

/** A tensor; its element type is that of `data`. ONNX Runtime refuses views of a SharedArrayBuffer. */
export interface Tensor<Data extends TensorData = TensorData> {
  readonly data: Data;
  readonly shape: readonly number[];
}

export type TensorData = Uint8Array | Float32Array | Float64Array | BigInt64Array;

export interface OnnxSessionOptions {
  /** The only provider that is tried. Nodes it cannot run still go to the CPU: only a profile tells. */
  readonly provider: Provider;
  /** Threads of one run, this one included; else all cores. */
  readonly threads?: number;
  /** Records which provider runs each node, until `endProfile`. */
  readonly profile?: boolean;
}

/**
 * A model loaded by ONNX Runtime. `open` and `run` block this thread while they work, so two sessions at once
 * gain nothing; `run` uses all cores.
 */
export class OnnxSession {
  readonly #session: Ort.InferenceSession;
  readonly #ort: typeof Ort;
  #profileFolder: string | null;

  private constructor(ort: typeof Ort, session: Ort.InferenceSession, profileFolder: string | null) {
    this.#ort = ort;
    this.#session = session;
    this.#profileFolder = profileFolder;
  }

  /**
   * Loads a model from its bytes, or from a path. Throws `AppError` providerUnavailable where another provider
   * than the CPU does not take it, else modelFailed.
   */
  static async open(model: Uint8Array | string, options: OnnxSessionOptions): Promise<OnnxSession> {
    const ort = await loadRuntime();
    const profileFolder = options.profile
      ? await mkdtemp(join(tmpdir(), `attribute-lens-profile-${process.pid}-`))
      : null;
    const settings: Ort.InferenceSession.SessionOptions = {
      executionProviders: [options.provider],
      intraOpNumThreads: options.threads ?? availableParallelism(),
      logSeverityLevel: logOnlyFatal,
      // Idle threads that spin take the cores away from decoding.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      ...(profileFolder === null
        ? {}
        : { enableProfiling: true, profileFilePrefix: join(profileFolder, 'profile') }),
    };
    try {
      const session =
        typeof model === 'string'
          ? await ort.InferenceSession.create(model, settings)
          : await ort.InferenceSession.create(model, settings);
      return new OnnxSession(ort, session, profileFolder);
    } catch (error) {
      if (profileFolder !== null) await rm(profileFolder, { recursive: true, force: true });
      const reason = runtimeReason(error);
      throw options.provider === 'cpu'
        ? new AppError('modelFailed', `ONNX Runtime cannot load the model: ${reason}`, { reason }, error)
        : new AppError(
            'providerUnavailable',
            `The execution provider «${options.provider}» does not work here: ${reason}`,
            { provider: options.provider, reason },
            error,
          );
    }
  }

  /**
   * Runs the model once. Outputs given as tensors are written in place; without `outputs`, all of them are
   * allocated. Throws `AppError` modelFailed.
   */
  async run(
    feeds: Readonly<Record<string, Tensor>>,
    outputs: Readonly<Record<string, Tensor | null>> = {},
  ): Promise<Readonly<Record<string, Tensor>>> {
    try {
      const inputs = mapValues(feeds, (tensor) => this.#tensor(tensor));
      const fetches = mapValues(outputs, (tensor) => (tensor === null ? null : this.#tensor(tensor)));
      const named = Object.keys(fetches).length > 0;
      const results = await (named ? this.#session.run(inputs, fetches) : this.#session.run(inputs));
      return mapValues(results, (value, name) => checkedTensor(name, value));
    } catch (error) {
      if (error instanceof AppError) throw error;
      const reason = runtimeReason(error);
      throw new AppError('modelFailed', `The model does not run: ${reason}`, { reason }, error);
    }
  }

  /** Ends profiling; returns what ran on each provider in the runs so far. */
  async endProfile(): Promise<WorkByProvider> {
    const folder = this.#profileFolder;
    if (folder === null) throw new AppError('internal', 'The session was not opened for profiling.');
    this.#profileFolder = null;
    this.#session.endProfiling();
    try {
      const [file] = await readdir(folder);
      if (file === undefined) throw new AppError('internal', 'ONNX Runtime wrote no profile.');
      return parseProfile(await readFile(join(folder, file), 'utf8'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async release(): Promise<void> {
    if (this.#profileFolder !== null) await this.endProfile();
    await this.#session.release();
  }

  #tensor({ data, shape }: Tensor): Ort.Tensor {
    if (data instanceof Float32Array) return new this.#ort.Tensor('float32', data, shape);
    if (data instanceof Float64Array) return new this.#ort.Tensor('float64', data, shape);
    if (data instanceof BigInt64Array) return new this.#ort.Tensor('int64', data, shape);
    return new this.#ort.Tensor('uint8', data, shape);
  }
}

export async function runtimeVersion(): Promise<string> {
  return (await loadRuntime()).env.versions.node ?? 'unknown';
}

/** Products in float64 by ONNX Runtime's Gemm, on all cores. */
export const ortMatrixProduct: MatrixProduct = ortProductOn({});

export interface ProductPlace {
  /** Of the CPU: one, where each core has a worker of its own; else all cores. */
  readonly threads?: number;
  /** A session of `doubleGemm` to use, on whatever provider it is. */
  readonly session?: Promise<OnnxSession>;
}

/** The same on some threads, or on another provider. */
export function ortProductOn(place: ProductPlace): MatrixProduct {
  let { session } = place;
  return {
    async timesTransposed(a, b, m, n, k, into) {
      checkSizes(a, b, m, n, k, into);
      const out = into?.subarray(0, m * n) ?? new Float64Array(m * n);
      if (m === 0 || n === 0 || k === 0) return out.fill(0);
      session ??= OnnxSession.open(doubleGemm(), {
        provider: 'cpu',
        ...(place.threads === undefined ? {} : { threads: place.threads }),
      });
      await multiply(await session, a, b, { m, n, k }, out);
      return out;
    },
  };
}

function checkSizes(
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  into: Float64Array | undefined,
): void {
  if (!(a.length === m * k && b.length === n * k))
    throw new AppError(
      'numericsInvalid',
      `A product of ${m} × ${k} by (${n} × ${k})ᵀ got ${a.length} and ${b.length} values.`,
      { m, n, k, nFirst: a.length, nSecond: b.length },
    );
  if (into !== undefined && !(into.length >= m * n))
    throw new AppError(
      'numericsInvalid',
      `A product of ${m} × ${n} does not fit into ${into.length} values.`,
      { m, n, nOut: into.length },
    );
}

async function multiply(
  session: OnnxSession,
  a: Float64Array,
  b: Float64Array,
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
  out: Float64Array,
): Promise<void> {
  const scratch = n > blockColumns ? new Float64Array(blockRows * blockColumns) : null;
  for (let column = 0; column < n; column += blockColumns) {
    const columns = Math.min(blockColumns, n - column);
    const B = { data: b.subarray(column * k, (column + columns) * k), shape: [columns, k] };
    for (let row = 0; row < m; row += blockRows) {
      const rows = Math.min(blockRows, m - row);
      const A = { data: a.subarray(row * k, (row + rows) * k), shape: [rows, k] };
      const target = scratch?.subarray(0, rows * columns) ?? out.subarray(row * n, (row + rows) * n);
      await session.run({ A, B }, { Y: { data: target, shape: [rows, columns] } });
      if (scratch === null) continue;
      for (let i = 0; i < rows; i++)
        out.set(target.subarray(i * columns, (i + 1) * columns), (row + i) * n + column);
    }
  }
}

/** 256 × 8192 outputs, 16 MB, stay near the cache; larger blocks lose a third of the speed. */
const blockRows = 256;
const blockColumns = 8192;

/** Errors are thrown as well as logged; warnings speak of models nobody here can change. */
const logOnlyFatal = 4;

let loadingRuntime: Promise<typeof Ort> | undefined;

/** Loads onnxruntime-node at the first use, so that importing this file never fails. */
function loadRuntime(): Promise<typeof Ort> {
  loadingRuntime ??= importRuntime();
  return loadingRuntime;
}

async function importRuntime(): Promise<typeof Ort> {
  try {
    const ort = await import('onnxruntime-node');
    // Read once, at the first session: a provider that is missing is an answer, not an event for the log.
    ort.env.logLevel = 'fatal';
    return ort;
  } catch (error) {
    const platform = `${process.platform}-${process.arch}`;
    const reason = messageOf(error).split('\n')[0]!;
    throw new AppError(
      'nativeModuleMissing',
      `ONNX Runtime does not load on ${platform}, ${process.version}: ${reason}. ` +
        'Install the build of Attribute Lens for this platform, or let «attributeLens.nodePath» name a Node.js 20 or later.',
      { module: 'onnxruntime-node', platform, node: process.version, reason },
      error,
    );
  }
}

/** A · Bᵀ = Y in float64, as a model. */
export function doubleGemm(): Uint8Array {
  const graph = onnxGraph({
    name: 'timesTransposed',
    nodes: [onnxNode('Gemm', ['A', 'B'], ['Y'], { transB: 1 })],
    inputs: [valueInfo('A', 'float64', ['m', 'k']), valueInfo('B', 'float64', ['n', 'k'])],
    outputs: [valueInfo('Y', 'float64', ['m', 'n'])],
  });
  return encodeModel(onnxModel(graph, { opset: 13 }));
}

function checkedTensor(name: string, value: Ort.OnnxValue): Tensor {
  const { data, dims } = value;
  if (
    data instanceof Float32Array ||
    data instanceof Uint8Array ||
    data instanceof Float64Array ||
    data instanceof BigInt64Array
  )
    return { data, shape: dims };
  throw new AppError(
    'modelFailed',
    `The output «${name}» is a tensor of ${value.type}, which is not understood.`,
    {
      output: name,
      type: value.type,
    },
  );
}

/** ONNX Runtime's message without source positions and C++ signatures. */
function runtimeReason(error: unknown): string {
  const text = messageOf(error).replace(/\s+/g, ' ').trim();
  return text.replace(/^\S+\.cc:\d+ .*? was false\. /, '').slice(0, 500);
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
