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
  'ks_upper',
  'sign',
  'ks_signed_low',
  'ks_signed_high',
  'location',
  'n_images',
  'n_identities',
  'n_within',
  'n_cross',
  'mean_within',
  'mean_cross',
  'p_permutation',
  'p_adjusted_bh',
  'p_holm',
  'null_95',
  'n_effective',
  'p_naive',
  'log10_p_naive',
  'auc',
  'auc_low',
  'auc_high',
  'mean_difference',
  'mean_difference_low',
  'mean_difference_high',
  'draws',
  'draws_mean',
  'draws_sd',
  'energy_distance',
  'energy_distance_low',
  'energy_distance_high',
  'p_energy',
  'p_energy_adjusted',
  'points',
  'selection',
  'max_identities',
  'same_identity',
  'seed',
  'permutations',
  'bootstraps',
] as const;

/** The shown rows in their order, one line for each tested modality, numbers as the report holds them. */
export function tableAsCsv({ result, rows }: MacroscaleView): string {
  const aggregates = new Map(result.attributes.map((one) => [one.attribute, one]));
  const { sampling, inference } = result;
  const lines = rows.flatMap((row) =>
    modalities.flatMap((modality) => {
      const tested = rowOf(row, modality);
      if (!tested) return [];
      const energy = aggregates.get(row.attribute);
      const cells = {
        model: textCell(result.model),
        metric: result.metric,
        attribute: textCell(row.attribute),
        rule: textCell(describeRule(row.rule)),
        modality,
        ks: tested.ks,
        ks_upper: tested.ksUpper,
        sign: tested.sign,
        ...ends('ks_signed', tested.ci),
        location: tested.location,
        n_images: tested.nImages,
        n_identities: tested.nIdentities,
        n_within: tested.nWithin,
        n_cross: tested.nCross,
        mean_within: tested.meanWithin,
        mean_cross: tested.meanCross,
        p_permutation: tested.pPermutation,
        p_adjusted_bh: tested.pAdjusted,
        p_holm: tested.pHolm,
        null_95: tested.null95,
        n_effective: tested.nEffective,
        p_naive: tested.pNaive,
        log10_p_naive: tested.log10PNaive,
        auc: tested.auc,
        ...ends('auc', tested.aucCi),
        mean_difference: tested.meanDifference,
        ...ends('mean_difference', tested.meanDifferenceCi),
        draws: tested.repeats?.n,
        draws_mean: tested.repeats?.mean,
        draws_sd: tested.repeats?.sd,
        energy_distance: energy?.energyDistance,
        ...ends('energy_distance', energy?.energyDistanceCi ?? null),
        p_energy: energy?.pEnergy,
        p_energy_adjusted: energy?.pEnergyAdjusted,
        points: sampling.points,
        selection: sampling.selection,
        max_identities: sampling.maxIdentities,
        same_identity: sampling.sameIdentity,
        seed: sampling.seed,
        permutations: inference.permutations,
        bootstraps: inference.bootstraps,
      } satisfies Record<(typeof columns)[number], string | number | null | undefined>;
      return [columns.map((column) => cells[column] ?? '').join(',')];
    }),
  );
  return [columns.join(','), ...lines, ''].join('\n');
}

function ends<Name extends string>(name: Name, interval: readonly [number, number] | null) {
  const [low, high] = interval ?? [null, null];
  return { [`${name}_low`]: low, [`${name}_high`]: high } as Record<
    `${Name}_low` | `${Name}_high`,
    number | null
  >;
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
export function textCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
