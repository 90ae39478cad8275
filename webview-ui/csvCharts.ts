import type { MacroscaleResult, People, VerificationResult } from '../src/protocol/report.ts';
import type { CorrelationView } from './correlationState.ts';
import { linesAsCsv } from './export/csvText.ts';
import { peopleHistogramColumns } from './export/dataTables.ts';
import { binsOf, distributionColumns } from './export/macroscaleTables.ts';
import { columnsOf } from './export/table.ts';
import { binsOf as pairBinsOf, histogramColumns, rocColumns } from './export/verificationTables.ts';

/** What single charts are drawn from, numbers as the report holds them. */

export function distancesAsCsv(result: MacroscaleResult, attribute: string): string {
  const distributions = result.distributions.filter((one) => one.attribute === attribute);
  return linesAsCsv(distributionColumns, binsOf({ ...result, distributions }));
}

export function pairDistancesAsCsv(result: VerificationResult): string {
  return linesAsCsv(
    histogramColumns,
    pairBinsOf(result).map((row) => ({ result, row })),
  );
}

export function rocAsCsv(result: VerificationResult): string {
  return linesAsCsv(
    rocColumns,
    result.roc.map((row) => ({ result, row })),
  );
}

export function peopleAsCsv({ histogram }: People): string {
  return linesAsCsv(peopleHistogramColumns, histogram);
}

const circle = columnsOf<CorrelationView['points'][number]>();

/** Circles of the scatter. */
export function correlationAsCsv({ result, aggregate, entropy, points }: CorrelationView): string {
  return linesAsCsv(
    [
      circle.text('model', () => result.model),
      circle.text('attribute', ({ attribute }) => attribute),
      circle.number(entropyNames[entropy], (point) => point.entropy),
      circle.number(aggregateNames[aggregate], ({ ks }) => ks),
    ],
    points,
  );
}

const entropyNames = {
  intraEntropy: 'intra_entropy_nats',
  interEntropy: 'inter_entropy_nats',
} as const satisfies Record<CorrelationView['entropy'], string>;

const aggregateNames = {
  ksMax: 'ks_max',
  ksMean: 'ks_mean',
  ksWeightedSum: 'ks_weighted_sum',
  ksWeightedMean: 'ks_weighted_mean',
} as const satisfies Record<CorrelationView['aggregate'], string>;
