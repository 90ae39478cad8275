import type { ComparedRow } from '../src/protocol/comparisonSchema.ts';
import {
  type ComparedAttribute,
  type ComparedMacroscaleView,
  type ComparedMicroscaleView,
  isBeyondZero,
  type MacroscaleColumn,
  type MicroscaleColumn,
} from './comparisonState.ts';
import {
  attributeInWords,
  differenceDecimals,
  differenceText,
  hasIntervals,
  macroscaleCaveat,
  macroscaleChartInWords,
  microscaleCaveat,
  microscaleChartInWords,
  rowInWords,
  sideText,
} from './comparisonWording.ts';
import { formatCount, formatFixed, formatKs } from './format.ts';
import { t } from './l10n.ts';
import type { Dot, LegendEntry, ListColumn, ListView } from './listState.ts';

/** Differences as lists: a dot and its whisker around zero for each. Pure. */

export function comparedMacroscaleList(view: ComparedMacroscaleView): ListView {
  return {
    source: view.pair,
    variant: 'macroscale',
    rows: view.rows.map((row) => ({
      attribute: row.attribute,
      positive: dot(row.positive),
      negative: dot(row.negative),
      tick: null,
      note: '',
      cells: macroscaleCells(row),
      inWords: attributeInWords(row),
    })),
    nAttributes: view.ranking.length,
    selected: view.selected?.attribute ?? null,
    columns: macroscaleColumns(),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    scale: {
      axis: view.axis,
      left: t('◂ less than before'),
      right: t('more ▸'),
      heads: { positive: t('Δ KS +'), negative: t('Δ KS −') },
      colours: 'modalities',
      reference: null,
      joined: false,
      missing: t('not on both sides'),
      noteHead: null,
    },
    chartInWords: macroscaleChartInWords(view),
    caveat: macroscaleCaveat(),
    legend: legend(view.pair.macroscale),
    tableName: t('Differences of signed KS by attribute'),
  };
}

export function comparedMicroscaleList(view: ComparedMicroscaleView): ListView {
  return {
    source: view.pair,
    variant: 'microscale',
    rows: view.rows.map((row) => ({
      attribute: row.attribute,
      positive: dot(row),
      negative: null,
      tick: null,
      note:
        row.before && row.after
          ? `${formatFixed(row.before.value, 2)} → ${formatFixed(row.after.value, 2)}`
          : '—',
      cells: [
        differenceText(row),
        sideText(row.before),
        sideText(row.after),
        formatCount(Math.min(...[row.before, row.after].flatMap((side) => (side ? [side.n] : [])))),
      ],
      inWords: rowInWords(row),
    })),
    nAttributes: view.ranking.length,
    selected: view.selected?.attribute ?? null,
    columns: microscaleColumns(),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    scale: {
      axis: view.axis,
      left: t('◂ more alike than before'),
      right: t('less ▸'),
      heads: { positive: t('Δ energy'), negative: '' },
      colours: 'plain',
      reference: null,
      joined: false,
      single: true,
      missing: t('not on both sides'),
      noteHead: t('before → after'),
    },
    chartInWords: microscaleChartInWords(view),
    caveat: microscaleCaveat(),
    legend: legend(view.pair.microscale),
    tableName: t('Differences of energy by attribute'),
  };
}

function dot(row: ComparedRow | null): Dot | null {
  if (typeof row?.difference !== 'number') return null;
  return {
    value: row.difference,
    interval: row.differenceCi,
    noise: null,
    isNoise: row.differenceCi !== null && !isBeyondZero(row),
    text: formatFixed(row.difference, Math.min(3, differenceDecimals(row))),
  };
}

function legend(rows: readonly ComparedRow[]): LegendEntry[] {
  if (!hasIntervals(rows)) return [];
  return [{ mark: 'interval', text: t('95 % interval, both sides taken for independent') }];
}

function macroscaleCells({ largest, positive, negative }: ComparedAttribute): string[] {
  return [
    formatKs(largest),
    differenceText(positive),
    differenceText(negative),
    ...[positive, negative].flatMap((row) => [
      formatKs(row?.before?.value ?? null),
      formatKs(row?.after?.value ?? null),
    ]),
  ];
}

function macroscaleColumns(): ListColumn[] {
  return [
    macroscaleColumn('attribute', t('Attribute'), t('Name of the attribute'), false),
    macroscaleColumn(
      'largest',
      t('Largest Δ'),
      t('The larger difference of the two modalities, without its sign'),
    ),
    macroscaleColumn(
      'positive',
      t('Δ KS +'),
      t('Signed KS of the positive modality, after less before, with its 95 % interval'),
    ),
    macroscaleColumn(
      'negative',
      t('Δ KS −'),
      t('Signed KS of the negative modality, after less before, with its 95 % interval'),
    ),
    macroscaleColumn(
      'beforePositive',
      t('KS + before'),
      t('Signed KS of the positive modality, first report'),
    ),
    macroscaleColumn(
      'afterPositive',
      t('KS + after'),
      t('Signed KS of the positive modality, second report'),
    ),
    macroscaleColumn(
      'beforeNegative',
      t('KS − before'),
      t('Signed KS of the negative modality, first report'),
    ),
    macroscaleColumn(
      'afterNegative',
      t('KS − after'),
      t('Signed KS of the negative modality, second report'),
    ),
  ];
}

function microscaleColumns(): ListColumn[] {
  return [
    microscaleColumn('attribute', t('Attribute'), t('Name of the attribute'), false),
    microscaleColumn(
      'difference',
      t('Δ energy'),
      t('Invariance energy, after less before, with its 95 % interval; sorted by its size'),
    ),
    microscaleColumn('before', t('Before'), t('Invariance energy, first report, with its 95 % interval')),
    microscaleColumn('after', t('After'), t('Invariance energy, second report, with its 95 % interval')),
    microscaleColumn('n', t('Curves'), t('Curves in the mean, of the side that has fewer')),
  ];
}

function macroscaleColumn(
  key: MacroscaleColumn,
  name: string,
  note: string,
  descendingFirst = true,
): ListColumn {
  return { key, name, note, descendingFirst };
}

function microscaleColumn(
  key: MicroscaleColumn,
  name: string,
  note: string,
  descendingFirst = true,
): ListColumn {
  return { key, name, note, descendingFirst };
}
