import { type AttributeColumn, describeRule } from '../domain/attributeColumn.ts';
import { circularMean } from '../numerics/circular.ts';
import { median } from '../numerics/quantiles.ts';
import { cellAt, codeCells, type CodedColumn } from './codedColumn.ts';
import { type ColumnKind, columnKind, isMissing, naturalPositive, parseNumber } from './columnKind.ts';
import { byCodeUnits } from './imageFiles.ts';

/** What a column of a table became. */
export interface ColumnOutcome {
  /** Empty where the column could not be used. */
  readonly attributes: readonly AttributeColumn[];
  /** Why it could not be used. */
  readonly ignored: string | null;
  /** How values were understood, where that is no matter of course; for the diagnostic `attributeRule`. */
  readonly note: string | null;
  /** Cells that were not understood and count as unknown, one for each row. */
  readonly invalid: readonly string[];
}

/**
 * Turns a column into attributes of −1, 0 (unknown) or 1. What the column is follows from all of its cells:
 *
 * - numbers −1 and 1, or −1, 0 and 1: one binary attribute; with −1 in the column, 0 is unknown (MAAD-Face);
 * - numbers 0 and 1, or words true/false, yes/no: one binary attribute, 0, false and no negative;
 * - two other values: one attribute `column=value` for the natural positive: the larger number, the value
 *   that is no denial («glasses» against «no glasses»), else the second in the order of code units;
 * - three to ten small integers (0 to 20) in a column that is called race, ethnicity, emotion, expression,
 *   category, class, colour or the like: one attribute `column=number` for each, against the rest; −1 beside
 *   them is unknown;
 * - other numbers, codes of age groups among them: one attribute, positive above the median, see
 *   `splitAtMedian`;
 * - three to twenty other values: one attribute `column=value` for each, against the rest.
 *
 * Empty cells and NA, NaN, null, unknown and ? are unknown. In a column of numbers, up to 5 % of other text
 * counts as invalid, hence unknown. Ignored are columns with one value, with more than twenty values, with a
 * value of its own in each row, and row numbers.
 */
export function columnToAttributes(name: string, cells: readonly string[]): ColumnOutcome {
  return codedColumnToAttributes(
    name,
    codeCells(cells),
    Int32Array.from(cells, (_, row) => row),
  );
}

/**
 * The same for some rows of a column. What the column *is* follows from all rows, so that a part of a
 * −1/0/1 column that happens to hold no −1 is not mistaken for 0/1; medians and the list of categories
 * follow from the chosen rows, which are the data set.
 */
export function codedColumnToAttributes(name: string, column: CodedColumn, rows: Int32Array): ColumnOutcome {
  const kind = columnKind(name, column);
  switch (kind.kind) {
    case 'binary':
      return used([{ name, values: signsOf(column, rows, kind), rule: { kind: 'binary' } }], {
        note: kind.note === null ? null : `${name}: ${kind.note}`,
        invalid: cellsWhere(column, rows, (text) => !isMissing(text) && !kind.signs.has(text)),
      });
    case 'pair': {
      const attribute = {
        name: `${name}=${kind.value}`,
        values: signsOf(column, rows, kind),
        rule: { kind: 'oneVsRest', column: name, value: kind.value } as const,
      };
      return used([attribute], {
        note: `${name}: «${kind.value}» is positive, «${kind.other}» negative`,
        invalid: cellsWhere(column, rows, (text) => !isMissing(text) && !kind.signs.has(text)),
      });
    }
    case 'numbers':
      return numbersToAttribute(name, column, rows);
    case 'categories':
      return categoriesToAttributes(name, column, rows, words);
    case 'codes':
      return categoriesToAttributes(name, column, rows, codes);
    case 'unusable':
      return ignored(`${name}: ${kind.why}`);
  }
}

/**
 * Positive where a number lies above the median of all finite ones, negative at or below it, unknown where
 * it is not finite. Ties at the median are negative, all of them: nothing tells them apart. A median that is
 * also the largest value therefore leaves no positive, which the analyses report as an empty modality.
 */
export function splitAtMedian(name: string, values: Float64Array): AttributeColumn {
  const finite = values.filter(Number.isFinite);
  const middle = finite.length === 0 ? 0 : median(finite);
  return {
    name,
    values: Int8Array.from(values, (value) => (Number.isFinite(value) ? (value > middle ? 1 : -1) : 0)),
    rule: { kind: 'medianSplit', column: name, median: middle },
  };
}

/**
 * Parts angles (degrees) at their circular median m: positive where an angle lies less than half a turn past
 * m, which is within 90° of the recorded `centre` m + 90°; negative elsewhere, at m itself too; unknown where
 * the angle is not finite. Splitting at 90° from the *mean* would put nearly all photos of faces on one side:
 * hues of skin lie close together.
 *
 * The circular median here is the median of the offsets, in [−180, 180), from the circular mean (from 0°
 * where angles cancel and no mean exists); for angles that span less than half a turn it minimises the sum
 * of arc lengths (Mardia and Jupp, «Directional Statistics», 2000, section 2.2.2).
 */
