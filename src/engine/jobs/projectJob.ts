import { basename } from 'node:path';
import * as paths from 'node:path';
import { projectEmbeddings } from '../../analyses/projection.ts';
import type { AttributeColumn } from '../../domain/attributeColumn.ts';
import { AppError } from '../../domain/appError.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import type { JobContext } from '../../domain/progress.ts';
import { version } from '../../domain/version.ts';
import { ortMatrixProduct } from '../../models/onnxRuntime.ts';
import { ortSingleProduct } from '../../models/onnxSingleProduct.ts';
import { SeededRandom } from '../../numerics/random.ts';
import { sampleIndices } from '../../numerics/sampleIndices.ts';
import { defaultEpochs } from '../../numerics/umap/layout.ts';
import { jobOfRecord } from '../../protocol/jobRecord.ts';
import type { AnalyzeJob, JobResult } from '../../protocol/jobs.ts';
import { type ModelProjection, type Projection, projectionVersion } from '../../protocol/projectionSchema.ts';
import type { Report } from '../../protocol/report.ts';
import type { ProjectJob } from '../../protocol/reportJobs.ts';
import { imagesOfPerson, type NumberColumn } from '../projection/measuredNumbers.ts';
import { projectedAttributes } from '../projection/projectedAttributes.ts';
import { openProjectionInput, type ProjectionInput } from '../projection/projectionInput.ts';
import { rowMeasures } from '../projection/rowMeasures.ts';
import { roundedNumbers, writeProjection } from '../projection/writeProjection.ts';
import { libraryVersions } from './libraryVersions.ts';
import { readReportFile } from './readReportFile.ts';

/**
 * The embeddings of a report in two dimensions, by PCA and UMAP, with each one's nearest: a file beside the report.
 * Embeddings are read from where the analysis put them; no model and no detector is opened.
 * @throws AppError usage for a report of no analysis of embeddings, embeddingsInvalid where too few are left, and
 * whatever opening the data set throws.
 */
export async function runProjectJob(job: ProjectJob, context: JobContext): Promise<JobResult> {
  const report = await readReportFile(job.report);
  const recorded = analysisOf(report, job);
  const input = await openProjectionInput(report, recorded, context);
  try {
    const projection = await projected(report, recorded, input, job, context);
    context.progress({ phase: 'write', done: 0, total: 1, item: job.out });
    await writeProjection(job.out, projection);
    context.progress({ phase: 'write', done: 1, total: 1, item: job.out });
  } finally {
    input.close();
  }
  return { kind: 'project', projection: job.out };
}

function analysisOf(report: Report, job: ProjectJob): AnalyzeJob {
  const recorded = jobOfRecord(report.inputs.job, job.report, job.storeFolder, paths);
  if (recorded.kind === 'analyze') return recorded;
  throw new AppError(
    'usage',
    `${basename(job.report)} is no analysis of embeddings of images, so that there is nothing to project. Choose a report of the macroscale or of verification.`,
    { report: job.report },
  );
}

async function projected(
  report: Report,
  recorded: AnalyzeJob,
  input: ProjectionInput,
  job: ProjectJob,
  context: JobContext,
): Promise<Projection> {
  const { table } = input;
  const nImages = table.images.length;
  if (!(nImages >= leastPoints)) throw tooFew(nImages, job);
  const { dataset } = report.inputs;
  const nMissing = Math.max(0, dataset.nImages - nImages);
  if (nMissing > 0) {
    context.log('warning', `${nMissing} images of the report are left out: their embeddings are not stored.`);
  }
  const numbers = await allNumbers(input, context);
  const attributes = projectedAttributes(report, table, numbers, recorded);
  const random = new SeededRandom(job.seed).fork('points of the projection');
  const rows = Array.from(sampleIndices(nImages, job.maxPoints, random));
  return {
    schema: 'attribute-lens.projection',
    version: projectionVersion,
    createdBy: { name: 'attribute-lens', version },
    report: basename(job.report),
    datasetDigest: dataset.digest,
    options: {
      maxPoints: job.maxPoints,
      neighbours: job.neighbours,
      minDistance: job.minDistance,
      epochs: defaultEpochs(rows.length),
      seed: job.seed,
      libraries: await libraryVersions(),
    },
    nImages,
    nMissing,
    points: pointsOf(table, rows),
    attributes: attributes.map(({ name, values }) => ({ name, codes: codesOf(values, rows) })),
    numbers: numbers.map(({ name, values }) => ({
      name,
      values: rows.map((row) => (Number.isFinite(values[row]) ? Number(values[row]!.toPrecision(4)) : null)),
    })),
    models: await projectedModels(input, rows, job, context),
  };
}

