import { faceSvg } from '../../datasets/proceduralFace.ts';
import { samplePictures } from '../../datasets/sampleAnnotations.ts';
import type { ModelProfile } from '../../domain/preprocessing.ts';
import { alignFace, celebaAlignedLandmarks } from '../../models/alignment.ts';
import { decodeRgb, renderSvgAsPng } from '../../models/decoder.ts';
import { resizeRgb } from '../../numerics/geometry/resize.ts';

const seed = 1;
const nPeople = 12;
const imagesOfEach = 3;

export interface DrawnFaces {
  /** Each width × height × 3, RGB, as the model is shown faces. */
  readonly images: readonly Uint8Array[];
  /** Who is on each. */
  readonly people: readonly number[];
}

/**
 * Faces to try a model with, the same for everybody: the procedural sample's, which have the face where CelebA's
 * aligned images have it. Models of faces get it in the template's place; a baseline of ours sees whole images.
 */
export async function drawnFaces({ family, preprocessing }: ModelProfile): Promise<DrawnFaces> {
  const { width, height } = preprocessing;
  const images: Uint8Array[] = [];
  const people: number[] = [];
  for (const { person, shot, identity } of samplePictures(seed, nPeople, imagesOfEach)) {
    const image = await decodeRgb(await renderSvgAsPng(faceSvg(person, shot)));
    const landmarks = family === 'eigenfaces' ? null : celebaAlignedLandmarks(image.width, image.height);
    images.push(
      landmarks === null ? resizeRgb(image, width, height) : alignFace(image, landmarks, width, height),
    );
    people.push(identity);
  }
  return { images, people };
}

/** `rows` of the images in one batch, from number `from` on, beginning again after the last. */
export function batchOf(images: readonly Uint8Array[], rows: number, from = 0): Uint8Array {
  const nBytes = images[0]!.length;
  const pixels = new Uint8Array(rows * nBytes);
  for (let row = 0; row < rows; row++) pixels.set(images[(from + row) % images.length]!, row * nBytes);
  return pixels;
}
