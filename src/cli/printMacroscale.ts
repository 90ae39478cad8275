import { fewIdentities } from '../domain/fewIdentities.ts';
import type { Correlation, MacroscaleResult, MacroscaleRow } from '../protocol/report.ts';
import { signed, type TableColumn, tableLines } from './table.ts';

const nListed = 10;

/** The attributes with the largest KS distances, with what says whether to believe them, and what KS follows. */
export function macroscaleLines(result: MacroscaleResult): string[] {
  const strongest = byAttribute(result.rows).slice(0, nListed);
  if (strongest.length === 0) return ['No attribute could be tested.'];
  return [
    ...tableLines(columnsOf(strongest)),
    'KS below zero: that modality lies farther from itself than from the other.',
    ...(strongest.some(({ larger }) => larger.pPermutation !== null) ? [inferenceNote(result)] : []),
    'The naive p treats pairs as independent, which they are not.',
    ...(strongest.some(({ nPeople }) => nPeople < fewIdentities)
      ? [`* fewer than ${fewIdentities} people a side: a large KS is mostly chance.`]
      : []),
    ...correlationLines(result.correlations),
  ];
}

interface AttributeRows {
  readonly attribute: string;
  readonly positive: MacroscaleRow | undefined;
  readonly negative: MacroscaleRow | undefined;
  /** The one with the larger KS distance. */
  readonly larger: MacroscaleRow;
  /** In the smaller modality. */
  readonly nPeople: number;
}

/** The largest KS distance first. */
function byAttribute(rows: readonly MacroscaleRow[]): AttributeRows[] {
  const groups = new Map<string, MacroscaleRow[]>();
  for (const row of rows) groups.set(row.attribute, [...(groups.get(row.attribute) ?? []), row]);
  return Array.from(groups, ([attribute, own]) => ({
    attribute,
    positive: own.find(({ modality }) => modality === 'positive'),
    negative: own.find(({ modality }) => modality === 'negative'),
    larger: own.reduce((best, row) => (row.ks > best.ks ? row : best)),
    nPeople: Math.min(...own.map(({ nIdentities }) => nIdentities)),
  })).sort((a, b) => b.larger.ks - a.larger.ks);
}

function columnsOf(rows: readonly AttributeRows[]): TableColumn[] {
  const column = (head: string, cell: (row: AttributeRows) => string): TableColumn => ({
    head,
    cells: rows.map(cell),
    align: 'right',
  });
  const inferred = (head: string, cell: (row: MacroscaleRow) => string | null): TableColumn[] =>
    rows.some(({ larger }) => cell(larger) !== null)
      ? [column(head, ({ larger }) => cell(larger) ?? '–')]
      : [];
  return [
    { head: 'attribute', cells: rows.map(({ attribute }) => attribute), align: 'left' },
    column('KS +', ({ positive }) => signedKs(positive)),
    column('KS −', ({ negative }) => signedKs(negative)),
    ...inferred('95 %', ({ ci }) => ci && `${signed(ci[0], 3)} to ${signed(ci[1], 3)}`),
    ...inferred('p', ({ pPermutation }) => probability(pPermutation)),
    ...inferred('adjusted p', ({ pAdjusted }) => probability(pAdjusted)),
    column('people a side', ({ nPeople }) => `${nPeople}${nPeople < fewIdentities ? ' *' : '  '}`),
    column('log10 naive p', ({ larger }) => signed(larger.log10PNaive ?? 0, 1)),
  ];
}

function inferenceNote({ inference }: MacroscaleResult): string {
  return `Interval and p-values are of the larger KS; p by ${inference.permutations} permutations of people, adjusted by Benjamini and Hochberg.`;
}

const entropyNames = { intraEntropy: 'intra-entropy', interEntropy: 'inter-entropy' } as const;

function correlationLines(correlations: readonly Correlation[]): string[] {
  return correlations.flatMap(({ aggregate, against, nAttributes, rho, p }) =>
    aggregate === 'ksMax' && rho !== null && p !== null
      ? [
          `Larger KS with ${entropyNames[against]}: Spearman’s rho ${signed(rho, 2)}, p ${p.toPrecision(2)}, over ${nAttributes} attributes.`,
        ]
      : [],
  );
}

function signedKs(row: MacroscaleRow | undefined): string {
  return row === undefined ? '–' : signed(row.sign * row.ks, 3);
}

function probability(p: number | null): string | null {
  return p === null ? null : p.toPrecision(2);
}
