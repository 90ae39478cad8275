import { AppError } from '../domain/appError.ts';
import type { Provider } from '../domain/provider.ts';

/** Node executions that a profile saw, by provider. */
export type ProviderShares = Readonly<Partial<Record<Provider | 'other', number>>>;

/** Reads a profile of ONNX Runtime: events of category `Node` carry the provider that ran the node. */
export function parseProfile(json: string): ProviderShares {
  const events: unknown = JSON.parse(json);
  if (!Array.isArray(events))
    throw new AppError('internal', 'The profile of ONNX Runtime is no list of events.');
  const shares: Partial<Record<Provider | 'other', number>> = {};
  for (const event of events as readonly ProfileEvent[]) {
    if (event.cat !== 'Node' || typeof event.args?.provider !== 'string') continue;
    const provider = providersByRuntimeName[event.args.provider] ?? 'other';
    shares[provider] = (shares[provider] ?? 0) + 1;
  }
  return shares;
}

/** Part of all node executions, 0..1, that ran on `provider`; 0 where the profile saw none at all. */
export function nodeShare(shares: ProviderShares, provider: Provider): number {
  const total = Object.values(shares).reduce((sum, count) => sum + count, 0);
  return total > 0 ? (shares[provider] ?? 0) / total : 0;
}

interface ProfileEvent {
  readonly cat?: unknown;
  readonly args?: { readonly provider?: unknown };
}

const providersByRuntimeName: Readonly<Record<string, Provider>> = {
  CPUExecutionProvider: 'cpu',
  CUDAExecutionProvider: 'cuda',
  TensorrtExecutionProvider: 'tensorrt',
  WebGpuExecutionProvider: 'webgpu',
  DmlExecutionProvider: 'dml',
  CoreMLExecutionProvider: 'coreml',
};
