import type { CodedColumn } from './codedColumn.ts';
import { byCodeUnits } from './imageFiles.ts';

export type Signs = ReadonlyMap<string, -1 | 0 | 1>;

/** What a column of text is, judged from all of its values. `signs` has no entry for a text not understood. */
export type ColumnKind =
  | { readonly kind: 'binary'; readonly signs: Signs; readonly note: string | null }
  /** Two values that are no yes and no: `value` is the positive one. */
  | { readonly kind: 'pair'; readonly signs: Signs; readonly value: string; readonly other: string }
  | { readonly kind: 'numbers' }
  /** Numbers that stand for categories. */
  | { readonly kind: 'codes' }
  | { readonly kind: 'categories' }
  | { readonly kind: 'unusable'; readonly why: string };

/** Distinct values of a category at most; more are names or free text, no attribute. */
export const maxCategories = 20;

/** A column is one of numbers if at least this share of its known cells are. */
const minNumericShare = 0.95;

const missingWords = new Set(['', 'na', 'n/a', 'nan', 'null', 'unknown', '?']);
const booleanWords = new Map<string, -1 | 1>([
  ['true', 1],
  ['false', -1],
  ['yes', 1],
  ['no', -1],
  ['1', 1],
  ['0', -1],
]);
const booleanLetters = [
  ['y', 'n'],
  ['t', 'f'],
] as const;
const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const denialPattern = /^(no|non|not|none|without|absent|off|negative)([\s_-]|$)/i;

/** Codes of a category: at least three, since two make a pair, and at most this many, none above this number. */
const maxCodes = 10;
const maxCode = 20;

/** Words in the name of a column whose small integers are names of categories, not amounts. */
const categoryWords = new Set([
  'race',
  'ethnicity',
  'ethnic',
  'nationality',
  'country',
  'emotion',
  'expression',
  'mood',
  'category',
  'class',
  'cluster',
  'type',
  'kind',
  'colour',
  'color',
  'hairstyle',
  'camera',
]);

/** See {@link columnToAttributes} for the rules. */
export function columnKind(name: string, column: CodedColumn): ColumnKind {
  const counts = new Int32Array(column.values.length);
  for (const code of column.codes) counts[code]!++;
  const known = column.values.filter((text, code) => !isMissing(text) && counts[code]! > 0);
  if (known.length === 0) return { kind: 'unusable', why: 'holds no values' };
  let nKnown = 0;
  let nNumeric = 0;
  column.values.forEach((text, code) => {
    if (isMissing(text)) return;
    nKnown += counts[code]!;
    if (!Number.isNaN(parseNumber(text))) nNumeric += counts[code]!;
  });
  return nNumeric >= minNumericShare * nKnown
    ? kindOfNumbers(name, column, known)
    : kindOfWords(known, nKnown);
}

export function isMissing(text: string): boolean {
  return missingWords.has(text.toLowerCase());
}

/** A decimal number, or NaN; infinities and hexadecimal notation are no numbers here. */
export function parseNumber(text: string): number {
  const ascii = text.replace('\u2212', '-');
  if (!numberPattern.test(ascii)) return NaN;
  const value = Number(ascii);
  return Number.isFinite(value) ? value : NaN;
}

/** Of two values the one that affirms, else the second in the order of code units. */
export function naturalPositive(first: string, second: string): string {
  const [low, high] = [first, second].sort(byCodeUnits) as [string, string];
  return denialPattern.test(high) && !denialPattern.test(low) ? low : high;
}

