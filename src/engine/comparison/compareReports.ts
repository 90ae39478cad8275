import { version } from '../../domain/version.ts';
import { type Comparison, type ComparisonPair, comparisonVersion } from '../../protocol/comparisonSchema.ts';
import { type RecordPaths, relativePath } from '../../protocol/jobRecord.ts';
import type { Report } from '../../protocol/report.ts';
import { changedInputs, type Origin } from './changedInputs.ts';
import { type ComparedPair, hasOneMetric, pairOf, whereBoth } from './comparedPair.ts';
import { correlationOf, macroscaleRows, microscaleRows, verificationRows } from './comparedRows.ts';
import { comparisonNotes } from './comparisonNotes.ts';
import { pairModels } from './matchModels.ts';

/** A report and the absolute path of its file. */
export interface ComparedReport {
  readonly file: string;
  readonly report: Report;
}

/**
 * Two reports side by side: each model of the first with each of the second, attributes matched by name.
 * @param file the comparison to be written: absolute, as paths in it are relative to its folder.
 */
export function compareReports(
  before: ComparedReport,
  after: ComparedReport,
  file: string,
  paths: RecordPaths,
): Comparison {
  const folder = paths.dirname(file);
  const pairs = pairModels(before.report.inputs.models, after.report.inputs.models).map(([one, other]) =>
    pairOf(one, other, before.report, after.report),
  );
  const compared = pairs.map(comparisonPair);
  return {
    schema: 'attribute-lens.comparison',
    version: comparisonVersion,
    createdBy: { name: 'attribute-lens', version },
    sides: [side(before, folder, paths), side(after, folder, paths)],
    changes: changedInputs(seenFrom(folder, before, paths), seenFrom(folder, after, paths)),
    pairs: compared,
    notes: comparisonNotes(before.report, after.report, pairs, compared),
  };
}

function comparisonPair(pair: ComparedPair): ComparisonPair {
  const { before, after } = pair;
  const macroscale = whereBoth(pair.macroscale, macroscaleRows) ?? [];
  return {
    before: before.name,
    after: after.name,
    metricsAgree: [pair.macroscale, pair.microscale, pair.verification].every(hasOneMetric),
    macroscale,
    macroscaleCorrelation: correlationOf(macroscale),
    neighbours: whereBoth(pair.microscale, (one, other) => [one.neighbours, other.neighbours]),
    microscale: whereBoth(pair.microscale, microscaleRows) ?? [],
    verification: whereBoth(pair.verification, verificationRows) ?? [],
  };
}

function side({ file, report }: ComparedReport, folder: string, paths: RecordPaths) {
  return {
    file: relativePath(folder, file, paths),
    inputs: report.inputs,
    finished: report.times.finished,
  };
}

/** Its paths relative to `folder`, so that those of reports in different folders can be compared. */
function seenFrom(folder: string, { file, report }: ComparedReport, paths: RecordPaths): Origin {
  const own = paths.dirname(file);
  const moved = (path: string) => relativePath(folder, paths.resolve(own, path), paths);
  const { dataset, models, ...rest } = report.inputs;
  return {
    createdBy: report.createdBy,
    inputs: {
      ...rest,
      dataset: {
        ...dataset,
        root: moved(dataset.root),
        annotationFile: dataset.annotationFile && moved(dataset.annotationFile),
      },
      models: models.map((model) => ({ ...model, file: model.file && moved(model.file) })),
    },
  };
}
