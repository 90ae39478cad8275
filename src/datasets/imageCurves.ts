import { dirname } from 'node:path';
import { AppError } from '../domain/appError.ts';
import { CurveBuilder } from '../domain/curveTable.ts';
import { readCsvRows } from './csvRows.ts';
import type { CurveFile } from './curveFile.ts';
import { CurveSteps } from './curveSteps.ts';
import { normalisePath } from './imageFiles.ts';

const names = ['image', 'identity', 'attribute', 'curve', 'step'] as const;

export type ImageCurveColumns = Readonly<Record<(typeof names)[number], number>>;

/** Where the columns are; `null` where one is missing. The identity may be: then all images are of one. */
export function imageCurveColumns(header: readonly string[]): ImageCurveColumns | null {
  const lower = header.map((name) => name.toLowerCase());
  const places = Object.fromEntries(names.map((name) => [name, lower.indexOf(name)])) as ImageCurveColumns;
  return names.every((name) => places[name] >= 0 || name === 'identity') ? places : null;
}

/** The identity of images in a table that names none. */
const onlyIdentity = 'everyone';

/**
 * A row for each image and step: images relative to the table's folder. An image may be a point of several curves;
 * curves through one image in the middle share a base point. Throws `annotationsInvalid` where a curve has a step
 * twice or a cell is empty, naming the row.
 */
export async function readImageCurves(
  path: string,
  columns: ImageCurveColumns,
  signal: AbortSignal,
): Promise<CurveFile> {
  const people = new Map<string, { images: Map<string, number>; steps: CurveSteps }>();
  const attributes = new Set<string>();
  await readCsvRows(path, signal, (cells, row) => {
    if (row === 0) return;
    const cell = (name: (typeof names)[number]): string => {
      const text = columns[name] < 0 ? onlyIdentity : (cells[columns[name]] ?? '').trim();
      if (text === '') throw invalid(path, row, `has no ${name}`);
      return text;
    };
    const identity = cell('identity');
    const person = people.get(identity) ?? { images: new Map<string, number>(), steps: new CurveSteps() };
    people.set(identity, person);
    const image = normalisePath(cell('image'));
    const number = person.images.get(image) ?? person.images.size;
    person.images.set(image, number);
    const [attribute, curve, step] = [cell('attribute'), cell('curve'), cell('step')];
    attributes.add(attribute);
    if (!person.steps.add(attribute, curve, step, number)) {
      throw invalid(path, row, `gives step ${step} of curve ${curve} of «${attribute}» a second time`);
    }
  });
  return { ...build(people, [...attributes], dirname(path)) };
}

function build(
  people: ReadonlyMap<string, { images: ReadonlyMap<string, number>; steps: CurveSteps }>,
  attributes: readonly string[],
  root: string,
): CurveFile {
  const steps = attributes.map((attribute) => {
    const all = new Map<string, true>();
    for (const { steps: own } of people.values()) {
      for (const step of own.stepsOf(attribute)) all.set(step, true);
    }
    const merged = new CurveSteps();
    [...all.keys()].forEach((step, i) => merged.add(attribute, '', step, i));
    return merged.stepsOf(attribute);
  });
  const builder = new CurveBuilder(attributes, steps);
  const images: string[] = [];
  let nIncomplete = 0;
  for (const [identity, person] of people) {
    const first = images.length;
    builder.startIdentity(identity, first);
    images.push(...person.images.keys());
    attributes.forEach((attribute, a) => {
      const { curves, nIncomplete: missing } = person.steps.whole(attribute, steps[a]!);
      nIncomplete += missing;
      for (const points of curves) {
        const numbers = points.map((point) => first + point);
        builder.add(a, numbers[Math.floor((numbers.length - 1) / 2)]!, numbers);
      }
    });
  }
  return { curves: builder.build(images.length, nIncomplete), points: { kind: 'images', root, images } };
}

function invalid(path: string, row: number, what: string): AppError {
  return new AppError('annotationsInvalid', `Row ${row + 1} of the table of curves «${path}» ${what}.`, {
    path,
    row: row + 1,
  });
}
