import type { CodedColumn } from './codedColumn.ts';
import { isMissing } from './columnKind.ts';

const words: ReadonlyMap<string, 0 | 1 | 2> = new Map([
  ['train', 0],
  ['training', 0],
  ['val', 1],
  ['valid', 1],
  ['validation', 1],
  ['dev', 1],
  ['test', 2],
  ['testing', 2],
  ['eval', 2],
]);

/** CelebA's numbers. */
const numbers: ReadonlyMap<string, 0 | 1 | 2> = new Map([
  ['0', 0],
  ['1', 1],
  ['2', 2],
]);

const bareWord = /(^|\/)(train(ing)?|val(id(ation)?)?|test(ing)?)\.\w+$/i;
const wordInName = /train(ing)?|val(id(ation)?)?|test(ing)?/i;

/**
 * 0 train, 1 validation, 2 test, −1 unknown, from a column of such words or of CelebA's numbers; `null` where
 * it holds anything else.
 */
export function splitOfColumn({ codes, values }: CodedColumn): Int8Array | null {
  const known = values.filter((text) => !isMissing(text)).map((text) => text.toLowerCase());
  const meaning = [words, numbers].find((map) => known.length > 0 && known.every((text) => map.has(text)));
  if (meaning === undefined) return null;
  const byCode = values.map((text) => meaning.get(text.toLowerCase()) ?? -1);
  return Int8Array.from(codes, (code) => byCode[code]!);
}

/** The same from the first folder of each path; `null` unless all paths begin with such a word. */
export function splitOfPaths(images: readonly string[]): Int8Array | null {
  const split = new Int8Array(images.length);
  for (let row = 0; row < images.length; row++) {
    const image = images[row]!;
    const slash = image.indexOf('/');
    const part = slash < 0 ? undefined : words.get(image.slice(0, slash).toLowerCase());
    if (part === undefined) return null;
    split[row] = part;
  }
  return split;
}

/**
 * Whether files are the parts of one table: their names are the same but for train, val or test, as
 * FairFace's `fairface_label_train.csv` and `fairface_label_val.csv`. A bare `train.csv` says too little.
 */
export function arePartsOfOne(paths: readonly string[]): boolean {
  const wholes = new Set(paths.map((path) => path.replace(wordInName, '*').toLowerCase()));
  return wholes.size === 1 && paths.every((path) => wordInName.test(path) && !bareWord.test(path));
}
