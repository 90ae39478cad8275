import { parseCombination } from '../../domain/combinationExpression.ts';
import { checkCombinations, combineAttributes } from '../../datasets/combinations.ts';
import { pairwiseAttributes } from '../../datasets/pairwiseValues.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import { imageStatisticNames } from '../../numerics/imageStatistics.ts';
import { isMeasuredName } from './measuredAttributes.ts';

/** Attributes that are made of others. */
export interface MadeOptions {
  readonly combinations: readonly string[];
  readonly pairwiseValues: boolean;
}

/**
 * The table with pairs of its columns' values, where these are wanted, and with combinations, which may name any
 * attribute of the table and any of these pairs. Throws `settingInvalid`.
 */
export function withMadeAttributes(
  table: DatasetTable,
  options: MadeOptions,
  diagnostics: DiagnosticLog,
): DatasetTable {
  const paired = withPairs(table, options, diagnostics);
  const combined = combineAttributes(options.combinations, paired.attributes, diagnostics);
  return { ...paired, attributes: [...paired.attributes, ...combined] };
}

/** Throws `settingInvalid` for an expression that cannot be read, before any file is. */
export function checkExpressions({ combinations }: MadeOptions): void {
  for (const text of combinations) parseCombination(text);
}

/**
 * Throws `settingInvalid` for a name that the table does not have and that no measurement will add: before
 * images are embedded for hours, not after.
 */
export function checkMadeAttributes(
  table: DatasetTable,
  options: MadeOptions & { readonly imageStatistics: boolean },
): void {
  const { attributes } = withPairs(table, options, new DiagnosticLog());
  const isStatistic = (name: string) => (imageStatisticNames as readonly string[]).includes(name);
  checkCombinations(
    options.combinations,
    attributes.map(({ name }) => name),
    (name) =>
      (table.attributesFromImages && isStatistic(name)) ||
      (options.imageStatistics && (isStatistic(plainName(name)) || isMeasuredName(plainName(name)))),
  );
}

function withPairs(
  table: DatasetTable,
  { pairwiseValues }: MadeOptions,
  diagnostics: DiagnosticLog,
): DatasetTable {
  if (!pairwiseValues) return table;
  const pairs = pairwiseAttributes(table.attributes, diagnostics);
  return { ...table, attributes: [...table.attributes, ...pairs] };
}

/** What is measured is told apart where its name was taken, see `withAttributes`. */
function plainName(name: string): string {
  return name.replace(/ \(measured\)$/, '');
}
