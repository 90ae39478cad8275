import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlignmentOptions, AlignmentRecord } from '../../domain/alignment.ts';
import { AppError } from '../../domain/appError.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { RequestedProvider } from '../../domain/provider.ts';
import type { FramedRef, Framing } from '../../embedding/cropFaces.ts';
import { celebaAlignedLandmarks } from '../../models/alignment.ts';
import { decodeRgb } from '../../models/decoder.ts';
import { detectedFrames, type FaceMeasures } from './detectedFrames.ts';
import { imageRefs, keepRows, type OpenedImages } from './openImages.ts';

/** Images that have a face to show, what of each is shown, and where that came from. */
export interface FramedImages {
  readonly images: OpenedImages;
  /** One for each row; `key` tells apart what the same file gives with other landmarks. */
  readonly refs: readonly FramedRef[];
  readonly record: AlignmentRecord;
  /** By image name, where a detector found them. */
  readonly faces?: ReadonlyMap<string, FaceMeasures>;
}

export interface FramingRequest {
  readonly data: string;
  readonly alignment: AlignmentOptions;
  readonly provider: RequestedProvider;
  readonly storeFolder: string;
}

/** The images as they are, for models that see whole images. */
export function wholeImages(images: OpenedImages): FramedImages {
  return framedAlike(images, { kind: 'whole' }, { kind: 'none' });
}

/**
 * Finds the landmarks of every image by the way that was asked for; `auto` takes those of the data set, else the
 * detector's, else whole images. Images without a face to show are left out and go to the diagnostics.
 * @throws AppError usage: `detect` without a detector; dataSetInvalid: `landmarks` where there are none;
 *   dataSetEmpty: no image has a face to show; and whatever opening a detector throws.
 */
export async function frameImages(
  images: OpenedImages,
  request: FramingRequest,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<FramedImages> {
  const { mode, detector } = request.alignment;
  if (mode === 'none') return wholeImages(images);
  if (mode !== 'detect') {
    const own = await ownLandmarks(images, request.data, diagnostics);
    if (own !== null) return own;
    if (mode === 'landmarks') {
      throw new AppError(
        'dataSetInvalid',
        `${request.data} has no landmarks: no table of them, and its images are not CelebA's aligned ones. Set attributeLens.alignment to «detect» and attributeLens.detector to an SCRFD or YuNet model, or to «none» where faces are aligned already.`,
        { data: request.data },
      );
    }
  }
  if (detector !== null)
    return detectedFrames(images, { ...request, detector }, libraries, context, diagnostics);
  if (mode === 'auto') return wholeImages(images);
  throw new AppError(
    'usage',
    'Alignment is «detect», but no detector is set. Set attributeLens.detector to an SCRFD or YuNet model in ONNX form.',
  );
}

async function ownLandmarks(
  images: OpenedImages,
  data: string,
  diagnostics: DiagnosticLog,
): Promise<FramedImages | null> {
  const { table } = images;
  if (table.landmarks !== null) return tableLandmarks(images, table.landmarks, data, diagnostics);
  if (table.kind === 'celeba' && (await looksCelebaAligned(table))) {
    return framedAlike(images, { kind: 'celebaAligned' }, { kind: 'landmarks', source: 'celebaAligned' });
  }
  return null;
}

function tableLandmarks(
  images: OpenedImages,
  landmarks: Float32Array,
  data: string,
  diagnostics: DiagnosticLog,
): FramedImages {
  const pointsOf = (row: number): Float32Array => landmarks.subarray(row * 10, row * 10 + 10);
  const { table } = images;
  const withPoints = Int32Array.from(table.images.keys()).filter((row) =>
    pointsOf(row).every(Number.isFinite),
  );
  for (const [row, name] of table.images.entries()) {
    if (!pointsOf(row).every(Number.isFinite)) diagnostics.add('landmarksMissing', name);
  }
  const kept = keepRows(images, withPoints, data);
  const frame = table.landmarkFrame;
  const refs = imageRefs(kept).map((ref, i): FramedRef => {
    const points = pointsOf(withPoints[i]!);
    return {
      ...ref,
      key: keyWithLandmarks(ref.key, points, frame),
      framing: { kind: 'points', points, frame },
    };
  });
  return { images: kept, refs, record: { kind: 'landmarks', source: 'table' } };
}

/** The first image that can be decoded speaks for all; others that differ are left out one by one. */
async function looksCelebaAligned({ root, images }: DatasetTable): Promise<boolean> {
  for (const name of images.slice(0, 20)) {
    try {
      const { originalWidth, originalHeight } = await decodeRgb(await readFile(join(root, name)));
      return celebaAlignedLandmarks(originalWidth, originalHeight) !== null;
    } catch {
      // Broken images are told when they are embedded.
    }
  }
  return false;
}

function framedAlike(images: OpenedImages, framing: Framing, record: AlignmentRecord): FramedImages {
  return { images, refs: imageRefs(images).map((ref) => ({ ...ref, framing })), record };
}

/** The key of an image whose landmarks stand in the data set's table. */
export function keyWithLandmarks(
  key: string,
  points: Float32Array,
  frame: DatasetTable['landmarkFrame'],
): string {
  return keyWith(key, [...points, frame?.width ?? 0, frame?.height ?? 0]);
}

/** The key of an image with numbers that its crop depends on. */
export function keyWith(key: string, numbers: readonly number[]): string {
  return createHash('sha256').update(key).update(Float64Array.from(numbers)).digest('hex');
}
