import type {
  ComparedModality,
  ComparedRow,
  Comparison,
  ComparisonPair,
} from '../protocol/comparisonSchema.ts';
import { signed, type TableColumn, tableLines } from './table.ts';

const nListed = 10;
const longestValue = 40;

/** What changed in the inputs, the largest differences of each model, and what to know before believing them. */
export function comparisonText({ sides, changes, pairs, notes }: Comparison): string {
  const [before, after] = sides;
  const shown = eachModelOnce(pairs);
  const nFurther = pairs.length - shown.length;
  return [
    `${before.file} → ${after.file}`,
    '',
    ...(changes.length === 0 ? ['No input differs.'] : changeLines(changes)),
    ...shown.flatMap((pair) => ['', `${pair.before} → ${pair.after}`, ...pairLines(pair)]),
    ...(nFurther > 0 ? ['', `Further pairs of models in the comparison: ${nFurther}.`] : []),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `· ${note}`)] : []),
  ].join('\n');
}

/** Pairs come with the best match first, so that each model is shown beside its own. */
function eachModelOnce(pairs: readonly ComparisonPair[]): ComparisonPair[] {
  const seen = { before: new Set<string>(), after: new Set<string>() };
  return pairs.filter(({ before, after }) => {
    if (seen.before.has(before) || seen.after.has(after)) return false;
    seen.before.add(before);
    seen.after.add(after);
    return true;
  });
}

function changeLines(changes: Comparison['changes']): string[] {
  return tableLines([
    { head: 'input', cells: changes.map(({ input }) => input), align: 'left' },
    { head: 'before', cells: changes.map(({ before }) => shortened(before)), align: 'left' },
    { head: 'after', cells: changes.map(({ after }) => shortened(after)), align: 'left' },
  ]);
}

function shortened(text: string): string {
  const digest = /^[0-9a-f]{64}$/.test(text);
  const length = digest ? 12 : longestValue;
  return Array.from(text).length > length ? `${Array.from(text).slice(0, length).join('')}…` : text;
}

function pairLines({ macroscale, microscale, neighbours, verification }: ComparisonPair): string[] {
  const lines = [
    ...section('Largest differences of signed KS', macroscale, (rows) => [
      left('', rows, ({ modality }: ComparedModality) => (modality === 'positive' ? '+' : '−')),
    ]),
    ...section(`Largest differences of energy (${neighbours?.[0] ?? ''})`, microscale, () => []),
    ...(verification.length > 0 ? ['Verification', ...tableLines(columnsOf(verification, [], 4))] : []),
  ];
  return lines.length > 0 ? lines : ['Nothing was measured on both sides.'];
}

function section<Row extends ComparedRow>(
  title: string,
  all: readonly Row[],
  more: (rows: readonly Row[]) => TableColumn[],
): string[] {
  const rows = all.filter(({ difference }) => difference !== null);
  if (rows.length === 0) return [];
  const largest = [...rows]
    .sort((a, b) => Math.abs(b.difference!) - Math.abs(a.difference!))
    .slice(0, nListed);
  return [title, ...tableLines(columnsOf(largest, more(largest))), ...chanceLines(rows)];
}

function columnsOf(rows: readonly ComparedRow[], more: readonly TableColumn[], decimals = 3): TableColumn[] {
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : signed(value, decimals);
  return [
    left('attribute', rows, ({ attribute }) => measureNames[attribute] ?? tarName(attribute)),
    ...more,
    right('before', rows, ({ before }) => number(before?.value)),
    right('after', rows, ({ after }) => number(after?.value)),
    right('difference', rows, ({ difference }) => number(difference)),
    right('95 %', rows, ({ differenceCi: ci }) => (ci ? `${number(ci[0])} to ${number(ci[1])}` : '–')),
  ];
}

const measureNames: Readonly<Record<string, string | undefined>> = {
  auc: 'AUC',
  eer: 'EER',
  meanWithin: 'mean within',
  meanBetween: 'mean between',
};

function tarName(measure: string): string {
  return measure.replace(/^tar@(?=[\d.e-]+$)/, 'TAR at FAR ');
}

/** Intervals are of one difference each, so some exclude zero by chance. */
function chanceLines(rows: readonly ComparedRow[]): string[] {
  const intervals = rows.flatMap(({ differenceCi }) => (differenceCi ? [differenceCi] : []));
  if (intervals.length === 0) return [];
  const nBeyond = intervals.filter(([low, high]) => low > 0 || high < 0).length;
  return [
    `${nBeyond} of ${intervals.length} intervals exclude zero; without any true difference about ${(intervals.length / 20).toFixed(1)} would.`,
  ];
}

function left<T>(head: string, rows: readonly T[], cell: (row: T) => string): TableColumn {
  return { head, cells: rows.map(cell), align: 'left' };
}

function right<T>(head: string, rows: readonly T[], cell: (row: T) => string): TableColumn {
  return { head, cells: rows.map(cell), align: 'right' };
}
