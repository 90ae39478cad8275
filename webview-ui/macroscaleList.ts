import { formatCount, formatKs, formatP } from './format.ts';
import type { Dot, ListColumn, ListRow, ListView } from './listState.ts';
import { type AttributeRow, ksOf, type MacroscaleView, type SortColumn } from './macroscaleState.ts';
import type { MacroscaleRow } from '../src/protocol/report.ts';
import { ksChartInWords, noiseCaveat, rowInWords } from './wording.ts';

/** KS distances as a list. */
export function macroscaleList(view: MacroscaleView): ListView {
  const { result, signed, axis } = view;
  return {
    source: result,
    variant: signed ? 'signed' : 'unsigned',
    rows: view.rows.map((row) => listRow(row, signed)),
    nAttributes: view.ranking.length,
    selected: view.selected?.attribute ?? null,
    columns: columns.map((column) =>
      column.key === 'n' ? { ...column, header: `${column.name} ${view.noun}` } : column,
    ),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    scale: {
      axis,
      left: signed && axis.min < 0 ? '◂ spreads' : '',
      right: signed ? 'clusters ▸' : 'KS distance',
      heads: { positive: 'KS +', negative: 'KS −' },
      reference: null,
      joined: true,
      missing: 'not tested',
    },
    chartInWords: ksChartInWords(view),
    caveat: noiseCaveat,
    tableName: 'KS distance by attribute',
  };
}

const columns = [
  column('attribute', 'Attribute', 'Name of the attribute', false),
  column('ks', 'KS max', 'The larger KS distance of the two modalities'),
  column('ksPositive', 'KS +', 'KS distance of the positive modality: within it against across'),
  column('ksNegative', 'KS −', 'KS distance of the negative modality: within it against across'),
  column('n', 'n', 'Identities on each side of the comparison'),
  column(
    'p',
    'p naive',
    'p of the larger KS distance, as if pairs were independent, which they are not',
    false,
  ),
];

function column(key: SortColumn, name: string, note: string, descendingFirst = true): ListColumn {
  return { key, name, note, descendingFirst };
}

function listRow(row: AttributeRow, signed: boolean): ListRow {
  const { strongest } = row;
  return {
    attribute: row.attribute,
    positive: dot(row.positive, signed),
    negative: dot(row.negative, signed),
    cells: [
      formatKs(strongest?.ks ?? null),
      formatKs(ksOf(row.positive, signed)),
      formatKs(ksOf(row.negative, signed)),
      strongest ? formatCount(strongest.nIdentities) : '—',
      strongest ? formatP(strongest.pNaive, strongest.log10PNaive) : '—',
    ],
    inWords: rowInWords(row),
  };
}

function dot(row: MacroscaleRow | null, signed: boolean): Dot | null {
  const value = ksOf(row, signed);
  return value === null ? null : { value, interval: null, text: formatKs(value) };
}