const leastPoints = 3;

async function allNumbers(
  { table, models, numbers }: ProjectionInput,
  { signal }: JobContext,
): Promise<readonly NumberColumn[]> {
  const all = [...numbers, ...imagesOfPerson(table)];
  for (const { input, vectors } of models) {
    const name = (measure: string) => (models.length === 1 ? measure : `${measure} of ${input.name}`);
    all.push(...(await rowMeasures(vectors, table.identities, input.metric, name, signal)));
  }
  return all;
}

async function projectedModels(
  { models }: ProjectionInput,
  rows: readonly number[],
  { neighbours, minDistance, seed }: ProjectJob,
  { signal, progress }: JobContext,
): Promise<ModelProjection[]> {
  const singleProduct = ortSingleProduct();
  const total = stepsPerModel * models.length;
  const done: ModelProjection[] = [];
  for (const { input, vectors } of models) {
    const { name: model, sha256, metric } = input;
    const before = done.length * stepsPerModel;
    const {
      umap,
      pca,
      neighbours: nearest,
    } = await projectEmbeddings(
      { rows: rows.length, dim: vectors.dim, data: vectors.read(rows) },
      { metric, neighbours, minDistance, seed },
      {
        signal,
        product: ortMatrixProduct,
        singleProduct,
        progress: (share) =>
          progress({
            phase: 'analyze',
            done: before + Math.floor(stepsPerModel * share),
            total,
            item: model,
          }),
      },
    );
    done.push({
      model,
      sha256,
      metric,
      umap: { x: roundedNumbers(umap.x, 5), y: roundedNumbers(umap.y, 5) },
      pca: {
        x: roundedNumbers(pca.x, 4),
        y: roundedNumbers(pca.y, 4),
        explained: [shareOf(pca.explained[0]), shareOf(pca.explained[1])],
      },
      neighbours: writtenNeighbours(nearest.k, nearest.index, nearest.distance),
    });
  }
  return done;
}

const stepsPerModel = 1000;

function shareOf(explained: number): number {
  return Number(explained.toPrecision(5));
}

/** Whoever looks at a point's neighbours looks at a few: fourteen of 50,000 points would be half of the file. */
const mostNeighbours = 8;

function writtenNeighbours(
  k: number,
  index: Int32Array,
  distance: Float64Array,
): ModelProjection['neighbours'] {
  const kept = Math.min(k, mostNeighbours);
  const isKept = (_: number, at: number): boolean => at % k < kept;
  return {
    k: kept,
    index: Array.from(index.filter(isKept)),
    distance: roundedNumbers(distance.filter(isKept), 4),
  };
}

/** People are numbered anew, in order of appearance: most of a large data set may have no point. */
function pointsOf({ images, identities }: DatasetTable, rows: readonly number[]): Projection['points'] {
  const numbers = new Map<number, number>();
  const own = rows.map((row) => {
    const identity = identities.index[row]!;
    const number = numbers.get(identity) ?? numbers.size;
    numbers.set(identity, number);
    return number;
  });
  return {
    images: rows.map((row) => images[row]!),
    identities: own,
    identityNames: Array.from(numbers.keys(), (identity) => identities.names[identity]!),
  };
}

function codesOf(values: AttributeColumn['values'], rows: readonly number[]): string {
  return rows.map((row) => (values[row]! > 0 ? '+' : values[row]! < 0 ? '-' : '?')).join('');
}

function tooFew(nImages: number, { report }: ProjectJob): AppError {
  return new AppError(
    'embeddingsInvalid',
    `Only ${nImages} embeddings of ${basename(report)} are left; a projection needs ${leastPoints}. Run the analysis again, then project.`,
    { nImages, report },
  );
}
