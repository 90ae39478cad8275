import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlignmentRecord } from '../../domain/alignment.ts';
import { cancelledError, isAppError, messageOf } from '../../domain/appError.ts';
import { type DatasetTable, selectRows } from '../../domain/datasetTable.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { crop, type Framing } from '../../embedding/cropFaces.ts';
import type { FaceFacts } from '../../embedding/detectionRows.ts';
import { openDataset } from '../../datasets/openDataset.ts';
import { celebaAlignedLandmarks } from '../../models/alignment.ts';
import { decodeRgb, type DecodedRgb } from '../../models/decoder.ts';
import { resizeRgb } from '../../numerics/geometry/resize.ts';
import type { AlignmentPreview, JobResult, PreviewedImage, PreviewJob } from '../../protocol/jobs.ts';
import { chosenLandmarks, detectAll, detectedRecord } from './detectedFrames.ts';
import { frameImages, wholeImages } from './frameImages.ts';
import { libraryVersions } from './libraryVersions.ts';
import { digestedImages, type OpenedImages } from './openImages.ts';
import { type CropSize, cropSize, dataUri, sampleRows } from './previewParts.ts';

/**
 * Shows for a sample of images what a model will see of each, failures first, by the same code that embeds them.
 * Nothing is written but the store of detections, so that an analysis finds them again.
 */
export async function runPreviewJob(job: PreviewJob, context: JobContext): Promise<JobResult> {
  const { signal } = context;
  context.progress({ phase: 'scan', done: 0, total: 1, item: job.data });
  const whole = await openDataset({ data: job.data, annotations: job.annotations, signal });
  const table = selectRows(whole, sampleRows(whole.images.length, job.nImages, job.seed));
  const diagnostics = new DiagnosticLog();
  const opened = await digestedImages(table, job, context, diagnostics);
  const size = await cropSize(job);
  const { framings, record } = await framingsOf(opened, job, size.seesWhole, context, diagnostics);
  const images: PreviewedImage[] = [];
  for (const [row, name] of table.images.entries()) {
    if (signal.aborted) throw cancelledError();
    images.push(await previewOf(table, name, framings.get(name), size));
    context.progress({ phase: 'write', done: row + 1, total: table.images.length, item: name });
  }
  const failed = images.filter(({ failure }) => failure !== null);
  const preview: AlignmentPreview = {
    dataset: table.name,
    alignment: record,
    width: size.width,
    height: size.height,
    nChecked: images.length,
    nFailed: failed.length,
    images: [...failed, ...images.filter(({ failure }) => failure === null)],
  };
  return { kind: 'preview', preview };
}

interface PlannedFraming {
  /** `null`: the image is left out. */
  readonly framing: Framing | null;
  readonly failure: string | null;
  readonly facts: FaceFacts | null;
}

const failureSentences = {
  faceMissing: 'No face was found.',
  facesSeveral: 'Several faces were found.',
  landmarksMissing: 'There are no landmarks.',
} as const;

/** What happens to each image, by its name; images that cannot be read are not among them. */
async function framingsOf(
  opened: OpenedImages,
  job: PreviewJob,
  seesWhole: boolean,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<{ readonly framings: ReadonlyMap<string, PlannedFraming>; readonly record: AlignmentRecord }> {
  const { mode, detector, faces } = job.alignment;
  const libraries = await libraryVersions();
  const framings = new Map<string, PlannedFraming>();
  if (
    detector !== null &&
    (mode === 'detect' ||
      (mode === 'auto' && opened.table.landmarks === null && opened.table.kind !== 'celeba'))
  ) {
    const found = await detectAll(opened, { ...job, detector }, libraries, context, diagnostics);
    found.facts.forEach((facts, row) => {
      const chosen = chosenLandmarks(facts, faces);
      framings.set(
        found.images.table.images[row]!,
        typeof chosen === 'string'
          ? { framing: null, failure: failureSentences[chosen], facts }
          : { framing: { kind: 'points', points: chosen, frame: null }, failure: null, facts },
      );
    });
    return { framings, record: detectedRecord(found, job.alignment) };
  }
  const { refs, record } = seesWhole
    ? wholeImages(opened)
    : await frameImages(opened, job, libraries, context, diagnostics);
  for (const name of opened.table.images) {
    framings.set(name, { framing: null, failure: failureSentences.landmarksMissing, facts: null });
  }
  for (const { name, framing } of refs) framings.set(name, { framing, failure: null, facts: null });
  return { framings, record };
}

async function previewOf(
  table: DatasetTable,
  name: string,
  planned: PlannedFraming | undefined,
  size: CropSize,
): Promise<PreviewedImage> {
  const path = join(table.root, name);
  const nothing = { name, path, original: null, width: 0, height: 0, faces: [], crop: null };
  let bytes: Uint8Array;
  let image: DecodedRgb;
  try {
    bytes = await readFile(path);
    image = await decodeRgb(bytes);
  } catch (error) {
    return { ...nothing, failure: messageOf(error) };
  }
  const shown = {
    name,
    path,
    original: await dataUri(shrunk(image)),
    width: image.originalWidth,
    height: image.originalHeight,
    faces: facesOf(image, planned),
  };
  if (!planned?.framing)
    return { ...shown, crop: null, failure: planned?.failure ?? 'The image could not be used.' };
  try {
    const pixels = await crop(bytes, planned.framing, size.width, size.height);
    return {
      ...shown,
      crop: await dataUri({ pixels, width: size.width, height: size.height }),
      failure: null,
    };
  } catch (error) {
    if (!isAppError(error, 'imageUnreadable') && !(error instanceof RangeError)) throw error;
    return { ...shown, crop: null, failure: error.message };
  }
}

function facesOf(image: DecodedRgb, planned: PlannedFraming | undefined): PreviewedImage['faces'] {
  const framing = planned?.framing ?? null;
  const facts = planned?.facts;
  if (facts) {
    const points = framing?.kind === 'points' ? framing.points : null;
    return facts.faces.map(({ score, box, landmarks }) => ({
      box,
      landmarks: landmarks && [...landmarks],
      score,
      chosen: points !== null && landmarks === points,
    }));
  }
  const landmarks = landmarksOf(image, framing);
  return landmarks ? [{ box: null, landmarks, score: null, chosen: true }] : [];
}

/** In pixels of the upright image in the file. */
function landmarksOf(
  { originalWidth, originalHeight }: DecodedRgb,
  framing: Framing | null,
): number[] | null {
  if (framing?.kind === 'celebaAligned') {
    const points = celebaAlignedLandmarks(originalWidth, originalHeight);
    return points && [...points];
  }
  if (framing?.kind !== 'points') return null;
  const { points, frame } = framing;
  const scale = [
    originalWidth / (frame?.width ?? originalWidth),
    originalHeight / (frame?.height ?? originalHeight),
  ];
  return Array.from(points, (place, i) => place * scale[i % 2]!);
}

const previewSide = 320;

function shrunk(image: DecodedRgb) {
  const scale = Math.min(1, previewSide / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  return { pixels: resizeRgb(image, width, height), width, height };
}
