import { readCurveFile } from '../../datasets/curveFile.ts';
import { openDataset } from '../../datasets/openDataset.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { InvarianceJob } from '../../protocol/microscaleJobs.ts';
import type { RecordedJob } from '../../protocol/jobRecord.ts';
import type { DatasetInput } from '../../protocol/report.ts';
import { datasetSource } from './datasetReport.ts';
import { curveImageTable } from './imageTable.ts';
import { digestedImages, openImages } from './openImages.ts';

/** Whoever only looks leaves the disk to those who work. */
const filesInFlight = 2;

/**
 * What a report of this job would say now of its data set as it is found; `null` for a job that reads no images.
 * Content that was digested before is not read again. Throws what the readers throw.
 */
export function sourceAsOfNow(
  job: RecordedJob,
  storeFolder: string,
  context: JobContext,
): Promise<DatasetInput['source']> {
  switch (job.kind) {
    case 'analyze':
      return job.embeddings === null
        ? sourceOfImages({ ...job, storeFolder }, context)
        : sourceOfAnnotations(job, context);
    case 'describe':
      return sourceOfAnnotations(job, context);
    case 'invariance':
      return sourceOfLattice(job, storeFolder, context);
    case 'validateEnergy':
      return Promise.resolve(null);
  }
}

function sourceOfLattice(
  job: InvarianceJob,
  storeFolder: string,
  context: JobContext,
): Promise<DatasetInput['source']> {
  switch (job.lattice.kind) {
    case 'augmented':
      return sourceOfImages({ ...job, storeFolder }, context);
    case 'table':
      return sourceOfCurves(job.lattice.file, storeFolder, context);
    case 'stencils':
      return Promise.resolve(null);
  }
}

interface Place {
  readonly data: string;
  readonly annotations: string | null;
  readonly storeFolder: string;
}

async function sourceOfImages(place: Place, context: JobContext): Promise<DatasetInput['source']> {
  const { table, keys } = await openImages({ ...place, filesInFlight }, context, new DiagnosticLog());
  return datasetSource(table, keys);
}

async function sourceOfAnnotations(
  { data, annotations }: Omit<Place, 'storeFolder'>,
  context: JobContext,
): Promise<DatasetInput['source']> {
  const table = await openDataset({
    data,
    annotations,
    requireImages: false,
    signal: context.signal,
    onProgress: (done, total, item) => context.progress({ phase: 'scan', done, total, item }),
  });
  return datasetSource(
    table,
    table.images.map(() => null),
  );
}

async function sourceOfCurves(
  file: string,
  storeFolder: string,
  context: JobContext,
): Promise<DatasetInput['source']> {
  const { curves, points } = await readCurveFile(file, context.signal);
  if (points.kind === 'embeddings') return null;
  const { root, images } = points;
  const opened = await digestedImages(
    curveImageTable(curves, root, images),
    { data: root, storeFolder, filesInFlight },
    context,
    new DiagnosticLog(),
  );
  return datasetSource(opened.table, opened.keys);
}