function kindOfNumbers(name: string, column: CodedColumn, known: readonly string[]): ColumnKind {
  const numberOf = new Map<string, number>();
  for (const text of known) {
    const value = parseNumber(text);
    if (!Number.isNaN(value)) numberOf.set(text, value);
  }
  const distinct = [...new Set(numberOf.values())].sort((a, b) => a - b);
  const signs = (sign: (value: number) => -1 | 0 | 1): Signs =>
    new Map(Array.from(numberOf, ([text, value]) => [text, sign(value)]));
  if (distinct.every((value) => value === -1 || value === 0 || value === 1)) {
    if (distinct.length === 1 && distinct[0] === 0) return { kind: 'unusable', why: 'holds only 0' };
    const zeroIsUnknown = distinct.includes(-1);
    const note = !distinct.includes(0) ? null : `0 is ${zeroIsUnknown ? 'unknown' : 'negative'}`;
    return {
      kind: 'binary',
      signs: signs((value) => (value > 0 ? 1 : value < 0 || !zeroIsUnknown ? -1 : 0)),
      note,
    };
  }
  if (distinct.length === 1) return { kind: 'unusable', why: `holds one value only, ${distinct[0]!}` };
  if (distinct.length === 2) {
    const [low, high] = distinct as [number, number];
    return {
      kind: 'pair',
      signs: signs((value) => (value === high ? 1 : -1)),
      value: String(high),
      other: String(low),
    };
  }
  if (namesCategories(name) && areCodes(distinct)) return { kind: 'codes' };
  if (numbersRows(column)) return { kind: 'unusable', why: 'numbers the rows' };
  return { kind: 'numbers' };
}

/** By its words: `raceCode`, `skin_color` and `Ethnicity (self)`, but not `grace` or `age`. */
function namesCategories(name: string): boolean {
  const words = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.some((word) => categoryWords.has(word));
}

/** `distinct` ascending; a −1 beside them is how data frames code a missing category. */
function areCodes(distinct: readonly number[]): boolean {
  const codes = distinct[0] === -1 ? distinct.slice(1) : distinct;
  return (
    codes.length >= 3 &&
    codes.length <= maxCodes &&
    codes.every((code) => Number.isInteger(code) && code >= 0 && code <= maxCode)
  );
}

function kindOfWords(known: readonly string[], nKnown: number): ColumnKind {
  const lower = known.map((text) => text.toLowerCase());
  const words = booleansOf(new Set(lower));
  if (words !== null) {
    return {
      kind: 'binary',
      signs: new Map(known.map((text, i) => [text, words.get(lower[i]!)!])),
      note: null,
    };
  }
  if (known.length === 1) return { kind: 'unusable', why: `holds one value only, «${known[0]!}»` };
  if (known.length === 2) {
    const [first, second] = known as [string, string];
    const value = naturalPositive(first, second);
    const other = value === first ? second : first;
    return {
      kind: 'pair',
      signs: new Map([
        [value, 1],
        [other, -1],
      ]),
      value,
      other,
    };
  }
  if (known.length === nKnown) return { kind: 'unusable', why: 'holds a value of its own in each row' };
  if (known.length > maxCategories) {
    return { kind: 'unusable', why: `holds ${known.length} different values, more than ${maxCategories}` };
  }
  return { kind: 'categories' };
}

/** Single letters count only where both stand in the column: a lone «f» may as well be «female». */
function booleansOf(words: ReadonlySet<string>): ReadonlyMap<string, -1 | 1> | null {
  if ([...words].every((word) => booleanWords.has(word))) return booleanWords;
  for (const [yes, no] of booleanLetters) {
    if (words.size === 2 && words.has(yes) && words.has(no)) {
      return new Map([
        [yes, 1],
        [no, -1],
      ]);
    }
  }
  return null;
}

/** 0, 1, 2, … or 5, 6, 7, …: an index that a data frame wrote along, no attribute. */
function numbersRows(column: CodedColumn): boolean {
  const { codes, values } = column;
  // With fewer values than rows some number comes twice.
  if (values.length < codes.length) return false;
  const first = parseNumber(values[codes[0]!]!);
  for (let row = 0; row < codes.length; row++) {
    if (parseNumber(values[codes[row]!]!) !== first + row) return false;
  }
  return true;
}
