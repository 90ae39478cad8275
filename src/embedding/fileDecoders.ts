import { readFileSync } from 'node:fs';
import { type DecodedRgb, decodeForStatistics, decodeImage, decodeRgb } from '../models/decoder.ts';
import type { MeasuredPixels } from './measureImages.ts';

/**
 * Decoders of files, for `embedImages` and `measureImages`. Reading is synchronous: an asynchronous read is four
 * rounds through the thread pool, each waiting behind all the decodes queued there, while the file, hashed a
 * moment ago, comes from memory in some 50 µs.
 */
export function fileDecoder(width: number, height: number): (path: string) => Promise<Uint8Array> {
  return async (path) => decodeImage(readFileSync(path), width, height);
}

export async function decodeFileForStatistics(path: string): Promise<MeasuredPixels> {
  return decodeForStatistics(readFileSync(path));
}

export async function decodeFileRgb(path: string): Promise<DecodedRgb> {
  return decodeRgb(readFileSync(path));
}
