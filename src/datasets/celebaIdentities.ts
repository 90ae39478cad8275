import { basename } from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { normalisePath } from './imageFiles.ts';
import { LineReader } from './lineReader.ts';
import { readAnnotationBytes } from './textFile.ts';

/**
 * Reads `identity_CelebA.txt`: a line `image identity` for each image, no header. Returns the identity of
 * each image named; a second line for the same image is left out. Throws `annotationsInvalid` where no line
 * is of this form.
 */
export async function readCelebaIdentities(
  path: string,
  log: DiagnosticLog,
): Promise<ReadonlyMap<string, string>> {
  const lines = new LineReader(await readAnnotationBytes(path));
  const identities = new Map<string, string>();
  while (lines.next()) {
    if (!lines.token()) continue;
    const image = normalisePath(lines.text());
    const identity = lines.token() ? lines.text() : null;
    if (identity === null || lines.token()) {
      log.add('rowInvalid', `${basename(path)}: ${image}`);
    } else if (identities.has(image)) {
      log.add('imageRepeatedInTable', `${basename(path)}: ${image}`);
    } else {
      identities.set(image, identity);
    }
  }
  if (identities.size === 0) {
    throw new AppError(
      'annotationsInvalid',
      `«${path}» holds no line «image identity». Replace it by the original identity_CelebA.txt, or remove it to count each image as a person of its own.`,
      { path },
    );
  }
  return identities;
}
