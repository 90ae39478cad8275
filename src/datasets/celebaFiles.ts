import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { byCodeUnits } from './imageFiles.ts';

/** What comes with CelebA's attributes; absolute paths, `null` where there is none. */
export interface CelebaFiles {
  readonly identities: string | null;
  /** Of the images in the wild. */
  readonly landmarks: string | null;
  /** Of the aligned images. */
  readonly alignedLandmarks: string | null;
  /** Of the images in the wild. */
  readonly boxes: string | null;
  readonly partition: string | null;
}

const patterns = {
  identities: /^identity_celeba\.(txt|csv)$/i,
  landmarks: /^list_landmarks_celeba\.(txt|csv)$/i,
  alignedLandmarks: /^list_landmarks_align_celeba\.(txt|csv)$/i,
  boxes: /^list_bbox_celeba\.(txt|csv)$/i,
  partition: /^list_eval_partition\.(txt|csv)$/i,
} as const satisfies Record<keyof CelebaFiles, RegExp>;

export const celebaAttributeFile = /^list_attr.*\.(txt|csv)$/i;

/**
 * CelebA's further tables among the `tables` of `folder` (relative paths): each beside the attributes (in
 * the folder `beside`, absolute), else the least deep; the text before the CSV of the mirrors.
 */
export function findCelebaFiles(folder: string, tables: readonly string[], beside: string): CelebaFiles {
  const find = (pattern: RegExp): string | null => {
    const found = tables
      .filter((path) => pattern.test(basename(path)))
      .map((path) => ({ file: join(folder, path), path }))
      .sort(
        (a, b) =>
          Number(dirname(b.file) === beside) - Number(dirname(a.file) === beside) ||
          depthOf(a.path) - depthOf(b.path) ||
          Number(/csv$/i.test(a.path)) - Number(/csv$/i.test(b.path)) ||
          byCodeUnits(a.path, b.path),
      );
    return found[0]?.file ?? null;
  };
  return {
    identities: find(patterns.identities),
    landmarks: find(patterns.landmarks),
    alignedLandmarks: find(patterns.alignedLandmarks),
    boxes: find(patterns.boxes),
    partition: find(patterns.partition),
  };
}

/**
 * What the images of a folder are, by the names of its folders, the innermost first; `null` where these say
 * nothing. Aligned images and images in the wild bear the same file names, but other landmarks.
 */
export function celebaImagesIn(folder: string): 'aligned' | 'wild' | null {
  for (const name of folder.split(/[/\\]/).reverse()) {
    if (/^img_align_celeba/i.test(name)) return 'aligned';
    if (/^img_celeba/i.test(name)) return 'wild';
  }
  return null;
}

/** CelebA's tables around one of its image folders. */
export interface Surroundings {
  readonly folder: string;
  /** Relative to it. */
  readonly tables: readonly string[];
}

/**
 * Where a folder of CelebA's images was opened itself (`img_align_celeba`, `img_celeba`), the annotations
 * lie around it: in the folder above or its `Anno/` and `Eval/`, or, above `Img/` or a folder of the same
 * name, one further up. `null` where the folder has another name, or no attribute table lies there.
 */
export async function celebaSurroundings(imageFolder: string): Promise<Surroundings | null> {
  if (!isImageFolder(imageFolder)) return null;
  const above = dirname(imageFolder);
  const folders = [above];
  if (isImageFolder(above) || /^img$/i.test(basename(above))) folders.push(dirname(above));
  for (const folder of folders) {
    const tables = await listTables(folder);
    if (tables.some((path) => celebaAttributeFile.test(basename(path)))) return { folder, tables };
  }
  return null;
}

function isImageFolder(folder: string): boolean {
  return /^img_(align_)?celeba/i.test(basename(folder));
}

async function listTables(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  const parts = names.filter((name) => /^(anno|annotations|eval)$/i.test(name)).sort(byCodeUnits);
  const inParts = await Promise.all(
    parts.map(async (part) => (await namesIn(join(folder, part))).map((name) => `${part}/${name}`)),
  );
  return [names, ...inParts]
    .flat()
    .filter((path) => /\.(txt|csv)$/i.test(path))
    .sort(byCodeUnits);
}

/** Nothing where the folder may not be listed: its neighbours are a guess, not a request. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}
