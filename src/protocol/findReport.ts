import { AppError } from '../domain/appError.ts';

/** A report file by both of its names. */
export interface NamedFile {
  /** Absolute. */
  readonly path: string;
  /** As a list of reports gives it, with forward slashes. */
  readonly relative: string;
}

/**
 * The file that a name means: an absolute path, then one as the list gives it, then the last part of one.
 * @throws AppError usage: no file has the name, or several have.
 */
export function findReport<T extends NamedFile>(name: string, files: readonly T[]): T {
  const readings: readonly ((file: T) => string)[] = [
    ({ path }) => path,
    ({ relative }) => relative,
    ({ relative }) => relative.slice(relative.lastIndexOf('/') + 1),
  ];
  for (const reading of readings) {
    const [found, ...others] = files.filter((file) => reading(file) === name);
    if (found === undefined) continue;
    if (others.length === 0) return found;
    throw new AppError(
      'usage',
      `Several reports are called «${name}»: ${listed([found, ...others])}. Name one of them by its path.`,
      { report: name },
    );
  }
  throw new AppError(
    'usage',
    files.length === 0
      ? `There is no report «${name}»: the workspace holds none.`
      : `There is no report «${name}» in the workspace. Reports: ${listed(files)}.`,
    { report: name },
  );
}

const mostListed = 40;

/** Folders of a workspace may have one name, so that only absolute paths tell their files apart. */
function listed(files: readonly NamedFile[]): string {
  const names = new Set(files.map(({ relative }) => relative));
  const shown = files
    .slice(0, mostListed)
    .map(({ path, relative }) => (names.size === files.length ? relative : path));
  const nMore = files.length - shown.length;
  return shown.join(', ') + (nMore > 0 ? ` and ${nMore} more` : '');
}
