import module from 'node:module';
import type Sharp from 'sharp';
import { AppError, messageOf } from '../domain/appError.ts';
import { resizeRgb } from '../numerics/geometry/resize.ts';
import type { RgbImage } from '../numerics/geometry/rgbImage.ts';
import { describeForeignBytes } from './foreignBytes.ts';

/** Images for statistics are shrunk to fit a square of this side. */
export const statisticsSidePixels = 128;

/** Images with a side below this hold no face. */
export const minImageSidePixels = 8;

/** Larger images are shrunk to this while they are decoded, so that one never takes more than 12.6 MB of pixels. */
export const maxDecodedSide = 2048;

/**
 * Decodes an image: 8 bit sRGB, EXIF orientation applied, embedded colour profiles, CMYK, grey, palettes and 16 bit
 * converted, transparency laid on black (the border of aligned face crops), of an animation the first frame. An
 * image with a side above `maxDecodedSide` is shrunk to fit that square, aspect ratio kept; any other comes pixel
 * for pixel.
 *
 * Shrinking is libvips' antialiased Catmull-Rom. A JPEG is shrunk while it is loaded only where at least a halving
 * is left for the kernel.
 *
 * Throws `AppError` imageUnreadable; `data.reason` is `tooSmall`, `foreign` or `undecodable`.
 */
export async function decodeRgb(bytes: Uint8Array): Promise<DecodedRgb> {
  const { image, width, height } = await open(bytes);
  const pixels = await shrunkPixels(image, maxDecodedSide);
  return { ...pixels, originalWidth: width, originalHeight: height };
}

export interface DecodedRgb extends RgbImage {
  /** Size of the upright image in the file, in pixels, which is larger where the image was shrunk. */
  readonly originalWidth: number;
  readonly originalHeight: number;
}

/**
 * Decodes an image as `decodeRgb` does and resizes it to `width` × `height` with `resizeRgb`, aspect ratio not kept.
 * Returns RGB, height × width × 3. Throws as `decodeRgb`.
 *
 * A side beyond `directShrink` times the wanted one is brought to that by the decoder first: five times faster for
 * photographs of 4000 px, and within 3 grey levels (0.2 on average) of `resizeRgb` alone.
 */
export async function decodeImage(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const { image, ...whole } = await open(bytes);
  const decoded = await rawPixels(
    image.resize({
      width: Math.min(whole.width, directShrink * width),
      height: Math.min(whole.height, directShrink * height),
      fit: 'fill',
      ...shrinking,
    }),
  );
  return resizeRgb(decoded, width, height);
}

const directShrink = 4;
const shrinking = { kernel: 'cubic', fastShrinkOnLoad: false } as const;

/**
 * Decodes an image as `decodeRgb` does, but shrinks it to fit a square of `statisticsSidePixels`; a smaller image
 * keeps its size.
 */
export async function decodeForStatistics(bytes: Uint8Array): Promise<RgbImage> {
  const { image } = await open(bytes);
  return shrunkPixels(image, statisticsSidePixels);
}

