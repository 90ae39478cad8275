import { readFile } from 'node:fs/promises';
import { throwIfCancelled } from '../../analyses/cancellation.ts';
import type { JobContext } from '../../domain/progress.ts';
import { crop } from '../../embedding/cropFaces.ts';
import { decodeRgb } from '../../models/decoder.ts';
import type { RgbImage } from '../../numerics/geometry/rgbImage.ts';
import { resizeRgb } from '../../numerics/geometry/resize.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { Crop, CropsJob } from '../../protocol/reportJobs.ts';
import { dataUri } from './previewParts.ts';
import { type ModelView, openReportImages, type ReportImages } from './reportImages.ts';

const maxSidePixels = 112;

/** Decoding fills four threads. */
const inFlight = 4;

/**
 * Images as a model of the report saw them, small: aligned by the data set's landmarks or by what the store holds of
 * its detector, and whole where neither is known. No model and no detector is opened, and no image is looked at for
 * faces. An image that cannot be read, or lies outside the data set, has no crop.
 * @throws AppError reportInvalid, reportVersion, cancelled.
 */
export async function runCropsJob(job: CropsJob, context: JobContext): Promise<JobResult> {
  const { images } = job;
  const report = await openReportImages(job);
  const view = job.model === null ? null : report.viewOf(job.model);
  await view?.framings.prepare(images, context);
  const crops = new Array<Crop>(images.length);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < images.length) {
      throwIfCancelled(context.signal);
      const i = next++;
      crops[i] = { image: images[i]!, uri: await uriOf(report, view, images[i]!) };
      context.progress({ phase: 'decode', done: ++done, total: images.length, item: images[i]! });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return { kind: 'crops', crops };
}

async function uriOf(report: ReportImages, view: ModelView | null, image: string): Promise<string | null> {
  const file = report.fileOf(image);
  if (file === null) return null;
  try {
    const bytes = await readFile(file);
    const framing = view?.framings.framingOf(image) ?? null;
    if (view === null || framing === null) return await dataUri(await wholeImage(bytes));
    const { width, height } = fitted(view.width, view.height);
    return await dataUri({ pixels: await crop(bytes, framing, width, height), width, height });
  } catch {
    // Why an image cannot be read stands in the report already, or is of no use to who looks at others.
    return null;
  }
}

async function wholeImage(bytes: Uint8Array): Promise<RgbImage> {
  const image = await decodeRgb(bytes);
  const { width, height } = fitted(image.width, image.height);
  return { pixels: resizeRgb(image, width, height), width, height };
}

/** The largest size of these proportions that fits, and no larger than it was. */
function fitted(width: number, height: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, maxSidePixels / Math.max(width, height));
  const side = (pixels: number): number => Math.max(1, Math.round(pixels * scale));
  return { width: side(width), height: side(height) };
}
