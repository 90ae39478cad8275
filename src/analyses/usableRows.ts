import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { squaredLength } from './pairDistances.ts';
import type { MacroscaleInput } from './macroscaleOutcome.ts';

/** 1 for each row with an embedding that is neither zero nor broken; the others go to the diagnostics. */
export function findUsableRows(
  { embeddings, images }: Pick<MacroscaleInput, 'embeddings' | 'images'>,
  diagnostics: DiagnosticLog,
): Uint8Array {
  const usable = new Uint8Array(embeddings.rows);
  for (let row = 0; row < embeddings.rows; row++) {
    const square = squaredLength(embeddings, row);
    if (square > 0 && square < Infinity) usable[row] = 1;
    else diagnostics.add('embeddingInvalid', images[row]);
  }
  return usable;
}