export function splitCircular(name: string, degrees: Float64Array): AttributeColumn {
  const middle = circularMedian(degrees.filter(Number.isFinite));
  const sign = (angle: number) => {
    if (!Number.isFinite(angle)) return 0;
    const past = turn(angle - middle);
    return past > 0 && past < 180 ? 1 : -1;
  };
  return {
    name,
    values: Int8Array.from(degrees, sign),
    rule: { kind: 'circularSplit', column: name, centre: turn(middle + 90) },
  };
}

function numbersToAttribute(name: string, column: CodedColumn, rows: Int32Array): ColumnOutcome {
  const numbers = Float64Array.from(rows, (row) => parseNumber(cellAt(column, row)));
  if (new Set(numbers.filter((value) => !Number.isNaN(value))).size < 2) {
    return ignored(`${name}: the images of the data set hold fewer than two different numbers`);
  }
  const attribute = splitAtMedian(name, numbers);
  return used([attribute], {
    note: describeRule(attribute.rule),
    invalid: cellsWhere(column, rows, (text) => !isMissing(text) && Number.isNaN(parseNumber(text))),
  });
}

/** How the texts of a column name categories. */
interface Naming {
  /** `null` for unknown. */
  readonly categoryOf: (text: string) => string | null;
  readonly order: (a: string, b: string) => number;
  readonly positiveOf: (low: string, high: string) => string;
  readonly isInvalid: (text: string) => boolean;
}

const words: Naming = {
  categoryOf: (text) => (isMissing(text) ? null : text),
  order: byCodeUnits,
  positiveOf: naturalPositive,
  isInvalid: () => false,
};

/** `2`, `2.0` and `02` are one category, and 10 comes after 9. */
const codes: Naming = {
  categoryOf: (text) => (parseNumber(text) >= 0 ? String(parseNumber(text)) : null),
  order: (a, b) => Number(a) - Number(b),
  positiveOf: (_, high) => high,
  isInvalid: (text) => !isMissing(text) && Number.isNaN(parseNumber(text)),
};

function categoriesToAttributes(
  name: string,
  column: CodedColumn,
  rows: Int32Array,
  { categoryOf, order, positiveOf, isInvalid }: Naming,
): ColumnOutcome {
  const categories = column.values.map(categoryOf);
  const present = new Set(Array.from(rows, (row) => categories[column.codes[row]!] ?? null));
  const sorted = [...present].filter((category) => category !== null).sort(order);
  if (sorted.length < 2) return ignored(`${name}: the images of the data set hold one value only`);
  // Of two values one attribute: the other would be its mirror image.
  const positives = sorted.length === 2 ? [positiveOf(sorted[0]!, sorted[1]!)] : sorted;
  const attributes = positives.map((value) => ({
    name: `${name}=${value}`,
    values: mapRows(column, rows, (text) => {
      const category = categoryOf(text);
      return category === null ? 0 : category === value ? 1 : -1;
    }),
    rule: { kind: 'oneVsRest', column: name, value } as const,
  }));
  const note = `${name}: ${positives.map((value) => `«${value}»`).join(', ')} against the rest`;
  return used(attributes, { note, invalid: cellsWhere(column, rows, isInvalid) });
}

function used(
  attributes: readonly AttributeColumn[],
  rest: { readonly note: string | null; readonly invalid: readonly string[] },
): ColumnOutcome {
  return { attributes, ignored: null, ...rest };
}

function ignored(why: string): ColumnOutcome {
  return { attributes: [], ignored: why, note: null, invalid: [] };
}

function signsOf(
  column: CodedColumn,
  rows: Int32Array,
  { signs }: Extract<ColumnKind, { readonly kind: 'binary' | 'pair' }>,
): Int8Array {
  return mapRows(column, rows, (text) => signs.get(text) ?? 0);
}

/** Evaluates `of` once for each distinct value, not for each row. */
function mapRows(column: CodedColumn, rows: Int32Array, of: (text: string) => number): Int8Array {
  const byCode = column.values.map(of);
  const values = new Int8Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = byCode[column.codes[rows[i]!]!]!;
  return values;
}

function cellsWhere(column: CodedColumn, rows: Int32Array, holds: (text: string) => boolean): string[] {
  const byCode = column.values.map(holds);
  const cells: string[] = [];
  for (const row of rows) if (byCode[column.codes[row]!]!) cells.push(cellAt(column, row));
  return cells;
}

function circularMedian(degrees: Float64Array): number {
  if (degrees.length === 0) return 0;
  const mean = circularMean(degrees) ?? 0;
  // Angles, not offsets, are kept: a median taken from the data compares exactly equal to its ties.
  const byOffset = Array.from(degrees, (angle) => ({
    angle: turn(angle),
    offset: turn(angle - mean + 180),
  })).sort((a, b) => a.offset - b.offset || a.angle - b.angle);
  const low = byOffset[(byOffset.length - 1) >> 1]!;
  const high = byOffset[byOffset.length >> 1]!;
  return low.angle === high.angle ? low.angle : turn(low.angle + (high.offset - low.offset) / 2);
}

/** The same direction in [0, 360). */
function turn(degrees: number): number {
  const rest = degrees % 360;
  // A tiny negative angle plus 360 rounds to 360.
  return rest < 0 ? (rest + 360) % 360 : rest;
}
