import type { ReportFile } from './readComparison.ts';
import { reportSectionNames, type ReportSectionName } from './reportSections.ts';
import type { Report } from './report.ts';

/** What a list of reports says of each. */
export interface ReportEntry {
  readonly file: string;
  readonly kind: 'report' | 'comparison';
  readonly dataset: string;
  readonly models: readonly string[];
  readonly finished: string;
  /** Of a report: its parts that hold something. */
  readonly sections: readonly ReportSectionName[];
}

/** A report or a comparison in a few words. */
export function reportEntry(file: string, content: ReportFile): ReportEntry {
  if (content.kind === 'comparison') {
    const { sides } = content.comparison;
    return {
      file,
      kind: 'comparison',
      dataset: [...new Set(sides.map(({ inputs }) => inputs.dataset.name))].join(' → '),
      models: [...new Set(sides.flatMap(({ inputs }) => inputs.models.map(({ name }) => name)))],
      finished: sides
        .map(({ finished }) => finished)
        .sort()
        .at(-1)!,
      sections: [],
    };
  }
  const { inputs, times } = content.report;
  return {
    file,
    kind: 'report',
    dataset: inputs.dataset.name,
    models: inputs.models.map(({ name }) => name),
    finished: times.finished,
    sections: reportSectionNames.filter((section) => holds(content.report, section)),
  };
}

function holds({ results }: Report, section: ReportSectionName): boolean {
  switch (section) {
    case 'overview':
    case 'run':
      return true;
    case 'macroscale':
      return results.macroscale.length > 0;
    case 'modelComparisons':
      return results.comparisons.length > 0;
    case 'microscale':
      return results.microscale.length > 0;
    case 'verification':
      return results.verification.length > 0;
    case 'discriminative':
      return results.discriminative.length > 0;
    case 'data':
      return results.attributes.length > 0;
  }
}
