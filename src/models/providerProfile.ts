import { AppError } from '../domain/appError.ts';
import type { Provider } from '../domain/provider.ts';

/** What a profile saw of the nodes of one provider. */
export interface NodeWork {
  readonly executions: number;
  /** Of the thread that runs the graph: a device may work on while the next node is handed to it. */
  readonly micros: number;
}

export type WorkByProvider = Readonly<Partial<Record<Provider | 'other', NodeWork>>>;

/** Parts of one provider in all nodes, 0..1. */
export interface NodeShares {
  /** Of the executions. */
  readonly nodeShare: number;
  /** Of the time. */
  readonly nodeTimeShare: number;
}

/** Reads a profile of ONNX Runtime: events of category `Node` carry the provider that ran the node. */
export function parseProfile(json: string): WorkByProvider {
  const events: unknown = JSON.parse(json);
  if (!Array.isArray(events))
    throw new AppError('internal', 'The profile of ONNX Runtime is no list of events.');
  const work: Partial<Record<Provider | 'other', NodeWork>> = {};
  for (const event of events as readonly ProfileEvent[]) {
    if (event.cat !== 'Node' || typeof event.args?.provider !== 'string') continue;
    const provider = providersByRuntimeName[event.args.provider] ?? 'other';
    const { executions, micros } = work[provider] ?? noWork;
    // A node may take less than the unit of the profile; it took some time all the same.
    const duration = typeof event.dur === 'number' ? Math.max(event.dur, 1) : 1;
    work[provider] = { executions: executions + 1, micros: micros + duration };
  }
  return work;
}

/** The parts of `provider`; 0 where the profile saw no node at all. */
export function nodeShares(work: WorkByProvider, provider: Provider): NodeShares {
  const ours = work[provider] ?? noWork;
  const share = (of: (one: NodeWork) => number): number =>
    of(ours) /
    Math.max(
      1,
      Object.values(work).reduce((total, one) => total + of(one), 0),
    );
  return { nodeShare: share(({ executions }) => executions), nodeTimeShare: share(({ micros }) => micros) };
}

/** «98 % of its nodes, 99 % of their time» */
export function sharesInWords({ nodeShare, nodeTimeShare }: NodeShares): string {
  return `${Math.round(100 * nodeShare)} % of its nodes, ${Math.round(100 * nodeTimeShare)} % of their time`;
}

const noWork: NodeWork = { executions: 0, micros: 0 };

interface ProfileEvent {
  readonly cat?: unknown;
  /** Microseconds. */
  readonly dur?: unknown;
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
