import { formatCount, formatKs, formatP, ksDecimals } from './format.ts';
import { isNoise, ksInterval, nullBand, rangeText } from './inference.ts';
import { t } from './l10n.ts';
import type { Dot, LegendEntry, ListColumn, ListRow, ListView } from './listState.ts';
import { type AttributeRow, ksOf, type MacroscaleView, type SortColumn } from './macroscaleState.ts';
import type { MacroscaleRow } from '../src/protocol/report.ts';
import { intervalInWords, ksChartInWords, listCaveat, noiseInWords, rowInWords } from './wording.ts';

/** KS distances as a list. */
export function macroscaleList(view: MacroscaleView): ListView {
  const { result, signed, axis, hasPermutations, hasIntervals } = view;
  return {
    source: result,
    variant: signed ? 'signed' : 'unsigned',
    rows: view.rows.map((row) => listRow(row, view)),
    nAttributes: view.ranking.length,
    selected: view.selected?.attribute ?? null,
    columns: columnsOf(view),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    scale: {
      axis,
      left: signed && axis.min < 0 ? t('◂ spreads') : '',
      right: signed ? t('clusters ▸') : t('KS distance'),
      heads: { positive: 'KS +', negative: 'KS −' },
      colours: 'modalities',
      reference: null,
      joined: !hasPermutations && !hasIntervals,
      missing: t('not tested'),
      noteHead: hasPermutations ? t('p adjusted') : null,
    },
    chartInWords: ksChartInWords(view),
    caveat: listCaveat(view),
    legend: legendOf(view),
    tableName: t('KS distance by attribute'),
  };
}

function legendOf(view: MacroscaleView): LegendEntry[] {
  const noise = view.hasPermutations ? [{ mark: 'noise', text: noiseInWords() } as const] : [];
  return view.hasIntervals ? [...noise, { mark: 'interval', text: intervalInWords(view) }] : noise;
}

function columnsOf({ noun, hasPermutations }: MacroscaleView): ListColumn[] {
  const all = [
    column('attribute', t('Attribute'), t('Name of the attribute'), false),
    column('ks', t('KS max'), t('The larger KS distance of the two modalities')),
    column(
      'ksPositive',
      'KS +',
      t('KS distance of the positive modality: within it against across, with its 95 % interval'),
    ),
    column(
      'ksNegative',
      'KS −',
      t('KS distance of the negative modality: within it against across, with its 95 % interval'),
    ),
    {
      ...column('n', 'n', t('Identities on each side of the comparison')),
      header: noun === 'people' ? t('n people') : t('n images'),
    },
    column(
      'pAdjusted',
      t('p adjusted'),
      t(
        'p of the larger KS distance, by permutation of people, adjusted for the number of tests (Benjamini-Hochberg)',
      ),
      false,
    ),
    column(
      'p',
      t('p naive'),
      t('p of the larger KS distance as in the paper: as if pairs were independent, which they are not'),
      false,
    ),
  ];
  return all.filter(({ key }) => key !== 'pAdjusted' || hasPermutations);
}

function column(key: SortColumn, name: string, note: string, descendingFirst = true): ListColumn {
  return { key, name, note, descendingFirst };
}

function listRow(row: AttributeRow, { signed, hasPermutations }: MacroscaleView): ListRow {
  const { strongest } = row;
  const adjusted = strongest?.pAdjusted ?? null;
  const pAdjusted = adjusted === null ? '—' : formatP(adjusted, null);
  return {
    attribute: row.attribute,
    positive: dot(row.positive, signed),
    negative: dot(row.negative, signed),
    tick: null,
    note: hasPermutations ? pAdjusted : '',
    cells: [
      formatKs(strongest?.ks ?? null),
      ksWithInterval(row.positive, signed),
      ksWithInterval(row.negative, signed),
      strongest ? formatCount(strongest.nIdentities) : '—',
      ...(hasPermutations ? [pAdjusted] : []),
      strongest ? formatP(strongest.pNaive, strongest.log10PNaive) : '—',
    ],
    inWords: rowInWords(row),
  };
}

/** «−0.055 (−0.064 to −0.047)» */
function ksWithInterval(row: MacroscaleRow | null, signed: boolean): string {
  const ks = formatKs(ksOf(row, signed));
  const interval = row && ksInterval(row, signed);
  return interval ? `${ks} (${rangeText(interval, ksDecimals)})` : ks;
}

function dot(row: MacroscaleRow | null, signed: boolean): Dot | null {
  if (!row) return null;
  const value = ksOf(row, signed)!;
  return {
    value,
    interval: ksInterval(row, signed),
    noise: nullBand(row, signed),
    isNoise: isNoise(row),
    text: formatKs(value),
  };
}
