import type { Report } from '../src/protocol/report.ts';

/** The data set alone: what annotations say, whatever a model makes of it. */
export interface DataView {
  readonly report: Report;
}

/** Whether the report says anything of its data set. */
export function hasData({ results }: Report): boolean {
  return results.attributes.length > 0 || results.people !== null || results.associations.length > 0;
}

export function viewData(report: Report): DataView {
  return { report };
}
