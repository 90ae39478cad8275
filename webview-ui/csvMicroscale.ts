import { linesAsCsv } from './export/csvText.ts';
import { energyColumns, validationColumns } from './export/microscaleTables.ts';
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
