import type { VerificationResult } from '../protocol/report.ts';

/** The functions of `node:path` that are needed, so that those of another platform can be tested. */
export interface PathFunctions {
  readonly sep: string;
  isAbsolute(path: string): boolean;
  resolve(...parts: string[]): string;
  relative(from: string, to: string): string;
}

/** Images that a report's results show as examples, named as in the report. */
export function exampleImages(
  results: readonly Pick<VerificationResult, 'worstMatched' | 'worstUnmatched'>[],
): ReadonlySet<string> {
  const pairs = results.flatMap((result) => [...result.worstMatched, ...result.worstUnmatched]);
  return new Set(pairs.flatMap(({ left, right }) => [left, right]));
}

/**
 * Absolute path of an image of the data set; `null` for what lies elsewhere or is no image, because a report may
 * come from anyone.
 */
export function imageInDataset(datasetRoot: string, image: string, paths: PathFunctions): string | null {
  if (!shownByBrowsers.test(image)) return null;
  const path = paths.resolve(datasetRoot, image);
  const below = paths.relative(datasetRoot, path);
  const leaves = below === '..' || below.startsWith(`..${paths.sep}`) || paths.isAbsolute(below);
  return leaves ? null : path;
}

const shownByBrowsers = /\.(jpe?g|png|webp|gif|avif)$/i;
