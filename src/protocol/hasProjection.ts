import type { Report } from './report.ts';

/** Whether the report has embeddings that could be projected. */
export function hasProjection({ inputs, results }: Report): boolean {
  return inputs.models.length > 0 && (inputs.lattice === null || results.macroscale.length > 0);
}
