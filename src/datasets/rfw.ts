import { basename } from 'node:path';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DatasetTable } from '../domain/datasetTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { byCodeUnits } from './imageFiles.ts';
import { readPairs } from './pairsFile.ts';

const races = ['African', 'Asian', 'Caucasian', 'Indian'] as const;
const raceFolder = new RegExp(`(?:^|/)(${races.join('|')})/[^/]+/[^/]+$`);
const pairsFile = new RegExp(`^(${races.join('|')})_pairs\\.txt$`, 'i');

/** Share of images in folders of races from which on the others are strays. */
const minShare = 0.9;

/**
 * RFW («Racial Faces in the Wild») is a folder for each race with a folder for each person in it,
 * `data/African/m.01/m.01_0001.jpg`: of at least two of the four races, and at least 90 % of the images. Adds
 * an attribute `race=…` for each race, against the rest, and the pairs of `txts/African/African_pairs.txt` and
 * its like among the `tables` (absolute paths), see `readPairs`. Any other data set is returned as it is.
 */
export async function withRfw(
  table: DatasetTable,
  tables: readonly string[],
  log: DiagnosticLog,
): Promise<DatasetTable> {
  const { images } = table;
  if (table.kind !== 'identityFolders') return table;
  const raceOf = images.map((image) => raceFolder.exec(image)?.[1]);
  const present = races.filter((race) => raceOf.includes(race));
  const nKnown = raceOf.filter((race) => race !== undefined).length;
  if (present.length < 2 || nKnown < minShare * images.length) return table;
  // Of two races one attribute: the other would be its mirror image.
  const positives = present.length === 2 ? present.slice(1) : present;
  const sources = tables.toSorted(byCodeUnits).flatMap((path) => {
    const race = pairsFile.exec(basename(path))?.[1];
    const isMeant = (image: string) => raceFolder.exec(image)?.[1]?.toLowerCase() === race?.toLowerCase();
    return race === undefined ? [] : [{ file: path, isMeant }];
  });
  const attributes = positives.map((race) => raceAttribute(race, raceOf));
  log.add('attributeRule', `race: ${positives.map((race) => `«${race}»`).join(', ')} against the rest`);
  return {
    ...table,
    kind: 'rfw',
    attributes,
    attributesFromImages: false,
    pairs: sources.length === 0 ? null : await readPairs(sources, images, log),
  };
}

function raceAttribute(race: string, raceOf: readonly (string | undefined)[]): AttributeColumn {
  return {
    name: `race=${race}`,
    values: Int8Array.from(raceOf, (other) => (other === undefined ? 0 : other === race ? 1 : -1)),
    rule: { kind: 'oneVsRest', column: 'race', value: race },
  };
}
