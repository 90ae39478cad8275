import { open, readFile } from 'node:fs/promises';
import { AppError, messageOf } from '../domain/appError.ts';

/**
 * The bytes of an annotation file. Throws `annotationsInvalid` for one that cannot be read, is empty, or is
 * no UTF-8 text: a git-LFS pointer in place of the file, or UTF-16 as spreadsheets write it.
 */
export async function readAnnotationBytes(path: string): Promise<Buffer> {
  let bytes;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  refuseForeign(path, bytes);
  return bytes;
}

/** The first `maxBytes` bytes of an annotation file as text; refuses what `readAnnotationBytes` refuses. */
export async function readAnnotationHead(path: string, maxBytes = 65_536): Promise<string> {
  const buffer = Buffer.alloc(maxBytes);
  let head;
  try {
    await using file = await open(path);
    const { bytesRead } = await file.read(buffer, 0, maxBytes, 0);
    head = buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(path, error);
  }
  refuseForeign(path, head);
  return stripByteOrderMark(head.toString('utf8'));
}

/** The lines of an annotation file; for files of a few megabytes. Refuses what `readAnnotationBytes` refuses. */
export async function readTextLines(path: string): Promise<string[]> {
  return stripByteOrderMark((await readAnnotationBytes(path)).toString('utf8')).split(/\r?\n/);
}

export function stripByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function refuseForeign(path: string, bytes: Buffer): void {
  const refuse = (what: string, remedy: string) => {
    throw new AppError('annotationsInvalid', `The annotation file «${path}» ${what}. ${remedy}`, { path });
  };
  if (bytes.length === 0) refuse('is empty', 'Download it again, or pass another file.');
  if (bytes.subarray(0, 40).toString('latin1').startsWith('version https://git-lfs')) {
    refuse('is a git-LFS pointer, not the file itself', 'Fetch it with «git lfs pull».');
  }
  if (bytes.subarray(0, 4096).includes(0)) {
    refuse('is no UTF-8 text', 'Save it as CSV in UTF-8.');
  }
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError(
    'annotationsInvalid',
    `The annotation file «${path}» could not be read: ${messageOf(cause)}.`,
    { path },
    cause,
  );
}
