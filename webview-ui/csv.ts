import { modalities } from '../src/domain/attributeColumn.ts';
import { linesAsCsv } from './export/csvText.ts';
import { macroscaleColumns } from './export/macroscaleTables.ts';
import { acceptRateColumns } from './export/verificationTables.ts';
import { type MacroscaleView, rowOf } from './macroscaleState.ts';
import { sideOf, type VerificationView } from './verificationState.ts';

/** The shown rows in their order, one line for each tested modality, numbers as the report holds them. */
export function tableAsCsv({ result, rows }: MacroscaleView): string {
  const aggregates = new Map(result.attributes.map((one) => [one.attribute, one]));
  return linesAsCsv(
    macroscaleColumns,
    rows.flatMap((shown) =>
      modalities.flatMap((modality) => {
        const row = rowOf(shown, modality);
        return row ? [{ result, row, rule: shown.rule, aggregate: aggregates.get(shown.attribute) }] : [];
      }),
    ),
  );
}

/** Accept rates of the shown rows in their order, one line for each modality. */
export function acceptRatesAsCsv({ result, rows }: VerificationView): string {
  return linesAsCsv(
    acceptRateColumns,
    rows.flatMap((row) =>
      modalities.flatMap((modality) => {
        const side = sideOf(row, modality);
        return side ? [{ result, rule: row.rule, ...side }] : [];
      }),
    ),
  );
}
