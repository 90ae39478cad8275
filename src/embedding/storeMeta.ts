import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/appError.ts';
import { canonicalJson } from './storeDescription.ts';
import { storeFiles } from './storeFormat.ts';

/**
 * Writes a new store's `meta.json`, or checks that the one found says the same. Throws `storeInvalid` where it
 * does not, or where rows exist without it: nobody could say which model they came from.
 */
export async function ensureMeta(folder: string, meta: Readonly<Record<string, unknown>>): Promise<void> {
  const file = join(folder, storeFiles.meta);
  const found = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) {
    if ((await sizeOf(join(folder, storeFiles.index))) > 0)
      throw storeInvalid(folder, `it holds rows but no ${storeFiles.meta}`);
    await writeWhole(file, `${JSON.stringify(meta, null, 2)}\n`);
    await syncFolder(folder);
    return;
  }
  if (!sameJson(found, meta)) throw storeInvalid(folder, `its ${storeFiles.meta} is damaged or was changed`);
}

export function storeInvalid(folder: string, reason: string): AppError {
  return new AppError(
    'storeInvalid',
    `The store ${folder} cannot be used: ${reason}. Delete this folder; its rows will be computed again.`,
    { path: folder, reason },
  );
}

function sameJson(text: string, meta: unknown): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === canonicalJson(meta);
  } catch {
    return false;
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** Under another name first, so that the file is whole or absent whenever the process ends. */
async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** Makes a new name in the folder durable; Windows cannot open folders and does so by itself. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
