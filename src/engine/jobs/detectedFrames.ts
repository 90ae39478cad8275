import type { AlignmentRecord } from '../../domain/alignment.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { FramedRef } from '../../embedding/cropFaces.ts';
import { detectFaces } from '../../embedding/detectFaces.ts';
import { detectionDim, type FaceFacts, readDetections } from '../../embedding/detectionRows.ts';
import { detectionStore } from '../../embedding/storeDescription.ts';
import { VectorStore } from '../../embedding/vectorStore.ts';
import { chooseFace } from '../../models/alignment.ts';
import { decodeFileRgb } from '../../embedding/fileDecoders.ts';
import { openProviderMemory, providerMemoryFile } from '../../models/providerMemory.ts';
import { openDetector } from '../../models/openDetector.ts';
import type { FramedImages, FramingRequest } from './frameImages.ts';
import { imageRefs, keepRows, type OpenedImages, reportFailures, rowsWithout } from './openImages.ts';

type DetectionRequest = FramingRequest & { readonly detector: string };

/** What a detector found in each image, and what it was. */
export interface Detections {
  readonly images: OpenedImages;
  readonly facts: readonly FaceFacts[];
  readonly detector: {
    readonly name: string;
    readonly sha256: string;
    readonly kind: 'scrfd' | 'yunet';
    readonly scoreThreshold: number;
    readonly provider: Awaited<ReturnType<typeof openDetector>>['provider'];
  };
}

/** Aligned by what a detector finds; images without a face, or with several where one is asked for, are left out. */
export async function detectedFrames(
  images: OpenedImages,
  request: DetectionRequest,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<FramedImages> {
  const detections = await detectAll(images, request, libraries, context, diagnostics);
  const { faces } = request.alignment;
  const rows: number[] = [];
  const points: ArrayLike<number>[] = [];
  const measures = new Map<string, FaceMeasures>();
  detections.facts.forEach((facts, row) => {
    const name = detections.images.table.images[row]!;
    const chosen = chosenLandmarks(facts, faces);
    if (typeof chosen === 'string') {
      diagnostics.add(chosen, name);
      return;
    }
    rows.push(row);
    points.push(chosen);
    measures.set(name, measureFace(facts, chosen));
  });
  const kept = keepRows(detections.images, Int32Array.from(rows), request.data);
  return {
    images: kept,
    refs: imageRefs(kept).map((ref, i): FramedRef => ({
      ...ref,
      framing: { kind: 'points', points: points[i]!, frame: null },
    })),
    record: detectedRecord(detections, request.alignment),
    faces: measures,
  };
}

export function detectedRecord(
  { detector }: Detections,
  { retryPadded, faces }: FramingRequest['alignment'],
): AlignmentRecord {
  const { name, sha256, kind, scoreThreshold, provider } = detector;
  return {
    kind: 'detected',
    detector: name,
    sha256,
    family: kind,
    scoreThreshold,
    retryPadded,
    faces,
    provider,
  };
}

/** Of the face that an image was aligned by. */
export interface FaceMeasures {
  /** Height of its box, in pixels of the image. */
  readonly heightPixels: number;
  /** Of the line through the eyes; positive where the right eye, as seen in the image, is lower. */
  readonly rollDegrees: number;
  /** The detector's, 0..1. */
  readonly score: number;
}

export function measureFace(facts: FaceFacts, points: ArrayLike<number>): FaceMeasures {
  const face = facts.faces.find(({ landmarks }) => landmarks === points)!;
  const roll = Math.atan2(points[3]! - points[1]!, points[2]! - points[0]!);
  return { heightPixels: face.box.height, rollDegrees: (roll * 180) / Math.PI, score: face.score };
}

/** The five points of the face that the policy chooses, or why there are none. */
export function chosenLandmarks(
  facts: FaceFacts,
  policy: FramingRequest['alignment']['faces'],
): ArrayLike<number> | 'faceMissing' | 'facesSeveral' | 'landmarksMissing' {
  // Not all of many faces are kept, so that their count decides, not the list.
  if (facts.nFaces > 1 && policy === 'single') return 'facesSeveral';
  const chosen = chooseFace(facts.faces, policy, facts.width, facts.height);
  if ('reason' in chosen) return chosen.reason === 'noFace' ? 'faceMissing' : 'facesSeveral';
  return chosen.face.landmarks ?? 'landmarksMissing';
}

/** Detects what the store lacks, with the detector open for no longer than that. Broken images are left out. */
export async function detectAll(
  images: OpenedImages,
  request: DetectionRequest,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<Detections> {
  const { alignment, provider, storeFolder, data } = request;
  const { scoreThreshold, retryPadded } = alignment;
  const { log, signal } = context;
  const detector = await openDetector({
    path: request.detector,
    provider,
    scoreThreshold,
    memory: (of) => openProviderMemory(providerMemoryFile(request.storeFolder), of),
    log,
  });
  try {
    for (const { code, text } of detector.notes) diagnostics.add(code, `${detector.name}: ${text}`);
    const description = detectionStore(detector, retryPadded, detectionDim, libraries);
    const store = await VectorStore.open({ storeFolder, description, log });
    try {
      const { failures } = await detectFaces({
        images: imageRefs(images),
        store,
        detector,
        retryPadded,
        signal,
        decode: decodeFileRgb,
        onProgress: (done, total, item) => context.progress({ phase: 'detect', done, total, item }),
        log,
      });
      reportFailures(failures, diagnostics, log);
      const decoded = keepRows(images, rowsWithout(images, failures), data);
      return { images: decoded, facts: readDetections(store, decoded.keys), detector };
    } finally {
      store.close();
    }
  } finally {
    await detector.release();
  }
}
