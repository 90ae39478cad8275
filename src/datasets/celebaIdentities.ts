import { basename } from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { readAnnotationRows } from './annotationRows.ts';
import { normalisePath } from './imageFiles.ts';
import { ImageIndex } from './imageIndex.ts';

/**
 * Reads `identity_CelebA.txt`, a line `image identity` for each image without a header, or its CSV, which
 * may have one. Returns the identity of each of the `images`, `undefined` where the file has none; a second
 * line for the same image is left out. Throws `annotationsInvalid` where no line is of this form.
 */
export async function readCelebaIdentities(
  path: string,
  images: readonly string[],
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<readonly (string | undefined)[]> {
  const index = new ImageIndex(images);
  const identities = new Array<string | undefined>(images.length).fill(undefined);
  // One string for each person, not one for each image.
  const names = new Map<string, string>();
  let nValid = 0;
  await readAnnotationRows(path, signal, (cells) => {
    const [image = '', identity = ''] = cells;
    if (nValid === 0 && /^image(_?id)?$/i.test(image)) return;
    if (cells.length !== 2 || image === '' || identity === '') {
      log.add('rowInvalid', `${basename(path)}: ${image}`);
      return;
    }
    nValid++;
    const row = index.rowOf(normalisePath(image));
    if (row < 0) return;
    if (identities[row] !== undefined) {
      log.add('imageRepeatedInTable', `${basename(path)}: ${image}`);
      return;
    }
    const name = names.get(identity) ?? identity;
    names.set(name, name);
    identities[row] = name;
  });
  if (nValid === 0) {
    throw new AppError(
      'annotationsInvalid',
      `«${path}» holds no line «image identity». Replace it by the original identity_CelebA.txt, or remove it to count each image as a person of its own.`,
      { path },
    );
  }
  return identities;
}
