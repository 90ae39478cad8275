import type { Report } from '../protocol/report.ts';

/** The functions of `node:path` that are needed, so that those of another platform can be tested. */
export interface PathFunctions {
  readonly sep: string;
  isAbsolute(path: string): boolean;
  resolve(...parts: string[]): string;
  relative(from: string, to: string): string;
}

/** Images that a report's results show as examples, named as in the report. */
export function exampleImages({
  verification,
  faces,
  extremes,
}: Pick<Report['results'], 'verification' | 'faces' | 'extremes'>): ReadonlySet<string> {
  const pairs = [
    ...verification.flatMap(({ worstMatched, worstUnmatched }) => [...worstMatched, ...worstUnmatched]),
    ...extremes.flatMap((one) => [...one.closestCross, ...one.farthestPositive, ...one.farthestNegative]),
  ];
  return new Set([
    ...pairs.flatMap(({ left, right }) => [left, right]),
    ...faces.flatMap(({ positive, negative }) => [...positive, ...negative]),
  ]);
}

/**
 * Absolute path of an image of the data set; `null` for what lies elsewhere or is no image, because a report may
 * come from anyone.
 */
export function imageInDataset(datasetRoot: string, image: string, paths: PathFunctions): string | null {
  if (!isImageName.test(image)) return null;
  const path = paths.resolve(datasetRoot, image);
  const below = paths.relative(datasetRoot, path);
  const leaves = below === '..' || below.startsWith(`..${paths.sep}`) || paths.isAbsolute(below);
  return leaves ? null : path;
}

/** What the engine decodes. Browsers, and so the editor, show all but TIFF. */
const isImageName = /\.(jpe?g|png|webp|gif|avif|tiff?)$/i;
