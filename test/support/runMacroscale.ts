import { inferHere } from '../../src/analyses/inference.ts';
import { runMacroscale } from '../../src/analyses/macroscale.ts';
import type {
  MacroscaleContext,
  MacroscaleInput,
  MacroscaleOptions,
  MacroscaleOutcome,
} from '../../src/analyses/macroscaleOutcome.ts';
import type { AttributeColumn } from '../../src/domain/attributeColumn.ts';
import { DiagnosticLog } from '../../src/domain/diagnostic.ts';
import { plainMatrixProduct } from '../../src/numerics/matrixProduct.ts';

/** Runs the analysis with the options and the context that a test does not care about filled in. */
export function run(
  input: MacroscaleInput,
  options: Partial<MacroscaleOptions>,
  context: Partial<MacroscaleContext> = {},
): Promise<MacroscaleOutcome> {
  return runMacroscale(
    input,
    { ...base, ...options },
    {
      signal: new AbortController().signal,
      product: plainMatrixProduct,
      infer: inferHere,
      diagnostics: new DiagnosticLog(),
      progress: () => undefined,
      ...context,
    },
  );
}

export function column(name: string, values: Int8Array): AttributeColumn {
  return { name, values, rule: { kind: 'binary' } };
}

/** Embeddings of one number each, one person each. */
export function line(xs: readonly number[], values: readonly number[]): MacroscaleInput {
  return points(
    xs.map((x) => [x]),
    values,
  );
}

/** Embeddings as given, one person each, and one attribute. */
export function points(xs: readonly (readonly number[])[], values: readonly number[]): MacroscaleInput {
  return {
    embeddings: { rows: xs.length, dim: xs[0]!.length, data: Float32Array.from(xs.flat()) },
    identities: Int32Array.from(xs, (_, row) => row),
    attributes: [column('x', Int8Array.from(values))],
    images: xs.map((_, row) => `image${row}`),
  };
}

/** n unit vectors at right angles, half of them positive. */
export function simplex(n: number): MacroscaleInput {
  const corners = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, t) => (i === t ? 1 : 0)));
  return points(
    corners,
    corners.map((_, i) => (i % 2 === 0 ? 1 : -1)),
  );
}

const base: MacroscaleOptions = {
  metric: 'cosine',
  selection: 'first',
  maxIdentities: 500,
  sameIdentity: 'exclude',
  repeats: 1,
  permutations: 0,
  bootstraps: 0,
  seed: 1,
};
