import {
  runVerification,
  type VerificationContext,
  type VerificationInput,
  type VerificationOptions,
} from '../../src/analyses/verification.ts';
import type { VerificationOutcome } from '../../src/analyses/verificationOutcome.ts';
import { DiagnosticLog } from '../../src/domain/diagnostic.ts';
import { plainMatrixProduct } from '../../src/numerics/matrixProduct.ts';

/** Verifies with the options and the context that a test does not care about filled in. */
export function verify(
  input: VerificationInput,
  options: Partial<VerificationOptions> = {},
  context: Partial<VerificationContext> = {},
): Promise<VerificationOutcome> {
  return runVerification(
    input,
    { metric: 'euclidean', seed: 1, ...options },
    {
      signal: new AbortController().signal,
      product: plainMatrixProduct,
      diagnostics: new DiagnosticLog(),
      progress: () => undefined,
      ...context,
    },
  );
}

/** Embeddings of one number each, and who each image is of. */
export function peopleOnLine(xs: readonly number[], identities: readonly number[]): VerificationInput {
  return {
    embeddings: { rows: xs.length, dim: 1, data: Float32Array.from(xs) },
    identities: Int32Array.from(identities),
    identitiesKnown: true,
    images: xs.map((_, row) => `image${row}`),
    attributes: [],
    pairs: null,
  };
}
