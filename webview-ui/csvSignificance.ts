import { textCell } from './csv.ts';
import type { Difference, ModelsView } from './modelsState.ts';
import { ksOf } from './macroscaleState.ts';
import type { SignificanceView } from './significanceState.ts';

const columns = [
  'attribute',
  'model',
  'metric',
  'modality',
  'ks',
  'sign',
  'p_permutation',
  'p_adjusted_bh',
  'p_holm',
  'p_naive',
  'log10_p_naive',
  'null_95',
  'n_effective',
  'permutations',
  'n_images',
  'n_identities',
  'n_within',
  'n_cross',
] as const;

/** One line for each test of the shown rows, in their order, with every p that the report holds. */
export function significanceAsCsv(view: SignificanceView): string {
  const lines = view.rows.flatMap(({ attribute, cells }) =>
    cells.flatMap((row, index) => {
      if (!row) return [];
      const { model, result } = view.columns[index]!;
      return [
        [
          textCell(attribute),
          textCell(model),
          result.metric,
          row.modality,
          row.ks,
          row.sign,
          row.pPermutation ?? '',
          row.pAdjusted ?? '',
          row.pHolm ?? '',
          row.pNaive,
          row.log10PNaive ?? '',
          row.null95 ?? '',
          row.nEffective ?? '',
          result.inference.permutations,
          row.nImages,
          row.nIdentities,
          row.nWithin,
          row.nCross,
        ].join(','),
      ];
    }),
  );
  return [columns.join(','), ...lines, ''].join('\n');
}

const differenceColumns = [
  'attribute',
  'modality',
  'model_x',
  'model_y',
  'ks_signed_x',
  'ks_signed_y',
  'difference',
  'difference_low',
  'difference_high',
  'excludes_zero',
  'bootstraps',
  'n_images_x',
  'n_images_y',
  'n_identities_x',
  'n_identities_y',
] as const;

/** The shown differences in their order. */
export function differencesAsCsv({ differences, x, y, bootstraps }: ModelsView): string {
  const line = (row: Difference) =>
    [
      textCell(row.attribute),
      row.modality,
      textCell(x.label),
      textCell(y.label),
      ksOf(row.x, true),
      ksOf(row.y, true),
      row.difference,
      ...(row.ci ?? ['', '']),
      row.ci === null ? '' : Number(row.ci[0] > 0 || row.ci[1] < 0),
      bootstraps,
      row.x.nImages,
      row.y.nImages,
      row.x.nIdentities,
      row.y.nIdentities,
    ].join(',');
  return [differenceColumns.join(','), ...differences.map(line), ''].join('\n');
}
