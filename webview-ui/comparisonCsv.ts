import type { Comparison, ComparisonPair } from '../src/protocol/comparisonSchema.ts';
import type { ComparedMacroscaleView, ComparedMicroscaleView } from './comparisonState.ts';
import {
  changeColumns,
  comparedMacroscaleColumns,
  comparedMicroscaleColumns,
  comparedVerificationColumns,
} from './export/comparisonTables.ts';
import { linesAsCsv } from './export/csvText.ts';

/** The shown rows in their order, one line for each modality, numbers as the comparison holds them. */
export function comparedMacroscaleAsCsv({ rows, pair }: ComparedMacroscaleView): string {
  return linesAsCsv(
    comparedMacroscaleColumns,
    rows.flatMap(({ positive, negative }) =>
      [positive, negative].flatMap((row) => (row ? [{ ...row, pair }] : [])),
    ),
  );
}

export function comparedMicroscaleAsCsv({ rows, pair }: ComparedMicroscaleView): string {
  return linesAsCsv(
    comparedMicroscaleColumns,
    rows.map((row) => ({ ...row, pair })),
  );
}

export function comparedVerificationAsCsv(pair: ComparisonPair): string {
  return linesAsCsv(
    comparedVerificationColumns,
    pair.verification.map((row) => ({ ...row, pair })),
  );
}

export function changesAsCsv({ changes }: Comparison): string {
  return linesAsCsv(changeColumns, changes);
}
