import module from 'node:module';
import type Sharp from 'sharp';
import { AppError, messageOf } from '../domain/appError.ts';
import { describeForeignBytes } from './foreignBytes.ts';

/** Images for statistics are shrunk to fit a square of this side. */
export const statisticsSidePixels = 128;

/** Images with a side below this hold no face. */
export const minImageSidePixels = 8;

/**
 * Decodes an image and resizes it to `width` × `height`, aspect ratio not kept. Returns RGB, height × width × 3,
 * 8 bit sRGB: EXIF orientation applied, embedded colour profiles, CMYK, grey, palettes and 16 bit converted,
 * transparency laid on black (the border of aligned face crops), of an animation the first frame.
 *
 * The kernel is Catmull-Rom, widened when shrinking so that it antialiases (Pillow's BICUBIC). A JPEG is shrunk
 * while it is loaded only where at least a halving is left for the kernel.
 *
 * Throws `AppError` imageUnreadable; `data.reason` is `tooSmall`, `foreign` or `undecodable`.
 */
export async function decodeImage(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const { image } = await open(bytes);
  const options = { width, height, fit: 'fill', kernel: 'cubic', fastShrinkOnLoad: false } as const;
  return (await rawPixels(image.resize(options))).pixels;
}

export interface DecodedImage {
  /** RGB, height × width × 3. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes an image as `decodeImage` does, but keeps its aspect ratio and shrinks it to fit a square of
 * `statisticsSidePixels`; a smaller image keeps its size.
 */
export async function decodeForStatistics(bytes: Uint8Array): Promise<DecodedImage> {
  const { image } = await open(bytes);
  return rawPixels(
    image.resize({
      width: statisticsSidePixels,
      height: statisticsSidePixels,
      fit: 'inside',
      withoutEnlargement: true,
      kernel: 'cubic',
      fastShrinkOnLoad: false,
    }),
  );
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

async function open(bytes: Uint8Array): Promise<{ readonly image: SharpImage }> {
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
  return { image };
}

async function readHeader(sharp: SharpFactory, bytes: Uint8Array) {
  // «error» refuses truncated and damaged files, but not the many that merely bend the format's rules.
  const image = sharp(bytes, { failOn: 'error', autoOrient: true });
  const { width, height } = await image.metadata();
  return { image, width, height };
}

async function rawPixels(image: SharpImage): Promise<DecodedImage> {
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
