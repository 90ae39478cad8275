import { modalities, type Modality } from '../../src/domain/attributeColumn.ts';
import type { Distribution } from '../../src/protocol/report.ts';
import { niceAxis } from '../charts/axis.ts';
import { cdfPoints, heightAt, risingRange } from '../charts/cdf.ts';
import { distanceCdf } from '../charts/distanceCdf.ts';
import { MountedChart } from '../charts/mount.ts';
import { distancesAsCsv } from '../csvCharts.ts';
import { element, phraseNodes } from '../dom.ts';
import { distancesFigure } from '../figures/macroscaleFigures.ts';
import { t } from '../l10n.ts';
import { formatFixed, formatKs } from '../format.ts';
import { type AttributeRow, type MacroscaleView, rowOf } from '../macroscaleState.ts';
import { cdfChartInWords, distanceDecimals, ksCaveat, plainText } from '../wording.ts';
import { numberCell } from './attributeTable.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import type { Actions, View } from './view.ts';

/** The three distribution functions of the chosen attribute, in words, as a chart and as a table. */
export function createDistanceChart(actions: Pick<Actions, 'post'>): View<MacroscaleView> {
  let shown: MacroscaleView | null = null;
  const canvas = element('canvas', { attributes: { role: 'img' } });
  const chart = new MountedChart(canvas);
  const frame = element('div', { class: 'cdf-frame' }, canvas);
  const caption = element('figcaption');
  const table = element('table', { class: 'facts-table' });
  const numbers = element(
    'details',
    {},
    element('summary', { text: t('The curves as a table') }),
    element('div', { class: 'table-frame' }, table),
  );
  const nothing = element('p', {
    class: 'muted',
    text: t('The report holds no distances of this attribute.'),
  });
  const save = createSaveMenu(actions, t('Distances of the chosen attribute'), ['svg', 'png', 'csv'], () => {
    const view = shown;
    const distribution = view?.distribution;
    const drawn = view && distancesFigure(view, view.result.model);
    return view && drawn && distribution
      ? saveableOf(drawn, () => distancesAsCsv(view.result, distribution.attribute))
      : null;
  });
  const figure = element(
    'figure',
    {},
    element('div', { class: 'figure-head' }, legend(), save),
    frame,
    caption,
    numbers,
  );
  return {
    element: element('div', { class: 'distance-chart' }, figure, nothing),
    update(view, theme) {
      shown = view;
      const { distribution, selected } = view;
      figure.hidden = !distribution || !selected;
      nothing.hidden = !figure.hidden;
      if (!distribution || !selected) {
        chart.clear();
        return;
      }
      const rows = modalities.flatMap((modality) => rowOf(selected, modality) ?? []);
      const words = cdfChartInWords(selected, view);
      chart.show(distanceCdf({ distribution, rows, metric: view.result.metric }, theme), plainText(words));
      caption.replaceChildren(
        element('p', {}, ...phraseNodes(words)),
        element('p', { class: 'muted', text: ksCaveat() }),
      );
      table.replaceChildren(...tableOf(distribution, selected, view));
    },
  };
}

function legend(): HTMLElement {
  const entry = (curve: string, text: string) =>
    element('span', {}, element('span', { class: `line ${curve}` }), text);
  return element(
    'div',
    { class: 'legend', attributes: { 'aria-hidden': true } },
    entry('positive', t('within +')),
    entry('negative', t('within −')),
    entry('cross', t('across')),
  );
}

/** Heights of the curves at round distances, and exact ones where the KS gaps are. */
function tableOf(distribution: Distribution, row: AttributeRow, view: MacroscaleView): HTMLElement[] {
  const curves = (['withinPositive', 'withinNegative', 'cross'] as const).map((key) =>
    cdfPoints(distribution, key),
  );
  const decimals = distanceDecimals(view);
  const [min, max] = risingRange(curves) ?? [distribution.min, distribution.max];
  const lines: readonly {
    readonly x: number;
    readonly modality?: Modality;
    readonly cells: readonly string[];
  }[] = [
    ...niceAxis(min, max, 10).ticks.map((x) => ({
      x,
      cells: [...curves.map((points) => formatFixed(heightAt(points, x), 3)), ''],
    })),
    ...modalities.flatMap((modality) => {
      const gap = rowOf(row, modality);
      if (!gap) return [];
      const within = formatFixed(gap.cdfWithin, 3);
      const positive = modality === 'positive';
      const cells = [
        positive ? within : '',
        positive ? '' : within,
        formatFixed(gap.cdfCross, 3),
        formatKs(gap.ks),
      ];
      return [{ x: gap.location, modality, cells }];
    }),
  ];
  return [
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...[
          view.result.metric === 'cosine' ? t('cosine distance') : t('euclidean distance'),
          t('within +'),
          t('within −'),
          t('across'),
          'KS',
        ].map((text) => element('th', { text, attributes: { scope: 'col' } })),
      ),
    ),
    element(
      'tbody',
      {},
      ...[...lines]
        .sort((a, b) => a.x - b.x)
        .map(({ x, modality, cells }) =>
          element(
            'tr',
            modality ? { class: 'gap', attributes: { title: gapTitle(modality) } } : {},
            numberCell(formatFixed(x, decimals)),
            ...cells.map(numberCell),
          ),
        ),
    ),
  ];
}

function gapTitle(modality: Modality): string {
  return modality === 'positive'
    ? t('KS gap of the positive modality')
    : t('KS gap of the negative modality');
}
