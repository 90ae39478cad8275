import { AppError } from '../domain/appError.ts';
import type { Provider } from '../domain/provider.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { SeededRandom } from '../numerics/random.ts';
import { type SingleMatrixProduct, singleRounding } from '../numerics/singleMatrixProduct.ts';
import { doubleGemm, OnnxSession, ortMatrixProduct, ortProductOn } from './onnxRuntime.ts';
import { ortSingleProduct, singleGemm } from './onnxSingleProduct.ts';
import { nodeShares } from './providerProfile.ts';
import { timeRuns } from './timeRuns.ts';

/** Where matrix products of one precision run, and how that is known. */
export interface ProductRecord {
  readonly ran: Provider;
  /** From the CPU's, among the products of a probe of unit vectors; `null` where the CPU runs them. */
  readonly largestDifference: number | null;
  /** Why another provider does not run them; `null` where none was tried. */
  readonly refused: string | null;
}

export interface DeviceProducts {
  readonly double: MatrixProduct;
  readonly single: SingleMatrixProduct;
  readonly record: { readonly double: ProductRecord; readonly single: ProductRecord };
  release(): Promise<void>;
}

/** Of the probe: as large as the blocks of the analyses, with the width of usual embeddings. */
const probe = { m: 512, n: 2048, k: 512 } as const;

/**
 * What an element may differ from the CPU's, for unit vectors: in float64 what sums in another order give; in float32
 * the bound that the analyses rely on (`singleRounding`), which products with shortened factors (TF32) do not keep.
 */
const tolerance = {
  double: 1e-12,
  single: (2 * probe.k * singleRounding) / (1 - probe.k * singleRounding),
} as const;

/**
 * Matrix products on the provider that ran the model, where a profile saw them there, they agree with the CPU's, and
 * are faster there; each precision by itself. Else on the CPU, and the record says why.
 */
export async function openDeviceProducts(provider: Provider): Promise<DeviceProducts> {
  const cpu = { double: ortMatrixProduct, single: ortSingleProduct() };
  const onCpu = (refused: string | null): ProductRecord => ({ ran: 'cpu', largestDifference: null, refused });
  if (provider === 'cpu') {
    const record = { double: onCpu(null), single: onCpu(null) };
    return { ...cpu, record, release: () => Promise.resolve() };
  }
  const double = await proveProduct(doubleCandidate(cpu.double), provider);
  const single = await proveProduct(singleCandidate(cpu.single), provider);
  return {
    double: double.isTaken ? double.product : cpu.double,
    single: single.isTaken ? single.product : cpu.single,
    record: {
      double: double.isTaken ? double.record : onCpu(double.reason),
      single: single.isTaken ? single.record : onCpu(single.reason),
    },
    release: async () => {
      for (const one of [double, single]) if (one.isTaken) await one.session.release();
    },
  };
}

/** A product in one precision, as a probe needs it. */
export interface ProductCandidate<Product> {
  readonly model: Uint8Array;
  readonly tolerance: number;
  readonly cpu: Product;
  readonly on: (session: Promise<OnnxSession>) => Product;
  /** The products of the probe. */
  readonly run: (product: Product) => Promise<Float64Array | Float32Array>;
}

export type ProductOutcome<Product> =
  | {
      readonly isTaken: true;
      readonly product: Product;
      readonly session: Pick<OnnxSession, 'release'>;
      readonly record: ProductRecord;
    }
  | { readonly isTaken: false; readonly reason: string };

type ProvenOnDevice = Pick<OnnxSession, 'run' | 'endProfile' | 'release'>;

/** @param open opens the session; only tests give another. @param now milliseconds; only tests give another. */
export async function proveProduct<Product>(
  candidate: ProductCandidate<Product>,
  provider: Provider,
  open: (model: Uint8Array) => Promise<ProvenOnDevice> = (model) =>
    OnnxSession.open(model, { provider, profile: true }),
  now: () => number = () => performance.now(),
): Promise<ProductOutcome<Product>> {
  let session: ProvenOnDevice;
  try {
    session = await open(candidate.model);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { isTaken: false, reason: error.message };
  }
  const product = candidate.on(Promise.resolve(session as OnnxSession));
  const reason = await judge();
  if (typeof reason === 'string') {
    await session.release();
    return { isTaken: false, reason };
  }
  return {
    isTaken: true,
    product,
    session,
    record: { ran: provider, largestDifference: reason, refused: null },
  };

  /** The largest difference, or why the product is not taken. */
  async function judge(): Promise<string | number> {
    try {
      const theirs = Float64Array.from(await candidate.run(product));
      if (!(nodeShares(await session.endProfile(), provider).nodeShare > 0))
        return `the profile saw no product on ${provider}.`;
      const ours = Float64Array.from(await candidate.run(candidate.cpu));
      const largest = ours.reduce((most, x, i) => Math.max(most, Math.abs(x - theirs[i]!)), 0);
      if (!(largest <= candidate.tolerance))
        return `its products differ from the CPU's by ${largest.toExponential(1)}.`;
      const device = await timeRuns(() => candidate.run(product), 1, now);
      const cpu = await timeRuns(() => candidate.run(candidate.cpu), 1, now);
      const gain = device.imagesPerSecond / cpu.imagesPerSecond;
      return gain > 1 ? largest : `it is slower here: ${gain.toPrecision(2)} of the CPU's speed.`;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error.message;
    }
  }
}

export function doubleCandidate(cpu: MatrixProduct): ProductCandidate<MatrixProduct> {
  const { m, n, k } = probe;
  const [a, b] = [unitRows(m, k, 'a'), unitRows(n, k, 'b')];
  const out = new Float64Array(m * n);
  return {
    model: doubleGemm(),
    tolerance: tolerance.double,
    cpu,
    on: (session) => ortProductOn({ session }),
    run: (product) => product.timesTransposed(a, b, m, n, k, out),
  };
}

export function singleCandidate(cpu: SingleMatrixProduct): ProductCandidate<SingleMatrixProduct> {
  const { m, n, k } = probe;
  const [a, b] = [Float32Array.from(unitRows(m, k, 'a')), Float32Array.from(unitRows(n, k, 'b'))];
  const out = new Float32Array(m * n);
  return {
    model: singleGemm(),
    tolerance: tolerance.single,
    cpu,
    on: (session) => ortSingleProduct({ session }),
    run: async (product) => {
      await product.timesTransposed(a, b, m, n, k, out);
      return out;
    },
  };
}

function unitRows(rows: number, dim: number, label: string): Float64Array {
  const random = new SeededRandom(1).fork(label);
  const data = Float64Array.from({ length: rows * dim }, () => random.nextNormal());
  for (let row = 0; row < rows; row++) {
    const vector = data.subarray(row * dim, (row + 1) * dim);
    const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
    for (let i = 0; i < dim; i++) vector[i]! /= norm;
  }
  return data;
}
