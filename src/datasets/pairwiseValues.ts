import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';

/** Two by two they make 28 attributes; a column of twenty would make 190. */
export const mostPairwiseValues = 8;

/**
 * An attribute `column: first vs second` for every two values of each column that became several attributes, one
 * against the rest; images of further values are unknown. Columns of more than eight values make none, which goes
 * to `log`.
 */
export function pairwiseAttributes(
  attributes: readonly AttributeColumn[],
  log: DiagnosticLog,
): AttributeColumn[] {
  const columns = new Map<string, Value[]>();
  for (const { rule, values } of attributes) {
    if (rule.kind !== 'oneVsRest') continue;
    columns.set(rule.column, [...(columns.get(rule.column) ?? []), { value: rule.value, values }]);
  }
  const taken = new Set(attributes.map(({ name }) => name));
  return Array.from(columns).flatMap(([column, values]) => {
    // A column of two values is one attribute, and compares them already.
    if (values.length > mostPairwiseValues) log.add('columnValuesMany', `${column}: ${values.length} values`);
    if (values.length < 3 || values.length > mostPairwiseValues) return [];
    return values.flatMap((first, i) =>
      values.slice(i + 1).flatMap((second) => {
        const attribute = pairOf(column, first, second);
        if (!taken.has(attribute.name)) return [attribute];
        log.add('attributeIgnored', `${attribute.name}: another attribute has this name`);
        return [];
      }),
    );
  });
}

interface Value {
  readonly value: string;
  /** Of the attribute «this value, against the rest». */
  readonly values: Int8Array;
}

function pairOf(column: string, first: Value, second: Value): AttributeColumn {
  const values = new Int8Array(first.values.length);
  for (let row = 0; row < values.length; row++) {
    values[row] = first.values[row]! > 0 ? 1 : second.values[row]! > 0 ? -1 : 0;
  }
  return {
    name: `${column}: ${first.value} vs ${second.value}`,
    values,
    rule: { kind: 'pairwise', column, positive: first.value, negative: second.value },
  };
}
