import { basename } from 'node:path';
import type { VerificationPairs } from '../domain/datasetTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { ImageIndex } from './imageIndex.ts';
import { readTextLines } from './textFile.ts';

/** A file of pairs, and which images it speaks of. */
export interface PairsSource {
  readonly file: string;
  readonly isMeant?: (image: string) => boolean;
}

const maxFolds = 256;

/**
 * Reads pairs as LFW and RFW write them: a line `name n1 n2` for two images of one person, a line
 * `name1 n1 name2 n2` for images of two; image 4 of `Ann` is called `Ann_0004`. A first line `10 300` promises
 * ten folds of 300 matched and then 300 other pairs, a first line `1100` one such fold; RFW has neither.
 *
 * Where the number of lines is as promised the fold follows from it; else a fold begins where a matched pair
 * follows one of two people. The folds of several files with the same number are one fold (RFW: one file for
 * each race, so that each fold holds pairs of all races).
 *
 * Pairs of images that the data set does not hold are counted and named (`pairMissing`), faulty lines are
 * `rowInvalid`. `null` where no pair is left, and a note.
 */
export async function readPairs(
  sources: readonly PairsSource[],
  images: readonly string[],
  log: DiagnosticLog,
): Promise<VerificationPairs | null> {
  const left: number[] = [];
  const right: number[] = [];
  const same: number[] = [];
  const fold: number[] = [];
  let nMissing = 0;
  for (const { file, isMeant } of sources) {
    const index = new ImageIndex(images, isMeant);
    const pairs = parsePairs(basename(file), await readTextLines(file), log);
    const missing: string[] = [];
    let nFound = 0;
    for (const pair of pairs) {
      const [first, second] = [index.rowOf(pair.left), index.rowOf(pair.right)];
      if (first < 0 || second < 0) {
        missing.push(`${pair.left} ${pair.right}`);
        continue;
      }
      nFound++;
      left.push(first);
      right.push(second);
      same.push(pair.isSame ? 1 : 0);
      fold.push(pair.fold);
    }
    if (nFound === 0) {
      log.add('dataSetNote', `«${basename(file)}» was not used: no pair of it is in the data set.`);
      continue;
    }
    nMissing += missing.length;
    for (const item of missing) log.add('pairMissing', item);
  }
  if (left.length === 0) return null;
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    same: Uint8Array.from(same),
    fold: Uint8Array.from(fold),
    nMissing,
  };
}

interface NamedPair {
  readonly left: string;
  readonly right: string;
  readonly isSame: boolean;
  readonly fold: number;
}

function parsePairs(name: string, lines: readonly string[], log: DiagnosticLog): readonly NamedPair[] {
  const rows = lines.map((line) => line.trim()).filter((line) => line !== '');
  const header = /^(\d+)(?:\s+(\d+))?$/.exec(rows[0] ?? '');
  const body = header === null ? rows : rows.slice(1);
  const nFolds = header?.[2] === undefined ? 1 : Number(header[1]);
  const perFold = 2 * Number(header?.[2] ?? header?.[1] ?? 0);
  const isAsPromised = header !== null && nFolds * perFold === body.length;
  if (header !== null && !isAsPromised) {
    log.add('rowCountMismatch', `${name}: ${nFolds * perFold} pairs promised, ${body.length} found`);
  }
  const pairs: NamedPair[] = [];
  let run = 0;
  let lastWasSame = true;
  body.forEach((line, i) => {
    const pair = parsePair(line);
    if (pair === null) {
      log.add('rowInvalid', `${name}: «${line}»`);
      return;
    }
    if (pair.isSame && !lastWasSame) run++;
    lastWasSame = pair.isSame;
    pairs.push({ ...pair, fold: isAsPromised ? Math.floor(i / perFold) : run });
  });
  if (pairs.length > 0 && pairs.at(-1)!.fold >= maxFolds) {
    log.add('dataSetNote', `«${name}» was not used: it has more than ${maxFolds} folds.`);
    return [];
  }
  return pairs;
}

function parsePair(line: string): Omit<NamedPair, 'fold'> | null {
  const cells = line.split(line.includes('\t') ? /\t+/ : /\s+/).map((cell) => cell.trim());
  const [first, n1, ...rest] = cells;
  const [second, n2] = cells.length === 3 ? [first, rest[0]] : cells.length === 4 ? rest : [];
  const left = numberedImage(first, n1);
  const right = numberedImage(second, n2);
  // An image beside itself is at distance 0 from it, whatever the model.
  if (left === null || right === null || left === right) return null;
  return { left, right, isSame: first === second };
}

/** `Ann_0004` for image 4 of Ann; `null` where this is no number. */
export function numberedImage(person: string | undefined, number: string | undefined): string | null {
  if (person === undefined || person === '' || number === undefined || !/^\d+$/.test(number)) return null;
  return `${person.replaceAll(' ', '_')}_${String(Number(number)).padStart(4, '0')}`;
}
