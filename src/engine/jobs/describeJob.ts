import * as paths from 'node:path';
import { type QualityStepCount, selectQualitySubset } from '../../analyses/qualitySubset.ts';
import { openDataset } from '../../datasets/openDataset.ts';
import { AppError } from '../../domain/appError.ts';
import { type DatasetTable, selectRows } from '../../domain/datasetTable.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { version } from '../../domain/version.ts';
import { jobRecord } from '../../protocol/jobRecord.ts';
import type { DescribeJob, JobResult } from '../../protocol/jobs.ts';
import { type DatasetInput, type Report, reportVersion } from '../../protocol/report.ts';
import { datasetInput, datasetResults, datasetSource } from './datasetReport.ts';
import { emptyResults, unusedOptions } from './emptyResults.ts';
import { checkExpressions, withMadeAttributes } from './madeAttributes.ts';
import { PhaseClock } from './phaseClock.ts';
import { writeReport } from './writeReport.ts';

/**
 * The data set alone, from all rows of its annotations: no image is read, and none has to be on disk. Ends with a
 * report file. Throws what the readers throw, `annotationsInvalid` where neither people nor attributes are known,
 * and `dataSetEmpty` where nobody has enough images.
 */
export async function runDescribeJob(job: DescribeJob, outer: JobContext): Promise<JobResult> {
  const clock = new PhaseClock();
  const context = { ...outer, progress: clock.watch((update) => outer.progress(update)) };
  const diagnostics = new DiagnosticLog();
  checkExpressions(job);
  const { table, subset, source } = await openAnnotations(job, context, diagnostics);
  context.progress({ phase: 'analyze', done: 0, total: 1, item: table.name });
  const results = datasetResults(table, job);
  context.progress({ phase: 'analyze', done: 1, total: 1, item: table.name });
  context.progress({ phase: 'write', done: 0, total: 1, item: job.report });
  const times = clock.finish();
  const report: Report = {
    schema: 'attribute-lens.report',
    version: reportVersion,
    createdBy: { name: 'attribute-lens', version },
    inputs: {
      dataset: datasetInput(
        table,
        table.images.map(() => null),
        subset,
        job.report,
        source,
      ),
      models: [],
      lattice: null,
      options: {
        ...unusedOptions,
        interEntropyBandwidth: job.interEntropyBandwidth,
        combinations: job.combinations,
        pairwiseValues: job.pairwiseValues,
        minImages: job.minImages,
      },
      seed: job.seed,
      job: jobRecord(job, paths),
      products: null,
      libraries: {},
    },
    results: { ...emptyResults, ...results },
    diagnostics: diagnostics.toArray().map((diagnostic) => ({ ...diagnostic, items: [...diagnostic.items] })),
    times,
  };
  await writeReport(job.report, report);
  context.progress({ phase: 'write', done: 1, total: 1, item: job.report });
  return { kind: 'describe', report: job.report };
}

interface Described {
  readonly table: DatasetTable;
  readonly subset: readonly QualityStepCount[];
  readonly source: DatasetInput['source'];
}

async function openAnnotations(
  job: DescribeJob,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<Described> {
  const { signal } = context;
  const opened = await openDataset({
    data: job.data,
    annotations: job.annotations,
    requireImages: false,
    signal,
    onProgress: (done, total, item) => context.progress({ phase: 'scan', done, total, item }),
  });
  diagnostics.addAll(opened.diagnostics);
  const { name, kind, images, attributes, identities } = opened;
  context.log('info', `${name}: ${kind}, ${images.length} images, ${attributes.length} attributes.`);
  if (attributes.length === 0) {
    if (!identities.known) throw nothingKnown(job.data);
    diagnostics.add('dataSetNote', 'There are no annotations of attributes, and no image is opened for any.');
  }
  const { table, subset } = await withEnoughImages(opened, job, signal, diagnostics);
  const source = datasetSource(
    opened,
    opened.images.map(() => null),
  );
  return { table: withMadeAttributes(table, job, diagnostics), subset, source };
}

/** Only identities with enough images, where that is asked for. */
async function withEnoughImages(
  table: DatasetTable,
  { minImages, data }: DescribeJob,
  signal: AbortSignal,
  diagnostics: DiagnosticLog,
): Promise<Omit<Described, 'source'>> {
  if (minImages === 1) return { table, subset: [] };
  const { identities, images } = table;
  if (!identities.known) {
    throw new AppError(
      'dataSetEmpty',
      `Nobody in ${data} has ${minImages} images: it names no identities, so each image counts as a person of its own. Set minImages to 1, or add the identities.`,
      { data, minImages },
    );
  }
  const { rows, steps } = await selectQualitySubset(
    {
      identities: identities.index,
      identityNames: identities.names,
      images,
      faceCounts: null,
      embeddings: null,
    },
    { minImages, metric: 'cosine' },
    { signal, diagnostics, progress: () => undefined },
  );
  if (rows.length === 0) {
    throw new AppError(
      'dataSetEmpty',
      `Nobody in ${data} has ${minImages} images or more. Set minImages lower.`,
      { data, minImages },
    );
  }
  const nLost = images.length - rows.length;
  if (nLost > 0) diagnostics.add('imagesTooFew', undefined, nLost);
  return { table: selectRows(table, rows), subset: steps };
}

function nothingKnown(data: string): AppError {
  return new AppError(
    'annotationsInvalid',
    `${data} says nothing about attributes or people: there are no annotations, and no folder for each person. Pass the folder of the annotations, or a table.`,
    { data },
  );
}