/** A JPEG file of RGB pixels. `quality` 1..100. */
export async function encodeJpeg({ pixels, width, height }: RgbImage, quality: number): Promise<Uint8Array> {
  const { sharp } = await loadSharp();
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

/** A PNG file of RGB pixels: what a model saw, bit for bit. */
export async function encodePng({ pixels, width, height }: RgbImage): Promise<Uint8Array> {
  const { sharp } = await loadSharp();
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** Draws an SVG document, on white. `quality` 1..100, without chroma subsampling. */
export async function renderSvgAsJpeg(svg: string, quality: number): Promise<Uint8Array> {
  const { sharp } = await loadSharp();
  return sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

export async function renderSvgAsPng(svg: string): Promise<Uint8Array> {
  const { sharp } = await loadSharp();
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** Draws an SVG document whose pixels are those of CSS, 96 an inch, for print. */
export async function printSvgAsPng(svg: string, dotsPerInch: number): Promise<Uint8Array> {
  const { sharp } = await loadSharp();
  // 72 is what sharp takes for one to one.
  return sharp(Buffer.from(svg), { density: (72 * dotsPerInch) / 96 })
    .withMetadata({ density: dotsPerInch })
    .png()
    .toBuffer();
}

/** Whether texts of SVG documents are drawn; where no font is installed they are left out, or all letters are boxes. */
export async function drawsText(): Promise<boolean> {
  const { sharp } = await loadSharp();
  const drawn = await Promise.all(
    ['A', 'B', ''].map((text) =>
      sharp(
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><text x="4" y="26" font-family="Helvetica, Arial, sans-serif" font-size="24">${text}</text></svg>`,
        ),
      )
        .raw()
        .toBuffer(),
    ),
  );
  return new Set(drawn.map((pixels) => pixels.toString('latin1'))).size === drawn.length;
}

/** Versions for the report; `sharp` ends in «(wasm)» where that form runs. */
export async function decoderVersion(): Promise<{ readonly sharp: string; readonly libvips: string }> {
  const { sharp, isWasm } = await loadSharp();
  const version = sharp.versions.sharp;
  return { sharp: isWasm ? `${version} (wasm)` : version, libvips: sharp.versions.vips };
}

type SharpFactory = typeof Sharp;
type SharpImage = ReturnType<SharpFactory>;

interface LoadedSharp {
  readonly sharp: SharpFactory;
  readonly isWasm: boolean;
}

/** `native` is the default; `wasm` is for hosts whose C library or Electron clashes with the native form. */
export const sharpFormVariable = 'ATTRIBUTE_LENS_SHARP';

let loading: Promise<LoadedSharp> | undefined;

/** Loads sharp at the first use, so that importing this file never fails. */
function loadSharp(): Promise<LoadedSharp> {
  loading ??= importSharp(process.env[sharpFormVariable] === 'wasm');
  return loading;
}

async function importSharp(wantWasm: boolean): Promise<LoadedSharp> {
  let sharp: SharpFactory;
  const unhide = wantWasm ? hideNativeSharp() : () => undefined;
  try {
    ({ default: sharp } = await import('sharp'));
  } catch (error) {
    throw nativeModuleMissing(messageOf(error).split('\n')[0]!, error);
  } finally {
    unhide();
  }
  const isWasm = 'emscripten' in sharp.versions;
  // Without its native form sharp takes the WebAssembly one by itself and says nothing. Pixels are the same, but
  // three times slower: somebody has to have chosen that.
  if (isWasm && !wantWasm) throw nativeModuleMissing('only its WebAssembly form could be loaded');
  // Images are decoded several at a time; one thread each, and no cache of operations that never repeat.
  sharp.concurrency(1);
  sharp.cache(false);
  return { sharp, isWasm };
}

/**
 * sharp requires `@img/sharp-<platform>/sharp.node` and takes `@img/sharp-wasm32` where that is not found.
 * There is no option for it, so the native form is hidden while sharp loads. Returns what undoes it.
 */
function hideNativeSharp(): () => void {
  if (typeof module.registerHooks !== 'function')
    throw new AppError(
      'nativeModuleMissing',
      `The WebAssembly form of sharp (${sharpFormVariable}=wasm) needs Node 22.15 or later; this is ${process.version}.`,
      { module: 'sharp', node: process.version },
    );
  const hooks = module.registerHooks({
    resolve(specifier, context, nextResolve) {
      if (/^@img\/sharp-(?!wasm32)[^/]+\/sharp\.node$/.test(specifier))
        throw Object.assign(new Error(`${specifier} is hidden`), { code: 'MODULE_NOT_FOUND' });
      return nextResolve(specifier, context);
    },
  });
  return () => {
    hooks.deregister();
  };
}

function nativeModuleMissing(reason: string, cause?: unknown): AppError {
  const platform = `${process.platform}-${process.arch}`;
  return new AppError(
    'nativeModuleMissing',
    `The image library sharp does not load on ${platform}, ${process.version}: ${reason}. ` +
      `Install the build of Attribute Lens for this platform, let «attributeLens.nodePath» name a Node.js 20 or later, ` +
      `or set ${sharpFormVariable}=wasm for the slower WebAssembly form.`,
    { module: 'sharp', platform, node: process.version, reason },
    cause,
  );
}

interface OpenImage {
  readonly image: SharpImage;
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
}

async function open(bytes: Uint8Array): Promise<OpenImage> {
  const { sharp } = await loadSharp();
  const { image, width, height } = await readHeader(sharp, bytes).catch((error: unknown) => {
    const foreign = describeForeignBytes(bytes);
    if (foreign === null) throw undecodable(error);
    const data = { reason: 'foreign', looksLike: foreign };
    throw new AppError('imageUnreadable', `The file is no image: it ${foreign}.`, data, error);
  });
  if (!(width >= minImageSidePixels && height >= minImageSidePixels))
    throw new AppError(
      'imageUnreadable',
      `The image has ${width} × ${height} pixels; ${minImageSidePixels} × ${minImageSidePixels} are the least that can hold a face.`,
      { reason: 'tooSmall', width, height },
    );
  return { image, width, height };
}

async function readHeader(sharp: SharpFactory, bytes: Uint8Array) {
  // «error» refuses truncated and damaged files, but not the many that merely bend the format's rules.
  const image = sharp(bytes, { failOn: 'error', autoOrient: true });
  const { autoOrient } = await image.metadata();
  return { image, ...autoOrient };
}

function shrunkPixels(image: SharpImage, maxSide: number): Promise<RgbImage> {
  return rawPixels(
    image.resize({
      width: maxSide,
      height: maxSide,
      fit: 'inside',
      withoutEnlargement: true,
      ...shrinking,
    }),
  );
}

async function rawPixels(image: SharpImage): Promise<RgbImage> {
  const { data, info } = await image
    .flatten({ background: '#000' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw undecodable(error);
    });
  if (info.channels !== 3)
    throw new AppError('imageUnreadable', `The image decodes to ${info.channels} channels instead of 3.`, {
      reason: 'undecodable',
      channels: info.channels,
    });
  return { pixels: data, width: info.width, height: info.height };
}

function undecodable(error: unknown): AppError {
  const reason = messageOf(error).replace(/\s+/g, ' ').trim();
  return new AppError(
    'imageUnreadable',
    `The image cannot be decoded: ${reason}.`,
    { reason: 'undecodable', decoder: reason },
    error,
  );
}
