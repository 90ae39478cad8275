import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError, cancelledError } from '../domain/appError.ts';
import { CurveBuilder } from '../domain/curveTable.ts';
import { readCsvRows } from './csvRows.ts';
import type { CurveFile, CurvePoints } from './curveFile.ts';
import { CurveSteps } from './curveSteps.ts';
import { byCodeUnits, isImageName, stemOf } from './imageFiles.ts';
import { readNpy } from './npy.ts';

const names = ['index', 'id_curve', 'moving_dimension', 'param_step'] as const;

export type GanControlColumns = Readonly<Record<(typeof names)[number], number>>;

/** Where the columns of `df_param_step.csv` are; `null` where one is missing. pandas may write more. */
export function ganControlColumns(header: readonly string[]): GanControlColumns | null {
  const places = Object.fromEntries(names.map((name) => [name, header.indexOf(name)])) as GanControlColumns;
  return names.every((name) => places[name] >= 0) ? places : null;
}

/** The paper's attributes, in the order of GAN-Control's dimensions and the three of the image after them. */
const paperAttributes = [
  'Head angle',
  'Age',
  'Hair colour',
  'Illumination',
  'Expression',
  'Brightness',
  'Contrast',
  'Hue',
] as const;

/**
 * A lattice of GAN-Control: one table of curves for all identities, and beside it for each identity a file
 * `<identity>.npy` of embeddings, whose row is the table's `index`, or a folder `<identity>/` of images called
 * `<index>.png` or the like. Throws `annotationsInvalid` for a broken row, and where neither is there.
 */
export async function readGanControl(
  path: string,
  columns: GanControlColumns,
  signal: AbortSignal,
): Promise<CurveFile> {
  const steps = new CurveSteps();
  let nPoints = 0;
  await readCsvRows(path, signal, (cells, row) => {
    if (row === 0) return;
    const text = (cells[columns.index] ?? '').trim();
    const index = Number(text);
    if (!(Number.isInteger(index) && index >= 0) || text === '')
      throw invalid(path, row, `has the index «${text}»`);
    const [curve, dimension, step] = (['id_curve', 'moving_dimension', 'param_step'] as const).map((name) =>
      (cells[columns[name]] ?? '').trim(),
    ) as [string, string, string];
    if (!steps.add(attributeName(dimension), curve, step, index)) {
      throw invalid(
        path,
        row,
        `gives step ${step} of curve ${curve} of dimension ${dimension} a second time`,
      );
    }
    nPoints = Math.max(nPoints, index + 1);
  });
  const folder = dirname(path);
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((one) => one.isFile() && /\.npy$/i.test(one.name)).map(({ name }) => name);
  const folders = entries
    .filter((one) => one.isDirectory() && !one.name.startsWith('.'))
    .map(({ name }) => name);
  if (files.length > 0) return ofEmbeddings(path, files.sort(byCodeUnits), steps, nPoints, signal);
  if (folders.length > 0) return ofImages(path, folders.sort(byCodeUnits), steps, nPoints, signal);
  throw new AppError(
    'annotationsInvalid',
    `Beside «${path}» there is neither a file of embeddings, <identity>.npy, nor a folder of images for any identity.`,
    { path },
  );
}

/** A digit is a dimension of GAN-Control; names are taken as they are, the paper's in its spelling. */
function attributeName(dimension: string): string {
  const number = Number(dimension);
  if (dimension !== '' && Number.isInteger(number) && paperAttributes[number]) return paperAttributes[number];
  return paperAttributes.find((name) => name.toLowerCase() === dimension.toLowerCase()) ?? dimension;
}

async function ofEmbeddings(
  path: string,
  files: readonly string[],
  steps: CurveSteps,
  nPoints: number,
  signal: AbortSignal,
): Promise<CurveFile> {
  const folder = dirname(path);
  const identities = files.map((file) => file.replace(/\.npy$/i, ''));
  const read = async (identity: number) => {
    const file = join(folder, files[identity]!);
    const matrix = await readNpy(file);
    if (matrix.rows < nPoints) {
      throw new AppError(
        'embeddingsInvalid',
        `«${file}» holds ${matrix.rows} embeddings, and the table of curves «${path}» names index ${nPoints - 1}.`,
        { path: file, nEmbeddings: matrix.rows, nPoints },
      );
    }
    return { rows: nPoints, dim: matrix.dim, data: matrix.data.subarray(0, nPoints * matrix.dim) };
  };
  const { dim } = await read(0);
  const sha256 = await digestOf([path, ...files.map((file) => join(folder, file))], signal);
  const points: CurvePoints = { kind: 'embeddings', dim, name: basename(folder), sha256, read };
  const everyIndex = Int32Array.from({ length: nPoints }, (_, index) => index);
  return {
    curves: curvesOf(
      identities.map((name) => ({ name, pointOf: everyIndex, nPoints })),
      steps,
    ),
    points,
  };
}

async function ofImages(
  path: string,
  folders: readonly string[],
  steps: CurveSteps,
  nIndexes: number,
  signal: AbortSignal,
): Promise<CurveFile> {
  const root = dirname(path);
  const images: string[] = [];
  const identities: Identity[] = [];
  for (const name of folders) {
    if (signal.aborted) throw cancelledError();
    const files = (await readdir(join(root, name))).filter(isImageName).sort(byCodeUnits);
    const pointOf = new Int32Array(nIndexes).fill(-1);
    let nPoints = 0;
    for (const file of files) {
      const index = Number(/(\d+)$/.exec(stemOf(file))?.[1] ?? Number.NaN);
      if (!(index < nIndexes) || pointOf[index]! >= 0) continue;
      pointOf[index] = nPoints++;
      images.push(`${name}/${file}`);
    }
    if (nPoints > 0) identities.push({ name, pointOf, nPoints });
  }
  if (identities.length === 0) {
    throw new AppError(
      'annotationsInvalid',
      `No folder beside «${path}» holds images whose names end with an index of the table, such as ${folders[0]!}/0.png.`,
      { path },
    );
  }
  return { curves: curvesOf(identities, steps), points: { kind: 'images', root, images } };
}

interface Identity {
  readonly name: string;
  /** The number of each index of the table among the identity's points, −1 where it has none. */
  readonly pointOf: Int32Array;
  readonly nPoints: number;
}

function curvesOf(identities: readonly Identity[], steps: CurveSteps) {
  const { attributes } = steps;
  const stepNames = attributes.map((attribute) => steps.stepsOf(attribute));
  const whole = attributes.map((attribute, a) => steps.whole(attribute, stepNames[a]!));
  const builder = new CurveBuilder(attributes, stepNames);
  let first = 0;
  let nIncomplete = 0;
  for (const { name, pointOf, nPoints } of identities) {
    builder.startIdentity(name, first);
    whole.forEach(({ curves, nIncomplete: missing }, a) => {
      nIncomplete += missing;
      for (const indexes of curves) {
        if (indexes.every((index) => pointOf[index]! >= 0)) {
          const points = indexes.map((index) => first + pointOf[index]!);
          builder.add(a, points[Math.floor((points.length - 1) / 2)]!, points);
        } else nIncomplete++;
      }
    });
    first += nPoints;
  }
  return builder.build(first, nIncomplete);
}

async function digestOf(paths: readonly string[], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    if (signal.aborted) throw cancelledError();
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  }
  return hash.digest('hex');
}

function invalid(path: string, row: number, what: string): AppError {
  return new AppError('annotationsInvalid', `Row ${row + 1} of the table of curves «${path}» ${what}.`, {
    path,
    row: row + 1,
  });
}
