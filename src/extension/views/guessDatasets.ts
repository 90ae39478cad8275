import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** Why a folder looks like a data set; what it is, an analysis finds out. */
export type DatasetLook = 'celeba' | 'lfw' | 'people' | 'images';

export interface LookedAt {
  readonly folder: string;
  readonly look: DatasetLook;
}

export interface FolderListing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** A part of what a folder holds; nothing where it cannot be read. */
export type ListFolder = (folder: string) => Promise<FolderListing>;

const maxDepth = 2;
const maxFolders = 200;
/** Looked into for images, to tell a folder of people. */
const peopleLookedAt = 4;
const fewestImages = 5;
const maxEntries = 400;
const passedOver = new Set(['node_modules', 'dist', 'out', 'build', 'attribute-lens']);

/**
 * Folders at `root` or below it that look like data sets, nearest first. A cheap look: at a few hundred folders and
 * the first few hundred names in each; no file is opened. Below a data set no other one is looked for.
 */
export async function guessDatasets(
  root: string,
  list: ListFolder = listFolder,
): Promise<readonly LookedAt[]> {
  const found: LookedAt[] = [];
  let level: readonly string[] = [root];
  let left = maxFolders;
  for (let depth = 0; depth <= maxDepth && left > 0; depth++) {
    const looked = await Promise.all(
      level.slice(0, left).map(async (folder) => {
        const listing = await list(folder);
        return { folder, listing, look: await lookAt(folder, listing, list) };
      }),
    );
    left -= looked.length;
    found.push(...looked.flatMap(({ folder, look }) => (look === null ? [] : [{ folder, look }])));
    level = looked
      .filter(({ look }) => look === null)
      .flatMap(({ folder, listing }) => subfolders(listing).map((name) => join(folder, name)));
  }
  return found;
}

async function lookAt(folder: string, listing: FolderListing, list: ListFolder): Promise<DatasetLook | null> {
  const { files } = listing;
  const folders = subfolders(listing);
  const annotations = folders.find((name) => /^anno(tations)?$/i.test(name));
  const beside = annotations === undefined ? [] : (await list(join(folder, annotations))).files;
  if ([...files, ...beside].some((name) => /^(list_attr|identity)_celeba\.(txt|csv)$/i.test(name)))
    return 'celeba';
  if (files.some((name) => /^lfw_attributes\.txt$/i.test(name))) return 'lfw';
  if (files.filter(isImage).length >= fewestImages) return 'images';
  const some = folders.slice(0, peopleLookedAt);
  const inside = await Promise.all(some.map((name) => list(join(folder, name))));
  const withImages = inside.filter((one) => one.folders.length === 0 && one.files.some(isImage)).length;
  return withImages >= 2 && withImages === some.length ? 'people' : null;
}

function subfolders({ folders }: FolderListing): readonly string[] {
  return folders.filter((name) => !name.startsWith('.') && !passedOver.has(name)).sort();
}

function isImage(name: string): boolean {
  return /\.(jpe?g|png|webp|bmp)$/i.test(name);
}

/** The first names alone: a folder of a million images is not read to its end. */
async function listFolder(folder: string): Promise<FolderListing> {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) folders.push(entry.name);
      else if (entry.isFile()) files.push(entry.name);
      if (files.length + folders.length >= maxEntries) break;
    }
  } catch {
    // What cannot be read is no data set.
  }
  return { files, folders };
}
