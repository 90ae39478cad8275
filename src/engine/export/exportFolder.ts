import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError, cancelledError, messageOf } from '../../domain/appError.ts';

/** A file of an export, made when its turn comes. */
export interface ExportFile {
  /** In the folder, with forward slashes. */
  readonly path: string;
  /** What it is, for the list of contents; `null`: the one before it in another format. */
  readonly about: string | null;
  readonly content: () => string | Uint8Array | Promise<string | Uint8Array>;
}

/** First line of the list of contents, by which an earlier export is told from any other folder. */
export const exportMark = 'Attribute Lens export';
export const contentsName = 'README.txt';

/** What exports have at their top level. */
const ownNames: ReadonlySet<string> = new Set([
  'tables',
  'figures',
  'table.tex',
  'methods.txt',
  'paper.bib',
  'report.html',
  'report.attrlens.json',
  contentsName,
]);

/**
 * Writes files into a folder: all of them or, where something is in the way, none. A folder that is new or empty is
 * put in place when it is whole. In one that an earlier export has left, what exports write is replaced, and whatever
 * else is there stays. Any other folder is refused.
 * @throws AppError writeFailed, naming the folder and the reason; cancelled.
 */
export async function writeExport(
  out: string,
  files: readonly ExportFile[],
  { signal, onFile }: { readonly signal: AbortSignal; readonly onFile: (path: string) => void },
): Promise<void> {
  const target = resolve(out);
  const staging = `${target}.${process.pid}.part`;
  try {
    const found = await lookAt(target);
    await mkdir(staging, { recursive: true });
    for (const { path, content } of files) {
      if (signal.aborted) throw cancelledError();
      onFile(path);
      const file = join(staging, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await content());
    }
    await (found === 'earlierExport' ? replaceParts(staging, target) : putInPlace(staging, target, found));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'writeFailed',
      `The export could not be written to ${target}: ${messageOf(error)}. Name another folder, or make room.`,
      { folder: target },
      error,
    );
  } finally {
    // Where even the clean-up fails, the error before says why.
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
  }
}

type Found = 'nothing' | 'emptyFolder' | 'earlierExport';

async function lookAt(target: string): Promise<Found> {
  let names: string[];
  try {
    names = await readdir(target);
  } catch (error) {
    if (isMissing(error)) return 'nothing';
    throw error;
  }
  if (names.length === 0) return 'emptyFolder';
  const contents = await readFile(join(target, contentsName), 'utf8').catch(() => '');
  if (contents.startsWith(exportMark)) return 'earlierExport';
  throw new AppError(
    'writeFailed',
    `${target} holds other files (${names[0]!}${names.length > 1 ? ', …' : ''}), which an export must not mix with. Name a folder that is new or empty, or that an earlier export has written.`,
    { folder: target },
  );
}

async function putInPlace(staging: string, target: string, found: Found): Promise<void> {
  // Not every system renames over a folder, not even over an empty one.
  if (found === 'emptyFolder') await rmdir(target);
  await rename(staging, target);
}

async function replaceParts(staging: string, target: string): Promise<void> {
  const written = await readdir(staging);
  for (const name of ownNames) await rm(join(target, name), { recursive: true, force: true });
  // The list of contents is what the folder is known by, so it comes last.
  for (const name of written.filter((one) => one !== contentsName)) {
    await rename(join(staging, name), join(target, name));
  }
  await rename(join(staging, contentsName), join(target, contentsName));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
