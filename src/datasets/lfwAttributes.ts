import { basename } from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { AnnotationTable } from './annotationTable.ts';
import { parseNumber } from './columnKind.ts';
import { numberedImage } from './pairsFile.ts';
import { readTextLines } from './textFile.ts';

/** Scores of `lfw_attributes.txt` are distances from a classifier's boundary: its zero is their threshold. */
const threshold = 0;

/**
 * Reads `lfw_attributes.txt`: lines parted by tabs, a comment, then a header `# person imagenum Male …`, then
 * a line for each image with a real-valued score for each attribute (Kumar et al., «Attribute and Simile
 * Classifiers for Face Verification», ICCV 2009). A score above 0 means that the attribute is present; the
 * rule is recorded. Image 4 of `Ann Lee` is `Ann_Lee/Ann_Lee_0004.jpg`.
 *
 * Throws `annotationsInvalid` where there is no such header, or no valid row under it.
 */
export async function readLfwAttributes(path: string, log: DiagnosticLog): Promise<AnnotationTable> {
  const lines = await readTextLines(path);
  const cellsOf = (line: string) => line.split('\t').map((cell) => cell.trim());
  const headerLine = lines.findIndex((line) => /^(#\s*)?person\timagenum\t/i.test(line));
  if (headerLine < 0) throw invalid(path, 'has no header line «person imagenum …», parted by tabs');
  const names = cellsOf(lines[headerLine]!.replace(/^#\s*/, '')).slice(2);
  while (names.at(-1) === '') names.pop();

  const images: string[] = [];
  const identities: string[] = [];
  const fileRows: number[] = [];
  const signs = names.map(() => new Int8Array(lines.length));
  const seen = new Set<string>();
  let nFileRows = 0;
  for (const line of lines.slice(headerLine + 1)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const fileRow = nFileRows++;
    const [person, number, ...scores] = cellsOf(line);
    while (scores.length > names.length && scores.at(-1) === '') scores.pop();
    const stem = numberedImage(person, number);
    if (stem === null || scores.length !== names.length) {
      const values = `${scores.length} values instead of ${names.length}`;
      log.add('rowInvalid', `${basename(path)}: ${person ?? ''} ${number ?? ''}: ${values}`);
      continue;
    }
    const folder = stem.slice(0, stem.lastIndexOf('_'));
    const image = `${folder}/${stem}.jpg`;
    if (seen.has(image)) {
      log.add('imageRepeatedInTable', image);
      continue;
    }
    seen.add(image);
    scores.forEach((text, i) => {
      const score = parseNumber(text);
      if (Number.isNaN(score)) log.add('valueInvalid', `${image}: ${names[i]!} «${text}»`);
      else signs[i]![images.length] = score > threshold ? 1 : -1;
    });
    images.push(image);
    identities.push(folder);
    fileRows.push(fileRow);
  }
  if (images.length === 0) throw invalid(path, 'holds no row with a person, a number and the scores');
  return {
    file: path,
    images,
    fileRows: Int32Array.from(fileRows),
    nFileRows,
    identities,
    split: null,
    hasAttributes: true,
    attributes: (rows) => names.map((name, i) => column(name, signs[i]!, rows)),
  };
}

function column(name: string, signs: Int8Array, rows: Int32Array): AttributeColumn {
  const values = new Int8Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = signs[rows[i]!]!;
  return { name, values, rule: { kind: 'threshold', column: name, threshold } };
}

function invalid(path: string, what: string): AppError {
  return new AppError(
    'annotationsInvalid',
    `«${path}» is no table of LFW attributes: it ${what}. Pass the original lfw_attributes.txt, or a CSV table.`,
    { path },
  );
}
