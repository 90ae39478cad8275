import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, cancelledError, messageOf } from '../domain/appError.ts';
import { byCodeUnits, isImageName, isUnreadImageName } from './imageFiles.ts';

/** What a folder holds; paths are relative to it, with forward slashes, in the order of code units. */
export interface FolderContents {
  readonly images: readonly string[];
  /** Files that may be annotations: `.txt`, `.csv`, `.tsv`, `.parquet`. */
  readonly tables: readonly string[];
  /** Files with an image's name that are hidden, or of a format that is not read. */
  readonly ignored: readonly string[];
  /** Sentences about folders that could not be listed. */
  readonly notes: readonly string[];
}

/** Folders in folders that are entered; deeper ones are named in `notes`. */
export const maxFolderDepth = 12;

/**
 * Lists a folder and its subfolders. Hidden files and folders are passed over, AppleDouble files
 * (`._face.jpg`) among them. Links are followed after all real folders were seen, and no folder is entered
 * twice, so that a loop of links ends and an image that is reachable in two ways keeps its real path.
 *
 * Throws `dataSetNotFound` where the folder itself cannot be listed.
 */
export async function walkFolder(root: string, signal: AbortSignal): Promise<FolderContents> {
  const walk = new Walk(root, signal);
  return walk.run();
}

const tablePattern = /\.(txt|csv|tsv|parquet)$/i;

interface Pending {
  /** Relative path, empty for the root. */
  readonly path: string;
  readonly depth: number;
}

class Walk {
  readonly #root: string;
  readonly #signal: AbortSignal;
  readonly #images: string[] = [];
  readonly #tables: string[] = [];
  readonly #ignored: string[] = [];
  readonly #notes: string[] = [];
  readonly #seen = new Set<string>();
  readonly #links: Pending[] = [];

  constructor(root: string, signal: AbortSignal) {
    this.#root = root;
    this.#signal = signal;
  }

  async run(): Promise<FolderContents> {
    await this.#enter({ path: '', depth: 0 });
    // Entering a link may find further links: the list grows while it is walked.
    for (let i = 0; i < this.#links.length; i++) await this.#enter(this.#links[i]!);
    return {
      images: this.#images.sort(byCodeUnits),
      tables: this.#tables.sort(byCodeUnits),
      ignored: this.#ignored.sort(byCodeUnits),
      notes: this.#notes,
    };
  }

  async #enter(start: Pending): Promise<void> {
    const stack = [start];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (this.#signal.aborted) throw cancelledError();
      const folders = await this.#list(next);
      // Taken from the end: the first in order is entered first.
      for (const path of folders.sort(byCodeUnits).reverse()) stack.push({ path, depth: next.depth + 1 });
    }
  }

  /** Files of one folder go to their lists, links to theirs; returns the subfolders. */
  async #list({ path, depth }: Pending): Promise<string[]> {
    const absolute = join(this.#root, path);
    if (depth > maxFolderDepth) {
      this.#notes.push(`«${path}» lies more than ${maxFolderDepth} folders deep and was not entered.`);
      return [];
    }
    let entries;
    try {
      const real = await realpath(absolute);
      if (this.#seen.has(real)) return [];
      this.#seen.add(real);
      entries = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      if (path === '') throw notFound(this.#root, error);
      this.#notes.push(`«${path}» could not be listed: ${messageOf(error)}.`);
      return [];
    }
    const folders: string[] = [];
    const links: string[] = [];
    for (const entry of entries) {
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isFile()) this.#addFile(child, entry.name);
      else if (isHidden(entry.name)) continue;
      else if (entry.isDirectory()) folders.push(child);
      else if (entry.isSymbolicLink()) links.push(child);
    }
    for (const child of links.sort(byCodeUnits)) await this.#addLink(child, depth + 1);
    return folders;
  }

  #addFile(path: string, name: string): void {
    if (isHidden(name)) {
      if (isImageName(name)) this.#ignored.push(path);
    } else if (isImageName(name)) this.#images.push(path);
    else if (isUnreadImageName(name)) this.#ignored.push(path);
    else if (tablePattern.test(name)) this.#tables.push(path);
  }

  async #addLink(path: string, depth: number): Promise<void> {
    // A link to nothing is no file: an image that a table expects there is reported as not on disk.
    const target = await stat(join(this.#root, path)).catch(() => null);
    if (target?.isDirectory() === true) this.#links.push({ path, depth });
    else if (target?.isFile() === true) this.#addFile(path, path.slice(path.lastIndexOf('/') + 1));
  }
}

/** Dot files, and the folder of resource forks that macOS puts in archives. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX';
}

function notFound(root: string, cause: unknown): AppError {
  return new AppError(
    'dataSetNotFound',
    `The folder «${root}» could not be listed: ${messageOf(cause)}. Pass a folder of face images, or a CSV table of them.`,
    { path: root },
    cause,
  );
}
