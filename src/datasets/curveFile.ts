import { AppError } from '../domain/appError.ts';
import type { CurveTable } from '../domain/curveTable.ts';
import type { EmbeddingMatrix } from '../domain/embeddingMatrix.ts';
import { readCsvHead } from './csvRows.ts';
import { ganControlColumns, readGanControl } from './ganControl.ts';
import { imageCurveColumns, readImageCurves } from './imageCurves.ts';

/** Curves and what their points are. */
export interface CurveFile {
  readonly curves: CurveTable;
  readonly points: CurvePoints;
}

export type CurvePoints =
  /** The image of each point, relative to `root`. */
  | { readonly kind: 'images'; readonly root: string; readonly images: readonly string[] }
  /** Ready embeddings, an identity's at a time. */
  | {
      readonly kind: 'embeddings';
      readonly dim: number;
      readonly name: string;
      /** SHA-256 over all files of embeddings, hex. */
      readonly sha256: string;
      readonly read: (identity: number) => Promise<EmbeddingMatrix>;
    };

/**
 * Reads a table of curves: `df_param_step.csv` of GAN-Control, or a CSV with a row for each image and the columns
 * `image, identity, attribute, curve, step`. A curve that lacks a step which other curves of its attribute have is
 * left out and counted. Throws `annotationsInvalid` for any other table, naming its columns.
 */
export async function readCurveFile(path: string, signal: AbortSignal): Promise<CurveFile> {
  const [header = []] = await readCsvHead(path);
  const columns = header.map((name) => name.replace(/^\uFEFF/, '').trim());
  const ganControl = ganControlColumns(columns);
  if (ganControl) return readGanControl(path, ganControl, signal);
  const images = imageCurveColumns(columns);
  if (images) return readImageCurves(path, images, signal);
  throw new AppError(
    'annotationsInvalid',
    `The table of curves «${path}» has the columns «${columns.slice(0, 20).join(', ')}». It needs «index, id_curve, moving_dimension, param_step» as GAN-Control writes them, or «image, identity, attribute, curve, step».`,
    { path, header: columns.join(', ') },
  );
}
