import { splitAtMedian } from '../../datasets/attributeRules.ts';
import type { AttributeColumn } from '../../domain/attributeColumn.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import type { EmbeddingMatrix } from '../../domain/embeddingMatrix.ts';
import type { FaceMeasures } from './detectedFrames.ts';

/** The table with more attributes; one whose name is taken is told apart. */
export function withAttributes(table: DatasetTable, columns: readonly AttributeColumn[]): DatasetTable {
  const taken = new Set(table.attributes.map(({ name }) => name));
  const named = columns.map((column) =>
    taken.has(column.name) ? { ...column, name: `${column.name} (measured)` } : column,
  );
  return { ...table, attributes: [...table.attributes, ...named] };
}

/** Size, roll and score of the faces that images were aligned by, each split at its median. */
export function faceAttributes(
  table: DatasetTable,
  faces: ReadonlyMap<string, FaceMeasures>,
): AttributeColumn[] {
  const column = (name: string, measure: (face: FaceMeasures) => number): AttributeColumn => {
    const values = Float64Array.from(table.images, (image) => {
      const face = faces.get(image);
      return face ? measure(face) : NaN;
    });
    return splitAtMedian(name, values);
  };
  return [
    column('faceHeight', ({ heightPixels }) => heightPixels),
    column('faceRoll', ({ rollDegrees }) => rollDegrees),
    column('detectorScore', ({ score }) => score),
  ];
}

/** Names that `faceAttributes` gives, and those of embeddings' lengths, however many models there are. */
export function isMeasuredName(name: string): boolean {
  return ['faceHeight', 'faceRoll', 'detectorScore'].includes(name) || name.startsWith('embeddingNorm');
}

/** Below this relative spread lengths differ by rounding alone: a model that gives unit vectors has no norm. */
const leastSpread = 1e-4;

/**
 * Length of the embeddings, a proxy of image quality, split at its median; nothing where the model gives unit
 * vectors and no norm.
 * @param norms what the model gave apart (AdaFace), one for each row; `null`: lengths of the embeddings.
 */
export function normAttribute(
  name: string,
  { rows, dim, data }: EmbeddingMatrix,
  norms: Float32Array | null,
): AttributeColumn[] {
  const lengths = Float64Array.from({ length: rows }, (_, row) => {
    if (norms) return norms[row]!;
    let square = 0;
    for (let t = row * dim; t < (row + 1) * dim; t++) square += data[t]! ** 2;
    return Math.sqrt(square);
  });
  let [least, most] = [Infinity, -Infinity];
  for (const length of lengths) {
    least = Math.min(least, length);
    most = Math.max(most, length);
  }
  return most - least > leastSpread * most ? [splitAtMedian(name, lengths)] : [];
}
