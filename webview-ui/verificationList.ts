import { formatCount, formatFar, formatFixed, formatInterval, formatRate } from './format.ts';
import { t } from './l10n.ts';
import type { Dot, ListColumn, ListRow, ListView } from './listState.ts';
import {
  fewestPairs,
  type ModalityRow,
  type ModalitySide,
  type TarSortColumn,
  tarOf,
  type VerificationView,
} from './verificationState.ts';
import { tarChartCaveat, tarChartInWords, tarRowInWords } from './verificationWording.ts';

/** Accept rates at the common threshold as a list. */
export function verificationList(view: VerificationView): ListView {
  const { result, overall, axis } = view;
  return {
    source: result,
    variant: String(overall?.far),
    rows: view.rows.map(listRow),
    nAttributes: view.ranking.length,
    selected: view.selected?.attribute ?? null,
    columns: columnsOf(),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    scale: {
      axis,
      left: overall ? t('TAR at FAR {0}', formatFar(overall.far)) : 'TAR',
      right: '',
      heads: { positive: 'TAR +', negative: 'TAR −' },
      colours: 'modalities',
      reference: overall ? { value: overall.tar, text: t('all {0}', formatTar(overall.tar)) } : null,
      joined: false,
      missing: t('no pairs'),
      noteHead: null,
    },
    chartInWords: tarChartInWords(view),
    caveat: tarChartCaveat(view),
    legend: [],
    tableName: t('True accept rate by attribute'),
  };
}

/** Accept rates of one list have as many decimals each, so that they compare. */
export function formatTar(tar: number | null): string {
  return formatFixed(tar, tarDecimals);
}

const tarDecimals = 3;

/** «0.973 (0.968–0.978)» */
export function tarWithInterval(side: ModalitySide | null): string {
  const interval = side?.rate.tarCi;
  const tar = formatTar(tarOf(side));
  return interval ? `${tar} (${formatInterval(interval, tarDecimals)})` : tar;
}

function columnsOf(): ListColumn[] {
  return [
    column('attribute', t('Attribute'), t('Name of the attribute')),
    column('tarPositive', 'TAR +', t('Accept rate of the positive modality, with its 95 % interval')),
    column('tarNegative', 'TAR −', t('Accept rate of the negative modality, with its 95 % interval')),
    column('lowest', t('Lowest'), t('The lower of the two accept rates')),
    column('gap', t('Gap'), t('Difference of the two accept rates'), true),
    column(
      'fmrPositive',
      'FMR +',
      t('Share of the positive modality’s own pairs of two people that are accepted'),
      true,
    ),
    column(
      'fmrNegative',
      'FMR −',
      t('Share of the negative modality’s own pairs of two people that are accepted'),
      true,
    ),
    column('n', t('Pairs'), t('Pairs of one person, of the modality that has fewer'), true),
  ];
}

function column(key: TarSortColumn, name: string, note: string, descendingFirst = false): ListColumn {
  return { key, name, note, descendingFirst };
}

function listRow(row: ModalityRow): ListRow {
  const pairs = fewestPairs(row);
  return {
    attribute: row.attribute,
    positive: dot(row.positive),
    negative: dot(row.negative),
    tick: null,
    note: '',
    cells: [
      tarWithInterval(row.positive),
      tarWithInterval(row.negative),
      formatTar(tarOf(row.lowest)),
      formatFixed(row.gap, tarDecimals),
      formatRate(row.positive?.rate.fmr ?? null),
      formatRate(row.negative?.rate.fmr ?? null),
      pairs === null ? '—' : formatCount(pairs),
    ],
    inWords: tarRowInWords(row),
  };
}

function dot(side: ModalitySide | null): Dot | null {
  const value = tarOf(side);
  if (value === null) return null;
  return { value, interval: side!.rate.tarCi, noise: null, isNoise: false, text: formatTar(value) };
}
