import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, messageOf } from '../../domain/appError.ts';
import type { Projection } from '../../protocol/projectionSchema.ts';

/**
 * Writes a projection so that a reader sees the old file or the new one, never half of one.
 * @throws AppError writeFailed, naming the file.
 */
export async function writeProjection(file: string, projection: Projection): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, `${JSON.stringify(projection)}\n`);
    await rename(temporary, file);
  } catch (error) {
    // Where even the clean-up fails, the first error says why.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new AppError(
      'writeFailed',
      `The projection could not be written to ${file}: ${messageOf(error)}.`,
      { file },
      error,
    );
  }
}

/**
 * Numbers as a file holds them, rounded: half a million of seventeen digits would be too large for what is only drawn.
 * @throws AppError numericsInvalid for one that is not finite, which JSON would change.
 */
export function roundedNumbers(values: ArrayLike<number>, digits: number): number[] {
  return Array.from(values, (value) => {
    if (Number.isFinite(value)) return Number(value.toPrecision(digits));
    throw new AppError('numericsInvalid', `A coordinate of the projection is ${value}.`);
  });
}
