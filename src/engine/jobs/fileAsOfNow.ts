import { basename, dirname, join } from 'node:path';
import { isAppError } from '../../domain/appError.ts';
import { digestImages } from '../../embedding/contentIndex.ts';
import { readModelFile } from '../../models/modelFile.ts';

/**
 * Whether a file still has the digest that a report names. A model's digest goes over weights that lie outside its
 * file, too: they are looked for only where the file alone does not explain it.
 */
export async function fileAsOfNow(
  path: string,
  sha256: string,
  isModel: boolean,
  storeFolder: string,
  signal: AbortSignal,
): Promise<'same' | 'other' | 'gone'> {
  const [digest] = await digestImages({
    root: dirname(path),
    images: [basename(path)],
    cacheFolder: join(storeFolder, 'content'),
    signal,
    onProgress: () => undefined,
  });
  if (digest === null || digest === undefined) return 'gone';
  if (digest === sha256) return 'same';
  return isModel && (await digestWithWeights(path)) === sha256 ? 'same' : 'other';
}

/** `null` where the file is no model any more. */
async function digestWithWeights(path: string): Promise<string | null> {
  try {
    return (await readModelFile(path)).sha256;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
