import type { VerificationResult } from '../../src/protocol/report.ts';
import { edgeOf, pairHistogram, totalOf } from '../charts/pairHistogram.ts';
import { decades, lowestFar, rocCurve, tarAtFar } from '../charts/rocCurve.ts';
import { pairDistancesAsCsv, rocAsCsv } from '../csvCharts.ts';
import { element } from '../dom.ts';
import { distancesOfPairs, rocOf } from '../figures/verificationFigures.ts';
import {
  decimalsFor,
  formatCount,
  formatFar,
  formatFixed,
  formatInterval,
  formatProbability,
  formatRate,
} from '../format.ts';
import {
  distanceOfPairs,
  histogramCaveat,
  histogramInWords,
  rocCaveat,
  rocInWords,
} from '../verificationWording.ts';
import { createChartFigure } from './chartFigure.ts';
import { disclosedTable, factsTable } from './factsTable.ts';
import { t } from '../l10n.ts';
import { saveableOf } from './saveMenu.ts';
import type { Actions, View } from './view.ts';

/** How matched and unmatched distances lie, and what any threshold makes of them; each with its table. */
export function createPairCharts(actions: Pick<Actions, 'post'>): View<VerificationResult> {
  const histogram = createChartFigure(
    actions,
    t('Distances of pairs'),
    legend(['matched', t('one person')], ['unmatched', t('two people')]),
  );
  const roc = createChartFigure(actions, 'ROC', legend(['matched', t('model')], [t('chance'), t('chance')]));
  return {
    element: element('div', { class: 'pair-charts' }, histogram.element, roc.element),
    update(result, theme) {
      histogram.show({
        specification: pairHistogram(result, theme),
        words: histogramInWords(result),
        caveat: histogramCaveat(),
        save: saveableOf(distancesOfPairs(result, result.model), () => pairDistancesAsCsv(result)),
        table: disclosedTable(t('The distances as a table'), histogramTable(result)),
      });
      roc.show({
        specification: rocCurve(result, theme),
        words: rocInWords(result),
        caveat: rocCaveat(),
        save: saveableOf(rocOf(result, result.model), () => rocAsCsv(result)),
        table: disclosedTable(t('The curve as a table'), ratesTable(result), curveTable(result)),
      });
    },
  };
}

function legend(...entries: readonly (readonly [kind: string, text: string])[]): HTMLElement {
  return element(
    'div',
    { class: 'legend', attributes: { 'aria-hidden': true } },
    ...entries.map(([kind, text]) => element('span', {}, element('span', { class: `line ${kind}` }), text)),
  );
}

/** Bins are joined so that a reader has some forty lines, not two hundred. */
const tableLines = 40;

function histogramTable({ histograms, metric }: VerificationResult): HTMLTableElement {
  const { matched, unmatched, min, max } = histograms;
  const step = Math.max(1, Math.ceil(matched.length / tableLines));
  const decimals = decimalsFor(max - min);
  const totals = { matched: totalOf(matched), unmatched: totalOf(unmatched) };
  const lines: string[][] = [];
  for (let bin = 0; bin < matched.length; bin += step) {
    const end = Math.min(bin + step, matched.length);
    const [one, two] = [totalOf(matched.slice(bin, end)), totalOf(unmatched.slice(bin, end))];
    lines.push([
      formatFixed(edgeOf(histograms, bin), decimals),
      formatFixed(edgeOf(histograms, end), decimals),
      formatCount(one),
      formatRate(one / totals.matched),
      formatCount(two),
      formatRate(two / totals.unmatched),
    ]);
  }
  return factsTable(
    [
      metric === 'cosine' ? t('cosine distance from') : t('euclidean distance from'),
      t('to'),
      t('one person'),
      t('share'),
      t('two people'),
      t('share'),
    ],
    lines,
    {
      label: t('Distances of pairs'),
    },
  );
}

/** Every accept rate with all that the report knows of it. */
function ratesTable(result: VerificationResult): HTMLTableElement {
  return factsTable(
    [
      'FAR',
      t('FAR reached'),
      'TAR',
      t('95 % interval'),
      t('as if independent'),
      t('pairs, effective'),
      t('threshold'),
      t('enough pairs'),
    ],
    result.tar.map((rate) => [
      formatFar(rate.far),
      formatRate(rate.farReached),
      formatFixed(rate.tar, 4),
      formatInterval(rate.ci, 4),
      formatInterval(rate.ciIndependent, 4),
      formatCount(rate.nEffective),
      rate.threshold === null ? '—' : distanceOfPairs(rate.threshold, result),
      rate.enoughPairs ? t('yes') : t('no'),
    ]),
    { rowHeaders: true, label: t('Accept rates') },
  );
}

/** TAR at round FAR, read off the report's points. */
function curveTable(result: VerificationResult): HTMLTableElement {
  const rates = decades(lowestFar(result)).flatMap((far) => (far < 1 ? [far, 2 * far, 5 * far] : [far]));
  return factsTable(
    [t('FAR at most'), 'TAR'],
    rates.map((far) => {
      const tar = tarAtFar(result, far);
      return [far < 1 ? formatRate(far) : '1', tar === null ? '—' : formatProbability(tar)];
    }),
    { rowHeaders: true, label: 'ROC' },
  );
}
