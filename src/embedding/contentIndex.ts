import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelledError } from '../domain/appError.ts';
import { type CachedDigest, readDigestCache, writeDigestCache } from './digestCache.ts';

export interface DigestRequest {
  /** Absolute folder that the images' paths are relative to. */
  readonly root: string;
  readonly images: readonly string[];
  /** Where digests of earlier runs are kept, one file for each root. */
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number, image: string) => void;
  /** Files read at once; fewer leave the disk to others. */
  readonly filesInFlight?: number;
  /** Milliseconds since 1970; only tests give another clock. */
  readonly now?: () => number;
}

/** The thread pool has four threads, the rest keeps them busy. */
const usualFilesInFlight = 16;

const readBytes = 256 << 10;

/**
 * A file changed this short before it was read could change again without its time showing it (exFAT counts
 * in two seconds), so its digest is not kept.
 */
const unsettledMs = 2_000;

/**
 * SHA-256 of each image file's bytes, hex; `null` where the file cannot be read. Files whose size and time of
 * change are those of an earlier run are not read again. Throws `cancelled`; digests found until then are kept.
 */
export async function digestImages(request: DigestRequest): Promise<readonly (string | null)[]> {
  const { root, images, cacheFolder, signal, filesInFlight = usualFilesInFlight } = request;
  const now = request.now ?? Date.now;
  const cache = await readDigestCache(cacheFolder, root);
  const digests = new Array<string | null>(images.length).fill(null);
  let fresh = 0;
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    const buffer = Buffer.alloc(readBytes);
    while (next < images.length && !signal.aborted) {
      const row = next++;
      const image = images[row]!;
      const found = await digestOf(join(root, image), cache.get(image), buffer, now);
      if (found !== undefined) {
        digests[row] = found.entry.sha256;
        if (found.isNew && found.settled) {
          cache.set(image, found.entry);
          fresh++;
        }
      }
      request.onProgress(++done, images.length, image);
    }
  };
  await Promise.all(Array.from({ length: filesInFlight }, work));
  if (fresh > 0) await writeDigestCache(cacheFolder, root, cache, images);
  if (signal.aborted) throw cancelledError();
  return digests;
}

interface Found {
  readonly entry: CachedDigest;
  readonly isNew: boolean;
  readonly settled: boolean;
}

async function digestOf(
  path: string,
  cached: CachedDigest | undefined,
  buffer: Buffer,
  now: () => number,
): Promise<Found | undefined> {
  try {
    const { size, mtimeMs } = await statFile(path);
    if (cached?.size === size && cached.mtimeMs === mtimeMs)
      return { entry: cached, isNew: false, settled: true };
    const startedAt = now();
    const entry = { sha256: await sha256OfFile(path, buffer), size, mtimeMs };
    return { entry, isNew: true, settled: mtimeMs + unsettledMs < startedAt };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** Before opening: to open a pipe that has an image's name would wait for ever. */
async function statFile(path: string): Promise<{ size: number; mtimeMs: number }> {
  const found = await stat(path);
  if (!found.isFile()) throw Object.assign(new Error(`${path} is no file.`), { code: 'EISDIR' });
  return found;
}

async function sha256OfFile(path: string, buffer: Buffer): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
