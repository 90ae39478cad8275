import type { DetectedFace } from '../domain/face.ts';
import { chooseFace } from '../models/alignment.ts';
import type { VectorStore } from './vectorStore.ts';

/** What a detector found in one image: facts; which face is embedded is decided later, by policy. */
export interface FaceFacts {
  /** All faces found, also those not kept. */
  readonly nFaces: number;
  /** Of the upright image whose pixels the faces are given in: scale them for any other size of it. */
  readonly width: number;
  readonly height: number;
  /** Nothing was found until the image was laid on a black border. */
  readonly padded: boolean;
  /** By falling score: all of them up to `maxKeptFaces`, else those that `keptFaces` keeps. */
  readonly faces: readonly DetectedFace[];
}

export const maxKeptFaces = 3;

const headerLength = 4;
/** Score, box, landmarks. */
const faceLength = 1 + 4 + 10;

/** Numbers in a row: faces, width, height, padded (0 or 1), then three times score, x, y, width, height, landmarks. */
export const detectionDim = headerLength + maxKeptFaces * faceLength;

/** Room of faces that were not found, and landmarks of detectors that find none, are NaN. */
export function encodeDetections(facts: FaceFacts): Float32Array {
  const row = new Float32Array(detectionDim).fill(NaN);
  row.set([facts.nFaces, facts.width, facts.height, facts.padded ? 1 : 0]);
  facts.faces.forEach(({ score, box, landmarks }, i) => {
    const at = headerLength + i * faceLength;
    row.set([score, box.x, box.y, box.width, box.height], at);
    if (landmarks) row.set(landmarks, at + 5);
  });
  return row;
}

export function decodeDetections(row: Float32Array): FaceFacts {
  const nFaces = row[0]!;
  const faces = Array.from({ length: Math.min(nFaces, maxKeptFaces) }, (_, i): DetectedFace => {
    const at = headerLength + i * faceLength;
    const landmarks = Float64Array.from(row.subarray(at + 5, at + faceLength));
    return {
      score: row[at]!,
      box: { x: row[at + 1]!, y: row[at + 2]!, width: row[at + 3]!, height: row[at + 4]! },
      landmarks: landmarks.every(Number.isFinite) ? landmarks : null,
    };
  });
  return { nFaces, width: row[1]!, height: row[2]!, padded: row[3] === 1, faces };
}

/** What the store holds for each of the images. Throws `internal` for one that has no row. */
export function readDetections(
  store: Pick<VectorStore, 'gather'>,
  keys: readonly string[],
): readonly FaceFacts[] {
  const rows = store.gather(keys);
  return keys.map((_, i) => decodeDetections(rows.subarray(i * detectionDim, (i + 1) * detectionDim)));
}

/**
 * The faces that are kept of many, so that every policy chooses from them as it would from all: the largest, the
 * most central, and the best by score. `faces` and the result by falling score.
 */
export function keptFaces(
  faces: readonly DetectedFace[],
  width: number,
  height: number,
): readonly DetectedFace[] {
  if (faces.length <= maxKeptFaces) return faces;
  const wanted = new Set<DetectedFace>();
  for (const policy of ['largest', 'central'] as const) {
    const chosen = chooseFace(faces, policy, width, height);
    if ('face' in chosen) wanted.add(chosen.face);
  }
  for (const face of faces) if (wanted.size < maxKeptFaces) wanted.add(face);
  return faces.filter((face) => wanted.has(face));
}
