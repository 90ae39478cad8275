import { basename, join } from 'node:path';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DatasetTable } from '../domain/datasetTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { byCodeUnits } from './imageFiles.ts';
import { ImageIndex, imageStem } from './imageIndex.ts';
import { readLfwAttributes } from './lfwAttributes.ts';
import { readPairs } from './pairsFile.ts';
import { readTextLines } from './textFile.ts';

/** What comes with LFW; absolute paths, `null` where there is none. */
export interface LfwFiles {
  /** `pairs.txt`, else View 1's `pairsDevTest.txt`, else `pairsDevTrain.txt`. */
  readonly pairs: string | null;
  readonly people: string | null;
  readonly peopleTrain: string | null;
  readonly peopleTest: string | null;
  readonly maleNames: string | null;
  readonly femaleNames: string | null;
  readonly attributes: string | null;
}

/** The least deep file of each name among the `tables` of `folder` (relative paths); `null` where none is there. */
export function findLfwFiles(folder: string, tables: readonly string[]): LfwFiles | null {
  const find = (...names: readonly string[]): string | null => {
    const found = names.flatMap((name) =>
      tables
        .filter((path) => basename(path).toLowerCase() === name)
        .sort((a, b) => a.split('/').length - b.split('/').length || byCodeUnits(a, b)),
    );
    return found[0] === undefined ? null : join(folder, found[0]);
  };
  const files: LfwFiles = {
    pairs: find('pairs.txt', 'pairsdevtest.txt', 'pairsdevtrain.txt'),
    people: find('people.txt'),
    peopleTrain: find('peopledevtrain.txt'),
    peopleTest: find('peopledevtest.txt'),
    maleNames: find('male_names.txt'),
    femaleNames: find('female_names.txt'),
    attributes: find('lfw_attributes.txt'),
  };
  return Object.values(files).some((file) => file !== null) ? files : null;
}

/**
 * Adds what LFW's files say to a data set of images called `Ann_0004.jpg`:
 *
 * - attributes of `lfw_attributes.txt` by the sign of their score, and `Male` from `male_names.txt` and
 *   `female_names.txt` (an image file name a line), each only where the data set has no attribute of this name;
 * - the pairs of `pairs.txt`, else of `pairsDevTest.txt` or `pairsDevTrain.txt`, see `readPairs`;
 * - the split of View 1, from `peopleDevTrain.txt` and `peopleDevTest.txt`, where nothing else parts the set.
 *
 * People of whom `people.txt` promises another number of images are counted in a note.
 */
export async function withLfwFiles(
  table: DatasetTable,
  files: LfwFiles,
  log: DiagnosticLog,
): Promise<DatasetTable> {
  const { images } = table;
  if (!images.some((image) => /_\d{4}$/.test(imageStem(image)))) return table;
  const attributes = [...table.attributes];
  const add = (columns: readonly AttributeColumn[]) => {
    const names = new Set(attributes.map(({ name }) => name.toLowerCase()));
    attributes.push(...columns.filter(({ name }) => !names.has(name.toLowerCase())));
  };
  const scored = files.attributes === null ? [] : await scores(files.attributes, images, log);
  add(scored);
  if (files.maleNames !== null || files.femaleNames !== null) {
    add(await genderFromLists(files.maleNames, files.femaleNames, images, log));
  }
  if (files.people !== null) await comparePeople(files.people, images, log);
  const pairs = files.pairs === null ? null : await readPairs([{ file: files.pairs }], images, log);
  const isFolder = table.kind === 'identityFolders' || table.kind === 'imageFolder';
  const isUsed = attributes.length > table.attributes.length || pairs !== null;
  return {
    ...table,
    kind: isFolder && isUsed ? 'lfw' : table.kind,
    attributes,
    attributesFromImages: attributes.length === 0,
    annotationFile: table.annotationFile ?? (scored.length > 0 ? files.attributes : null),
    pairs: pairs ?? table.pairs,
    split: table.split ?? (await splitOfPeople(files, images)),
  };
}

/** The table's attributes for these images, unknown where it has no row. */
async function scores(
  file: string,
  images: readonly string[],
  log: DiagnosticLog,
): Promise<AttributeColumn[]> {
  const table = await readLfwAttributes(file, log);
  const index = new ImageIndex(table.images);
  const rowOf = images.map((image) => index.rowOf(image));
  const nFound = rowOf.filter((row) => row >= 0).length;
  if (nFound === 0) {
    log.add('dataSetNote', `«${basename(file)}» was not used: none of its images is in the data set.`);
    return [];
  }
  if (nFound < images.length) {
    log.add('dataSetNote', `«${basename(file)}» has no row for ${images.length - nFound} of the images.`);
  }
  return table.attributes(Int32Array.from(table.images.keys()), log).map((column) => ({
    ...column,
    values: Int8Array.from(rowOf, (row) => (row < 0 ? 0 : column.values[row]!)),
  }));
}

async function genderFromLists(
  maleNames: string | null,
  femaleNames: string | null,
  images: readonly string[],
  log: DiagnosticLog,
): Promise<AttributeColumn[]> {
  const index = new ImageIndex(images);
  const values = new Int8Array(images.length);
  const contradicted = new Set<number>();
  for (const [file, sign] of [
    [maleNames, 1],
    [femaleNames, -1],
  ] as const) {
    if (file === null) continue;
    for (const line of await readTextLines(file)) {
      const row = line.trim() === '' ? -1 : index.rowOf(line.trim());
      if (row < 0) continue;
      if (values[row] === -sign) contradicted.add(row);
      values[row] = sign;
    }
  }
  for (const row of contradicted) {
    values[row] = 0;
    log.add('valueInvalid', `${images[row]!}: both in the list of men and in that of women`);
  }
  if (!values.some((value) => value !== 0)) return [];
  return [{ name: 'Male', values, rule: { kind: 'binary' } }];
}

/** Lines `name count`; lines of one number alone are counts of folds and people. */
async function readPeople(file: string): Promise<Map<string, number>> {
  const people = new Map<string, number>();
  for (const line of await readTextLines(file)) {
    const match = /^(\S.*?)\s+(\d+)\s*$/.exec(line);
    if (match !== null) people.set(match[1]!.replaceAll(' ', '_'), Number(match[2]));
  }
  return people;
}

async function comparePeople(file: string, images: readonly string[], log: DiagnosticLog): Promise<void> {
  const counts = new Map<string, number>();
  for (const image of images) {
    const person = personOf(image);
    counts.set(person, (counts.get(person) ?? 0) + 1);
  }
  const people = await readPeople(file);
  const other = [...people].filter(([person, promised]) => (counts.get(person) ?? 0) !== promised);
  if (other.length === 0) return;
  const [person, promised] = other[0]!;
  log.add(
    'dataSetNote',
    `«${basename(file)}» promises another number of images of ${other.length} of ${people.size} people than the data set holds, such as ${promised} of «${person}», of whom there are ${counts.get(person) ?? 0}.`,
  );
}

async function splitOfPeople(
  { peopleTrain, peopleTest }: LfwFiles,
  images: readonly string[],
): Promise<Int8Array | null> {
  if (peopleTrain === null && peopleTest === null) return null;
  const train = peopleTrain === null ? null : await readPeople(peopleTrain);
  const test = peopleTest === null ? null : await readPeople(peopleTest);
  return Int8Array.from(images, (image) => {
    const person = personOf(image);
    return train?.has(person) === true ? 0 : test?.has(person) === true ? 2 : -1;
  });
}

function personOf(image: string): string {
  return imageStem(image).replace(/_\d+$/, '');
}
