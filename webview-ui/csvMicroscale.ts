import type { FieldAlignment, Retention } from '../src/protocol/microscaleSchema.ts';
import { linesAsCsv } from './export/csvText.ts';
import {
  alignedPairs,
  alignmentColumns,
  arrowColumns,
  comparisonColumns,
  energyColumns,
  retainedPairs,
  retentionColumns,
  validationColumns,
} from './export/microscaleTables.ts';
import type { ComparisonView } from './microscaleComparisonState.ts';
import type { DrawingsView } from './microscaleDrawingState.ts';
import type { MeasuredView, MicroscaleView } from './microscaleState.ts';

/** The shown attributes in their order, each followed by its identities, numbers as the report holds them. */
export function energiesAsCsv({ result, lines }: MeasuredView): string {
  const rows = lines.flatMap(({ attribute, mean }) => [
    mean,
    ...result.rows.filter((row) => row.attribute === attribute && row.identity !== null),
  ]);
  return linesAsCsv(
    energyColumns,
    rows.map((row) => ({ result, row })),
  );
}

export function validationsAsCsv({ validations }: MicroscaleView): string {
  return linesAsCsv(validationColumns, validations);
}

/** Energies of the shown model less those of another, largest difference first. */
export function energyDifferencesAsCsv({ result }: MeasuredView, comparison: ComparisonView): string {
  const of = { modelA: comparison.model, modelB: comparison.other, neighbours: result.neighbours, rows: [] };
  return linesAsCsv(
    comparisonColumns,
    comparison.rows.map(({ ci, ...row }) => ({ of, row: { ...row, ci: [...ci] } })),
  );
}

export function alignmentAsCsv(alignment: FieldAlignment): string {
  return linesAsCsv(alignmentColumns, alignedPairs(alignment));
}

export function retentionAsCsv(retention: Retention): string {
  return linesAsCsv(retentionColumns, retainedPairs(retention));
}

/** Every arrow that is drawn, where it starts and how far it goes in the plane of the drawing. */
export function drawingsAsCsv({ drawings }: DrawingsView): string {
  return linesAsCsv(
    arrowColumns,
    drawings.flatMap((of) => of.arrows.map((arrow) => ({ of, arrow }))),
  );
}
