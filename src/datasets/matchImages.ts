import { byCodeUnits, stemOf } from './imageFiles.ts';

/** Where the images of a table lie. */
export interface ImageMatch {
  /** Index into the files for each name of the table, −1 where it is not on disk. */
  readonly fileOf: Int32Array;
  /** Folders that names are relative to, best first, '' for the root; empty where nothing matched. */
  readonly folders: readonly string[];
  /** Folders that hold images of the same names, and were not used. */
  readonly otherFolders: readonly string[];
  /** How many names were matched by their stem: `a.jpg` in the table, `a.png` on disk. */
  readonly nByStem: number;
  /** Leading folders of the table's names that do not exist on disk and were dropped. */
  readonly nDropped: number;
}

export interface MatchOptions {
  readonly severalFolders: boolean;
  readonly prefers: (folder: string) => boolean;
}

/**
 * Finds the images of a table among the files of a folder, in any order of either.
 *
 * A name belongs to a file whose path ends with it, so that the folder names are relative to need not be
 * told. Folders are ranked: those that `prefers` holds for first, then by names matched, then by names
 * matched with their extension, then the shallower, then in the order of code units. The first is taken;
 * with `severalFolders`, so is each further one that holds no name already found (`train/` and `test/`), as
 * an image must never be taken for its namesake in another folder.
 *
 * Within the folders a name matches the file of exactly this name, else the only file with its stem, unless
 * two names of the table share that stem. Where no name matches, leading folders of the names are dropped
 * until some do: a table may write `img_align_celeba/000001.jpg`, or absolute paths of another machine.
 */
export function matchImages(
  names: readonly string[],
  files: readonly string[],
  options: MatchOptions,
): ImageMatch {
  const deepest = names.reduce((most, name) => Math.max(most, slashesIn(name)), 0);
  for (let nDropped = 0; nDropped <= deepest; nDropped++) {
    const match = matchShortened(dropFolders(names, nDropped), files, options);
    if (match.folders.length > 0) return { ...match, nDropped };
  }
  return {
    fileOf: new Int32Array(names.length).fill(-1),
    folders: [],
    otherFolders: [],
    nByStem: 0,
    nDropped: 0,
  };
}

/** Rows of the table and their files in one folder. */
interface Candidate {
  readonly folder: string;
  readonly exact: Map<number, number>;
  /** −1: several files with the stem. */
  readonly byStem: Map<number, number>;
}

function matchShortened(
  names: readonly string[],
  files: readonly string[],
  { severalFolders, prefers }: MatchOptions,
): Omit<ImageMatch, 'nDropped'> {
  const ranked = candidatesOf(names, files).sort(
    (a, b) =>
      Number(prefers(b.folder)) - Number(prefers(a.folder)) ||
      b.exact.size + b.byStem.size - a.exact.size - a.byStem.size ||
      b.exact.size - a.exact.size ||
      depthOf(a.folder) - depthOf(b.folder) ||
      byCodeUnits(a.folder, b.folder),
  );
  const fileOf = new Int32Array(names.length).fill(-1);
  const isTaken = new Uint8Array(files.length);
  const folders: string[] = [];
  const otherFolders: string[] = [];
  let nByStem = 0;
  for (const { folder, exact, byStem } of ranked) {
    const pairs = [...exact, ...byStem];
    const isFree = () => pairs.every(([row, file]) => fileOf[row]! < 0 && isTaken[file] === 0);
    if (folders.length > 0 && !(severalFolders && isFree())) {
      otherFolders.push(folder);
      continue;
    }
    folders.push(folder);
    nByStem += byStem.size;
    for (const [row, file] of pairs) {
      fileOf[row] = file;
      isTaken[file] = 1;
    }
  }
  return { fileOf, folders, otherFolders, nByStem };
}

/** Each folder that some names of the table are relative to. */
function candidatesOf(names: readonly string[], files: readonly string[]): Candidate[] {
  const index = new NameIndex(names);
  const candidates = new Map<string, Candidate>();
  files.forEach((path, file) => {
    for (const start of index.startsOf(path)) {
      const match = index.find(path.slice(start));
      if (match === null) continue;
      const folder = path.slice(0, Math.max(start - 1, 0));
      let candidate = candidates.get(folder);
      if (candidate === undefined) {
        candidate = { folder, exact: new Map(), byStem: new Map() };
        candidates.set(folder, candidate);
      }
      const { exact, byStem } = candidate;
      if (match.isExact) exact.set(match.row, file);
      else byStem.set(match.row, byStem.has(match.row) ? -1 : file);
    }
  });
  for (const { exact, byStem } of candidates.values()) {
    for (const [row, file] of byStem) if (file < 0 || exact.has(row)) byStem.delete(row);
  }
  return [...candidates.values()].filter(({ exact, byStem }) => exact.size + byStem.size > 0);
}

/** Names of a table, looked up by the ends of paths. */
class NameIndex {
  readonly #names: readonly string[];
  readonly #rowOfName: ReadonlyMap<string, number>;
  /** Numbers of slashes that names have: ends of a path with another number need no look-up. */
  readonly #slashes: ReadonlySet<number>;
  readonly #mostSlashes: number;
  #rowOfStem: ReadonlyMap<string, number> | null = null;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#rowOfName = rowsByKey(names);
    this.#slashes = new Set(names.map(slashesIn));
    this.#mostSlashes = Math.max(...this.#slashes);
  }

  /** Where the ends of a path begin that may be names. */
  startsOf(path: string): number[] {
    const starts: number[] = [];
    let end = path.length;
    for (let slashes = 0; slashes <= this.#mostSlashes && end > 0; slashes++) {
      const slash = path.lastIndexOf('/', end - 1);
      if (this.#slashes.has(slashes)) starts.push(slash + 1);
      end = slash;
    }
    return starts;
  }

  find(end: string): { readonly row: number; readonly isExact: boolean } | null {
    const named = this.#rowOfName.get(end);
    if (named !== undefined) return named < 0 ? null : { row: named, isExact: true };
    this.#rowOfStem ??= rowsByKey(this.#names.map(stemOf));
    const stemmed = this.#rowOfStem.get(stemOf(end));
    return stemmed === undefined || stemmed < 0 ? null : { row: stemmed, isExact: false };
  }
}

/** The row of each key, −1 where several rows share it. */
function rowsByKey(keys: readonly string[]): Map<string, number> {
  const rows = new Map<string, number>();
  keys.forEach((key, row) => rows.set(key, rows.has(key) ? -1 : row));
  return rows;
}

function slashesIn(name: string): number {
  let count = 0;
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) count++;
  return count;
}

function dropFolders(names: readonly string[], count: number): readonly string[] {
  if (count === 0) return names;
  return names.map((name) => {
    const parts = name.split('/');
    return parts.slice(Math.min(count, parts.length - 1)).join('/');
  });
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}
