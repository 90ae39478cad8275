import type { AttributeResult } from '../src/protocol/report.ts';
import type { BarListView, BarPanel, BarRow } from './barList.ts';
import { niceAxis } from './charts/axis.ts';
import type { DataColumn, DataView } from './dataState.ts';
import { barsCaveat, barsInWords, countsInWords, formatEntropy, formatShareOf } from './dataWording.ts';
import { formatCount, formatFixed } from './format.ts';
import { t } from './l10n.ts';
import type { ListColumn } from './listState.ts';

/** Counts and entropies as a list. */
export function dataList(view: DataView): BarListView {
  return {
    source: view.report,
    variant: 'data',
    rows: view.rows.map(barRow),
    nAttributes: view.nAttributes,
    selected: view.selected?.counts.attribute ?? null,
    columns: columnsOf(),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    panels: panelsOf(view),
    chartInWords: barsInWords(view),
    caveat: barsCaveat(),
    legend: [
      { mark: 'thick', text: t('images with it') },
      { mark: 'thin', text: t('without') },
      { mark: 'hairline', text: t('unknown') },
    ],
    tableName: t('Counts and entropies by attribute'),
  };
}

function panelsOf({ intraAxis, interAxis }: DataView): BarPanel[] {
  return [
    {
      key: 'share',
      head: t('Images'),
      axis: niceAxis(0, 1, 2),
      parts: [
        { name: t('Positive'), look: 'positive' },
        { name: t('Negative'), look: 'negative' },
        { name: t('Unknown'), look: 'unknown' },
      ],
    },
    {
      key: 'intra',
      head: t('Intra-entropy'),
      axis: intraAxis,
      parts: [{ name: t('Intra-entropy'), look: 'plain' }],
    },
    {
      key: 'inter',
      head: t('Inter-entropy'),
      axis: interAxis,
      parts: [{ name: t('Inter-entropy'), look: 'plain' }],
    },
  ];
}

function columnsOf(): ListColumn[] {
  return [
    column('attribute', t('Attribute'), t('Name of the attribute'), false),
    column('positive', t('Positive'), t('Images with it')),
    column('negative', t('Negative'), t('Images without it')),
    column('unknown', t('Unknown'), t('Images of which it is not known')),
    column('share', t('Share'), t('Share of the images with it among those where it is known')),
    column('average', t('Global average'), t('Mean of −1 and 1 over the images where it is known')),
    column('intra', t('Intra-entropy'), t('Mean entropy of its values in a person, nats')),
    column('inter', t('Inter-entropy'), t('Entropy of the density of people’s mean values, nats')),
  ];
}

function column(key: DataColumn, name: string, note: string, descendingFirst = true): ListColumn {
  return { key, name, note, descendingFirst };
}

function barRow(row: AttributeResult): BarRow {
  const { attribute, nPositive, nNegative, nUnknown, intraEntropy, interEntropy } = row;
  const nImages = nPositive + nNegative + nUnknown;
  const entropyBar = (entropy: number | null) =>
    entropy === null ? null : { lengths: [entropy], text: formatEntropy(entropy) };
  return {
    attribute,
    bars: [
      nImages === 0
        ? null
        : {
            lengths: [nPositive, nNegative, nUnknown].map((n) => n / nImages),
            text: formatShareOf(row),
          },
      entropyBar(intraEntropy),
      entropyBar(interEntropy),
    ],
    cells: [
      formatCount(nPositive),
      formatCount(nNegative),
      formatCount(nUnknown),
      formatShareOf(row),
      formatFixed(row.globalAverage, 3),
      formatEntropy(intraEntropy),
      formatEntropy(interEntropy),
    ],
    inWords: countsInWords(row),
  };
}
