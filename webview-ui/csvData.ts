import type { Association } from '../src/protocol/report.ts';
import { textCell } from './csv.ts';
import { type DataView, shareOf } from './dataState.ts';
import type { DiscriminativeView } from './discriminativeState.ts';

/** The shown attributes in their order, numbers as the report holds them. */
export function countsAsCsv({ rows }: DataView): string {
  return csv(
    [
      'attribute',
      'n_positive',
      'n_negative',
      'n_unknown',
      'share_positive',
      'global_average',
      'intra_entropy_nats',
      'inter_entropy_nats',
    ],
    rows.map((row) => [
      textCell(row.attribute),
      row.nPositive,
      row.nNegative,
      row.nUnknown,
      shareOf(row),
      row.globalAverage,
      row.intraEntropy,
      row.interEntropy,
    ]),
  );
}

export function associationsAsCsv(pairs: readonly Association[]): string {
  return csv(
    ['kind', 'a', 'b', 'n_images', 'phi', 'phi_of_people', 'cramers_v'],
    pairs.map(({ kind, a, b, nImages, phi, phiOfPeople, cramersV }) => [
      kind,
      textCell(a),
      textCell(b),
      nImages,
      phi,
      phiOfPeople,
      cramersV,
    ]),
  );
}

const schemes = ['byIdentity', 'stratified'] as const;

/** The shown attributes in their order, every score of both kinds of folds. */
export function scoresAsCsv({ result, rows }: DiscriminativeView): string {
  const { model, inputs, nFolds, c, maxImages, seed } = result;
  return csv(
    [
      'model',
      'attribute',
      'folds',
      'balanced_accuracy',
      'sd_over_folds',
      'accuracy',
      'auc',
      'leakage',
      'majority',
      'n_images',
      'n_identities',
      'n_positive',
      'n_folds',
      'c',
      'inputs',
      'max_images',
      'seed',
    ],
    rows.flatMap(({ row }) =>
      schemes.map((scheme) => {
        const scores = row[scheme];
        return [
          textCell(model),
          textCell(row.attribute),
          scheme === 'byIdentity' ? 'by_identity' : scheme,
          scores?.balancedAccuracy,
          scores?.sd,
          scores?.accuracy,
          scores?.auc,
          row.leakage,
          row.majority,
          row.nImages,
          row.nIdentities,
          row.nPositive,
          nFolds,
          c,
          inputs,
          maxImages,
          seed,
        ];
      }),
    ),
  );
}

export function csv(
  columns: readonly string[],
  lines: readonly (readonly (string | number | null | undefined)[])[],
): string {
  return [columns.join(','), ...lines.map((cells) => cells.map((cell) => cell ?? '').join(',')), ''].join(
    '\n',
  );
}
