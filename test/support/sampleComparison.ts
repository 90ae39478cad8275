import { posix } from 'node:path';
import { compareReports } from '../../src/engine/comparison/compareReports.ts';
import { type Comparison, comparisonSchema } from '../../src/protocol/comparisonSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import { sampleReport, type SampleOptions } from './sampleReport.ts';

/** Two reports of other models and other people in `/study/attribute-lens`, compared there. */
export function sampleComparison(options: SampleOptions = {}): Comparison {
  const before = sampleReport({ nAttributes: 40, verification: true, microscale: true, ...options });
  const after = sampleReport({ nAttributes: 40, verification: true, microscale: true, seed: 2, ...options });
  return compared(before, { ...after, inputs: { ...after.inputs, options: changedOptions(after) } });
}

/** Checked against its schema, as writing it does. */
export function compared(
  before: Report,
  after: Report,
  files: readonly [before: string, after: string] = ['before', 'after'],
): Comparison {
  const folder = '/study/attribute-lens';
  const fileOf = (name: string) => `${folder}/${name}.attrlens.json`;
  const comparison = compareReports(
    { file: fileOf(files[0]), report: before },
    { file: fileOf(files[1]), report: after },
    fileOf('comparison'),
    posix,
  );
  return comparisonSchema.parse(comparison);
}

function changedOptions({ inputs: { options } }: Report): Report['inputs']['options'] {
  return { ...options, maxIdentities: 400, bootstraps: 500 };
}
