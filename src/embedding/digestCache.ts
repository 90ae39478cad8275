import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError, messageOf } from '../domain/appError.ts';

export interface CachedDigest {
  readonly sha256: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** By path relative to the root. */
export type DigestCache = Map<string, CachedDigest>;

/** Beyond this, digests of images that the latest run did not name are dropped. */
const maxEntries = 1_000_000;

const header = 'attribute-lens digests 1';

/** Lines of «sha256 size mtimeMs path»; anything else is passed over: what it said is found again by reading. */
export async function readDigestCache(cacheFolder: string, root: string): Promise<DigestCache> {
  const cache: DigestCache = new Map();
  const text = await readFile(cacheFile(cacheFolder, root), 'utf8').catch(() => '');
  const [first, ...lines] = text.split('\n');
  if (first !== header) return cache;
  for (const line of lines) {
    const match = /^([0-9a-f]{64}) (\d+) (\d+(?:\.\d+)?) (".*")$/.exec(line);
    if (!match) continue;
    const image = parseString(match[4]!);
    if (image !== undefined)
      cache.set(image, { sha256: match[1]!, size: Number(match[2]), mtimeMs: Number(match[3]) });
  }
  return cache;
}

/** Replaces the file in one step; `latest` are the images that come first where not all can be kept. */
export async function writeDigestCache(
  cacheFolder: string,
  root: string,
  cache: DigestCache,
  latest: readonly string[],
  limit = maxEntries,
): Promise<void> {
  const kept: DigestCache = new Map();
  for (const image of [...latest, ...cache.keys()]) {
    const entry = cache.get(image);
    if (entry && kept.size < limit) kept.set(image, entry);
  }
  const lines = [header];
  for (const [image, { sha256, size, mtimeMs }] of kept)
    lines.push(`${sha256} ${size} ${mtimeMs} ${JSON.stringify(image)}`);
  const file = cacheFile(cacheFolder, root);
  // A check of a report may write beside an analysis of the same process.
  const unfinished = `${file}.${randomUUID()}`;
  try {
    await mkdir(cacheFolder, { recursive: true });
    await writeFile(unfinished, `${lines.join('\n')}\n`);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new AppError(
      'writeFailed',
      `${file} cannot be written: ${messageOf(error)}. Set attributeLens.storeFolder to a folder that can be written.`,
      { path: file },
      error,
    );
  }
}

function cacheFile(cacheFolder: string, root: string): string {
  const name = createHash('sha256').update(resolve(root)).digest('hex');
  return join(cacheFolder, `digests-${name}.txt`);
}

function parseString(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
