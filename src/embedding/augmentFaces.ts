import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { LatticePoint } from '../domain/latticeAttribute.ts';
import { alignmentOf } from '../models/alignment.ts';
import { type DecodedRgb, decodeImage, decodeRgb, encodeJpeg } from '../models/decoder.ts';
import { gaussianBlur } from '../numerics/augment/gaussianBlur.ts';
import {
  addBrightness,
  addNoise,
  coverRows,
  rotateHue,
  scaleContrast,
  scaleSaturation,
  toBytes,
} from '../numerics/augment/photometric.ts';
import { type Affine, composeAffine } from '../numerics/geometry/affine.ts';
import type { RgbImage } from '../numerics/geometry/rgbImage.ts';
import { warpAffine } from '../numerics/geometry/warpAffine.ts';
import { SeededRandom } from '../numerics/random.ts';
import { type FramedRef, placesOf } from './cropFaces.ts';
import { decodeFileRgb } from './fileDecoders.ts';
import { RecentImages } from './recentImages.ts';
import { StageClock } from './stageClock.ts';
import { canonicalJson } from './storeDescription.ts';

/** A face at one point of a lattice: what the model is shown, moved along some attributes. */
export interface AugmentedRef extends FramedRef {
  /** Path, content and framing are the image's; `key` is that of `augmentedKey`. */
  readonly point: LatticePoint;
  /** Of the pattern of the noise. */
  readonly noiseSeed: number;
}

/** Raised when a change gives other pixels than before. */
const augmentationVersion = 1;

/**
 * The store's key of an image at a lattice point. At the origin it is the image's own, so that an embedding that is
 * there already is found.
 */
export function augmentedKey(key: string, point: LatticePoint, noiseSeed: number): string {
  const moved = Object.fromEntries(Object.entries(point).filter(([, value]) => value !== 0));
  if (Object.keys(moved).length === 0) return key;
  const parts = {
    version: augmentationVersion,
    moved,
    noiseSeed: moved['noise'] === undefined ? 0 : noiseSeed,
  };
  return createHash('sha256').update(key).update(canonicalJson(parts)).digest('hex');
}

/**
 * Decodes, crops and changes images into what a model of `width` × `height` sees at a lattice point; at the origin
 * that is what `cropDecoder` gives. All points of an image that come one after another decode it once.
 */
export function augmentingDecoder(
  width: number,
  height: number,
  clock = new StageClock(),
): (path: string, ref: AugmentedRef) => Promise<Uint8Array> {
  const photographs = new RecentImages<DecodedRgb>();
  const crops = new RecentImages<RgbImage>();
  const wholeCrop = async (path: string): Promise<RgbImage> => ({
    pixels: await decodeImage(readFileSync(path), width, height),
    width,
    height,
  });
  return async (path, ref) => {
    const { framing, point } = ref;
    const move = moveInCrop(point, width, height);
    let pixels: Uint8Array;
    if (framing.kind === 'whole') {
      const image = await clock.decode(() => crops.get(path, wholeCrop));
      // There is nothing outside the image: its edge goes on.
      pixels = move ? clock.align(() => warpAffine(image, move, width, height, 'edge')) : image.pixels;
    } else {
      const image = await clock.decode(() => photographs.get(path, decodeFileRgb));
      pixels = clock.align(() => {
        const alignment = alignmentOf(placesOf(image, framing), width, height);
        return warpAffine(image, move ? composeAffine(move, alignment) : alignment, width, height);
      });
    }
    const changed = clock.align(() => changePixels(pixels, width, height, ref));
    return clock.decode(() => compressPixels(changed, width, height, ref.point));
  };
}

/** About the centre of the crop: clockwise by `roll` degrees, larger by `scale` %, to the right by `shift` %. */
function moveInCrop(
  { roll = 0, scale = 0, shift = 0 }: LatticePoint,
  width: number,
  height: number,
): Affine | null {
  if (roll === 0 && scale === 0 && shift === 0) return null;
  const angle = (roll * Math.PI) / 180;
  const size = 1 + scale / 100;
  const [cos, sin] = [size * Math.cos(angle), size * Math.sin(angle)];
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  return [cos, -sin, x - (cos * x - sin * y) + (shift / 100) * width, sin, cos, y - (sin * x + cos * y)];
}

/** What happens in front of the lens first, then what a camera does. */
function changePixels(
  pixels: Uint8Array,
  width: number,
  height: number,
  { point, noiseSeed }: AugmentedRef,
): Uint8Array {
  const { occlusion = 0, brightness = 0, contrast = 0, saturation = 0, grey = 0, hue = 0 } = point;
  const { blur = 0, noise = 0 } = point;
  const levels = Float32Array.from(pixels);
  if (occlusion !== 0) {
    const centre = eyeLine * height;
    const half = ((occlusion / 100) * height) / 2;
    coverRows(levels, width, centre - half, centre + half);
  }
  if (hue !== 0) rotateHue(levels, hue);
  if (saturation !== 0) scaleSaturation(levels, 1 + saturation / 100);
  if (grey !== 0) scaleSaturation(levels, 1 - grey / 100);
  if (contrast !== 0) scaleContrast(levels, 1 + contrast / 100);
  if (brightness !== 0) addBrightness(levels, brightness);
  if (blur !== 0) gaussianBlur(levels, width, blur);
  if (noise !== 0) addNoise(levels, noise, new SeededRandom(noiseSeed));
  return toBytes(levels);
}

/** What a file does. */
async function compressPixels(
  pixels: Uint8Array,
  width: number,
  height: number,
  { jpegQuality = 0 }: LatticePoint,
): Promise<Uint8Array> {
  if (jpegQuality === 0) return pixels;
  const quality = Math.min(100, Math.max(1, Math.round(100 - jpegQuality)));
  const compressed = await encodeJpeg({ pixels, width, height }, quality);
  return (await decodeRgb(compressed)).pixels;
}

/** Of the height: where aligned faces have their eyes. */
const eyeLine = 0.465;
