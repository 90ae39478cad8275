import { describeRule, modalities } from '../src/domain/attributeColumn.ts';
import { type MacroscaleView, rowOf } from './macroscaleState.ts';
import { sideOf, type VerificationView } from './verificationState.ts';

const columns = [
  'model',
  'metric',
  'attribute',
  'rule',
  'modality',
  'ks',
  'sign',
  'location',
  'n_identities',
  'n_within',
  'n_cross',
  'mean_within',
  'mean_cross',
  'p_naive',
  'log10_p_naive',
] as const;

/** The shown rows in their order, one line for each tested modality, numbers as the report holds them. */
export function tableAsCsv({ result, rows }: MacroscaleView): string {
  const lines = rows.flatMap((row) =>
    modalities.flatMap((modality) => {
      const tested = rowOf(row, modality);
      if (!tested) return [];
      return [
        [
          textCell(result.model),
          result.metric,
          textCell(row.attribute),
          textCell(describeRule(row.rule)),
          modality,
          tested.ks,
          tested.sign,
          tested.location,
          tested.nIdentities,
          tested.nWithin,
          tested.nCross,
          tested.meanWithin,
          tested.meanCross,
          tested.pNaive,
          tested.log10PNaive ?? '',
        ].join(','),
      ];
    }),
  );
  return [columns.join(','), ...lines, ''].join('\n');
}

const tarColumns = [
  'model',
  'metric',
  'attribute',
  'rule',
  'modality',
  'far',
  'threshold',
  'tar',
  'tar_low',
  'tar_high',
  'fmr',
  'fmr_low',
  'fmr_high',
  'n_matched',
  'n_unmatched',
  'n_identities',
] as const;

/** Accept rates of the shown rows in their order, one line for each modality. */
export function acceptRatesAsCsv({ result, rows }: VerificationView): string {
  const lines = rows.flatMap((row) =>
    modalities.flatMap((modality) => {
      const side = sideOf(row, modality);
      if (!side) return [];
      const { rate, rates } = side;
      return [
        [
          textCell(result.model),
          result.metric,
          textCell(row.attribute),
          textCell(describeRule(row.rule)),
          modality,
          rate.far,
          rate.threshold,
          rate.tar ?? '',
          ...(rate.tarCi ?? ['', '']),
          rate.fmr ?? '',
          ...(rate.fmrCi ?? ['', '']),
          rates.nMatched,
          rates.nUnmatched,
          rates.nIdentities,
        ].join(','),
      ];
    }),
  );
  return [tarColumns.join(','), ...lines, ''].join('\n');
}

/** A name that a spreadsheet would run as a formula gets an apostrophe in front. */
function textCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
