import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openDataset } from '../../datasets/openDataset.ts';
import { AppError, messageOf } from '../../domain/appError.ts';
import { type DatasetTable, selectRows } from '../../domain/datasetTable.ts';
import type { JobContext } from '../../domain/progress.ts';
import { decodedBatches } from '../../embedding/decodeAhead.ts';
import { fileDecoder } from '../../embedding/fileDecoders.ts';
import { eigenfacesPixels, eigenfacesSide, trainEigenfaces } from '../../models/eigenfaces.ts';
import { encodeEigenfaces } from '../../models/eigenfacesGraph.ts';
import { ortMatrixProduct } from '../../models/onnxRuntime.ts';
import type { BaselineJob, JobResult } from '../../protocol/jobs.ts';
import { maxTrainingImages, trainingRows } from './trainingRows.ts';

/**
 * Learns eigenfaces, or fisherfaces where identities are known, from a data set and writes them as `.onnx`.
 * Images that cannot be decoded are left out, counted and named in the log.
 * @throws AppError notEnoughIdentities for fewer than two readable images, writeFailed, cancelled, and whatever
 * `openDataset` and `trainEigenfaces` throw.
 */
export async function runBaselineJob(job: BaselineJob, context: JobContext): Promise<JobResult> {
  const { signal } = context;
  const scan = (done: number, total: number, item: string) =>
    context.progress({ phase: 'scan', done, total, item });
  const whole = await openDataset({
    data: job.data,
    annotations: job.annotations,
    signal,
    onProgress: scan,
  });
  const table = selectRows(whole, trainingRows(whole.identities, job.seed));
  if (table.images.length < whole.images.length) {
    context.log(
      'info',
      `The baseline learns from ${table.images.length} of ${whole.images.length} images, chosen by seed ${job.seed}; ${maxTrainingImages} are its limit.`,
    );
  }
  const { pixels, rows } = await decodeAll(table, context);
  const nImages = rows.length;
  if (nImages < 2) {
    throw new AppError(
      'notEnoughIdentities',
      `The baseline needs at least 2 readable images to learn from; ${job.data} has ${nImages} of ${table.images.length}. The log says what is wrong with the others.`,
      { nReadable: nImages, nImages: table.images.length, data: job.data },
    );
  }
  const people = selectRows(table, rows).identities;
  const nIdentities = new Set(people.index).size;
  const model = await trainEigenfaces({
    pixels,
    nImages,
    identities: people.known ? people.index : null,
    components: job.components,
    seed: job.seed,
    product: ortMatrixProduct,
    signal,
    onProgress: (done, total) => context.progress({ phase: 'analyze', done, total, item: job.out }),
  });
  const bytes = encodeEigenfaces(model, {
    training_images: String(nImages),
    training_identities: people.known ? String(nIdentities) : 'unknown',
    seed: String(job.seed),
  });
  await writeModel(job.out, bytes);
  const share = (100 * model.explainedVariance).toFixed(1);
  context.log(
    'info',
    `${model.method}: ${model.dim} dimensions from ${model.components} components with ${share} % of the variance; learned from ${nImages} images.`,
  );
  const { method, components } = model;
  return { kind: 'baseline', model: job.out, method, components, nImages, nIdentities };
}

interface DecodedImages {
  /** One image after another, RGB. */
  readonly pixels: Uint8Array;
  /** The row of each. */
  readonly rows: Int32Array;
}

async function decodeAll(table: DatasetTable, context: JobContext): Promise<DecodedImages> {
  const total = table.images.length;
  const pixels = new Uint8Array(total * eigenfacesPixels * 3);
  const rowOf = new Map(table.images.map((name, row) => [name, row]));
  const rows: number[] = [];
  let nBroken = 0;
  // The store's key is of no use here: nothing is kept.
  const images = table.images.map((name) => ({ path: join(table.root, name), key: '', name }));
  const decode = fileDecoder(eigenfacesSide, eigenfacesSide);
  for await (const batch of decodedBatches(images, { batchSize: 16, signal: context.signal, decode })) {
    for (const { ref, decoded } of batch.items) {
      pixels.set(decoded, rows.length * eigenfacesPixels * 3);
      rows.push(rowOf.get(ref.name)!);
    }
    for (const { ref, detail } of batch.broken) {
      nBroken++;
      context.log('warning', `${ref.name}: ${detail}`);
    }
    const done = rows.length + nBroken;
    context.progress({ phase: 'decode', done, total, item: batch.lastName });
  }
  if (nBroken > 0)
    context.log('warning', `${nBroken} of ${total} images could not be decoded and were left out.`);
  return { pixels: pixels.subarray(0, rows.length * eigenfacesPixels * 3), rows: Int32Array.from(rows) };
}

/** A reader sees the old model or the new one, never half of one. */
async function writeModel(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new AppError(
      'writeFailed',
      `The model could not be written to ${file}: ${messageOf(error)}.`,
      { file },
      error,
    );
  }
}
