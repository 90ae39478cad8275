import { checkCombinations } from '../../datasets/combinations.ts';
import type { AttributeColumn } from '../../domain/attributeColumn.ts';
import { isAppError } from '../../domain/appError.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { Report } from '../../protocol/report.ts';
import { type MadeOptions, withMadeAttributes } from '../jobs/madeAttributes.ts';
import { type NumberColumn, splitNumbers } from './measuredNumbers.ts';

/** The report's attributes, in its order, as far as they can be told of the rows. */
export function projectedAttributes(
  report: Report,
  table: DatasetTable,
  numbers: readonly NumberColumn[],
  options: MadeOptions,
): readonly AttributeColumn[] {
  const wanted = report.inputs.dataset.attributes;
  const annotated = new Set(table.attributes.map(({ name }) => name));
  const others = wanted.filter(({ name }) => !annotated.has(name));
  const measured = [...table.attributes, ...splitNumbers(others, numbers)];
  const all = withMadeAttributes(
    { ...table, attributes: measured },
    { pairwiseValues: options.pairwiseValues, combinations: [] },
    new DiagnosticLog(),
  ).attributes;
  const names = all.map(({ name }) => name);
  const combinations = options.combinations.filter((text) => canBeMade(text, names));
  const made = withMadeAttributes(
    { ...table, attributes: all },
    { pairwiseValues: false, combinations },
    new DiagnosticLog(),
  ).attributes;
  const byName = new Map(made.map((column) => [column.name, column]));
  return wanted.flatMap(({ name }) => byName.get(name) ?? []);
}

/** Of attributes that all are known. */
function canBeMade(text: string, names: readonly string[]): boolean {
  try {
    checkCombinations([text], names, () => false);
    return true;
  } catch (error) {
    if (isAppError(error, 'settingInvalid')) return false;
    throw error;
  }
}
