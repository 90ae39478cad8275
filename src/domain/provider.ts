/** Execution providers of ONNX Runtime. */
export const providers = ['cpu', 'cuda', 'tensorrt', 'webgpu', 'dml', 'coreml'] as const;
export type Provider = (typeof providers)[number];

export const requestedProviders = ['auto', ...providers] as const;
export type RequestedProvider = (typeof requestedProviders)[number];

/** What really ran a model, and how that is known. */
export interface ProviderRecord {
  readonly requested: RequestedProvider;
  readonly ran: Provider;
  /** Share of the graph's nodes, 0..1, that a profile of the first batch saw on `ran`. */
  readonly nodeShare: number;
  /** Their share of the time that the profile gives to all nodes; `null` in reports of before it was kept. */
  readonly nodeTimeShare: number | null;
  /** Smallest cosine to the CPU's embeddings in the first batch; `null` where the CPU itself ran. */
  readonly agreement: number | null;
  /** Providers tried before, and why each did not run. */
  readonly refused: readonly { readonly provider: Provider; readonly reason: string }[];
}

/**
 * The power of ten within which embeddings agree with the CPU's, by their smallest cosine; −7 at the least, since
 * cosines of float32 embeddings are known to about that.
 */
export function agreementExponent(cosine: number): number {
  return Math.max(-7, Math.ceil(Math.log10(Math.max(1 - cosine, 1e-7)) - 1e-9));
}
