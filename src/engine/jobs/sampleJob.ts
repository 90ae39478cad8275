import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faceSvg } from '../../datasets/proceduralFace.ts';
import {
  celebaAttributeList,
  celebaIdentityList,
  type SamplePicture,
  samplePictures,
} from '../../datasets/sampleAnnotations.ts';
import { AppError, cancelledError, isAppError, messageOf } from '../../domain/appError.ts';
import type { JobContext } from '../../domain/progress.ts';
import { sampleMarker } from '../../domain/sampleMarker.ts';
import { renderSvgAsJpeg } from '../../models/decoder.ts';
import type { JobResult, SampleJob } from '../../protocol/jobs.ts';
import { runBaselineJob } from './baselineJob.ts';
import { sampleReadme, sampleSettings } from './sampleTexts.ts';

const modelPath = 'models/fisherfaces.onnx';
const components = 128;
const jpegQuality = 90;

/** Drawn at once: as many as libuv has threads. */
const inFlight = 4;

/**
 * Writes a workspace to try things on: procedural faces and annotations in CelebA's layout, a baseline model
 * learned from them, settings that name both. Same seed, same bytes. A cancelled run leaves a folder that a
 * second run completes.
 * @throws AppError usage where the folder holds anything but an earlier sample, writeFailed, cancelled.
 */
export async function runSampleJob(job: SampleJob, context: JobContext): Promise<JobResult> {
  const { folder } = job;
  const pictures = samplePictures(job.seed, job.identities, job.imagesPerIdentity);
  const images = join(folder, 'img_align_celeba');
  const model = join(folder, modelPath);
  await refuseForeignFolder(folder);
  await writing(folder, async () => {
    await mkdir(images, { recursive: true });
    await mkdir(join(folder, 'Anno'), { recursive: true });
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await writeFile(join(folder, sampleMarker), `${JSON.stringify(parametersOf(job))}\n`);
    await removeStale(images, pictures);
    await drawAll(images, pictures, context);
    await writeFile(join(folder, 'Anno', 'list_attr_celeba.txt'), celebaAttributeList(pictures));
    await writeFile(join(folder, 'Anno', 'identity_CelebA.txt'), celebaIdentityList(pictures));
    await writeFile(join(folder, 'README.md'), sampleReadme(job));
    await writeUnlessThere(join(folder, '.vscode', 'settings.json'), sampleSettings(modelPath));
  });
  await runBaselineJob(
    { kind: 'baseline', data: folder, annotations: null, out: model, components, seed: job.seed },
    context,
  );
  return { kind: 'sample', folder, nImages: pictures.length, model };
}

function parametersOf({ seed, identities, imagesPerIdentity }: SampleJob) {
  return { seed, identities, imagesPerIdentity };
}

async function refuseForeignFolder(folder: string): Promise<void> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw new AppError(
      'usage',
      `${folder} cannot be used as a folder: ${messageOf(error)}. Choose another one for the sample workspace.`,
      { folder },
      error,
    );
  }
  if (names.length === 0 || names.includes(sampleMarker)) return;
  throw new AppError(
    'usage',
    `${folder} is not empty and holds no earlier sample (${names.length} entries, «${names[0]!}» among them). Choose an empty or a new folder.`,
    { folder, nEntries: names.length },
  );
}

/** Pictures of an earlier, larger sample would stand there without annotations. */
async function removeStale(images: string, pictures: readonly SamplePicture[]): Promise<void> {
  const wanted = new Set(pictures.map(({ fileName }) => fileName));
  for (const name of await readdir(images)) {
    if (/^\d{6,}\.jpg(\.part)?$/.test(name) && !wanted.has(name)) await rm(join(images, name));
  }
}

async function drawAll(
  images: string,
  pictures: readonly SamplePicture[],
  context: JobContext,
): Promise<void> {
  const total = pictures.length;
  let next = 0;
  let done = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < total && !failed) {
      if (context.signal.aborted) throw cancelledError();
      const { fileName, person, shot } = pictures[next++]!;
      const file = join(images, fileName);
      await writeFile(`${file}.part`, await renderSvgAsJpeg(faceSvg(person, shot), jpegQuality));
      await rename(`${file}.part`, file);
      done++;
      context.progress({ phase: 'write', done, total, item: fileName });
    }
  };
  // All are waited for, so that nothing is written any more when this one fails.
  const outcomes = await Promise.allSettled(
    Array.from({ length: inFlight }, () =>
      worker().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Settings of an earlier sample may have been changed by its user. */
async function writeUnlessThere(file: string, text: string): Promise<void> {
  try {
    await readFile(file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    await writeFile(file, text);
  }
}

async function writing(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isAppError(error)) throw error;
    throw new AppError(
      'writeFailed',
      `The sample workspace could not be written to ${folder}: ${messageOf(error)}.`,
      { folder },
      error,
    );
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
