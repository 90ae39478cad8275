import type { DiscriminativeResult } from '../src/protocol/report.ts';

/** How well a linear classifier reads the attributes off the shown model's embeddings. */
export interface DiscriminativeView {
  readonly result: DiscriminativeResult;
}

export function viewDiscriminative(result: DiscriminativeResult): DiscriminativeView {
  return { result };
}
