import type { EntropyMeasure, KsAggregate } from '../../src/protocol/macroscaleSchema.ts';
import type { Correlation } from '../../src/protocol/report.ts';
import { correlationPlot } from '../correlationPlot.ts';
import type { CorrelationView } from '../correlationState.ts';
import {
  aggregateNames,
  correlationCaveat,
  correlationInWords,
  entropyNames,
  formatAggregate,
  formatEntropy,
  rhoDecimals,
} from '../dataWording.ts';
import type { DataView } from '../dataState.ts';
import { correlationAsCsv } from '../csvCharts.ts';
import { element, phraseNodes } from '../dom.ts';
import { correlationFigure } from '../figures/dataFigures.ts';
import { t } from '../l10n.ts';
import { formatCount, formatFixed, formatP } from '../format.ts';
import { capital } from '../wording.ts';
import { select } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { factsTable } from './factsTable.ts';
import { createLazyTable } from './lazyTable.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import { createScatterPlot } from './scatterPlot.ts';
import type { Actions, View } from './view.ts';

/** Whether attributes that vary more have larger KS distances. */
export function createCorrelationPart(actions: Actions): View<DataView> {
  const aggregate = select('KS', (value) => actions.change({ ksAggregate: value as KsAggregate }));
  aggregate.element.classList.add('aggregate');
  const entropy = select(t('Entropy'), (value) => actions.change({ entropy: value as EntropyMeasure }));
  const plot = createScatterPlot('correlation', {
    choose: (attribute) => actions.change({ attribute }),
    open: (attribute) => actions.change({ attribute, section: 'macroscale' }),
  });
  let drawn: CorrelationView | null = null;
  const save = createSaveMenu(actions, t('KS distance against entropy'), ['svg', 'png', 'csv'], () => {
    const view = drawn;
    return view && saveableOf(correlationFigure(view, view.result.model), () => correlationAsCsv(view));
  });
  const words = element('p');
  const correlations = element('div', { class: 'table-frame correlation-table' });
  const table = createLazyTable(t('The circles as a table'));
  const root = element(
    'figure',
    { class: 'data-part' },
    element('h2', { text: t('KS distance against entropy') }),
    element(
      'div',
      { class: 'toolbar' },
      aggregate.element,
      element('span', { text: t('against') }),
      entropy.element,
      save,
    ),
    element(
      'div',
      { class: 'correlation-parts' },
      plot.element,
      element(
        'div',
        {},
        element(
          'figcaption',
          {},
          words,
          element(
            'p',
            { class: 'muted' },
            `${correlationCaveat()} ${t('Enter: the chosen attribute in Macroscale.')} `,
            definitionLink(actions, 'spearman-correlation', t('Spearman correlation')),
          ),
        ),
        correlations,
        table.element,
      ),
    ),
  );
  let shown: CorrelationView['correlations'] | null = null;
  return {
    element: root,
    update({ correlations: view }, theme) {
      root.hidden = view === null;
      drawn = view;
      if (!view) return;
      aggregate.set(
        Object.entries(aggregateNames()).map(([value, label]) => ({ value, label })),
        view.aggregate,
      );
      entropy.set(
        Object.entries(entropyNames()).map(([value, label]) => ({ value, label })),
        view.entropy,
      );
      plot.update(correlationPlot(view), theme);
      words.replaceChildren(...phraseNodes(correlationInWords(view)));
      if (shown !== view.correlations) {
        shown = view.correlations;
        correlations.replaceChildren(correlationTable(view.correlations));
      }
      const key = `${view.aggregate} ${view.entropy} ${view.result.model}`;
      table.show(key, () => [pointsTable(view)]);
    },
  };
}

function shortNames(): Record<KsAggregate, string> {
  return {
    ksMax: t('larger modality'),
    ksMean: t('mean of both'),
    ksWeightedSum: t('weighted sum'),
    ksWeightedMean: t('weighted mean'),
  };
}

/** n is the number of attributes that have both. */
function correlationTable(correlations: readonly Correlation[]): HTMLElement {
  const cells = (one: Correlation | undefined) => [
    formatFixed(one?.rho ?? null, rhoDecimals),
    one && one.p !== null ? formatP(one.p, null) : '—',
    one ? formatCount(one.nAttributes) : '—',
  ];
  const lines = Object.entries(shortNames()).flatMap(([aggregate, name]) => {
    const [intra, inter] = (['intraEntropy', 'interEntropy'] as const).map((against) =>
      correlations.find((one) => one.aggregate === aggregate && one.against === against),
    );
    return intra || inter ? [[name, ...cells(intra), ...cells(inter)]] : [];
  });
  return factsTable(['KS', t('ρ, intra'), 'p', 'n', t('ρ, inter'), 'p', 'n'], lines, {
    rowHeaders: true,
    label: t('Spearman correlations'),
  });
}

function pointsTable({ points, aggregate, entropy }: CorrelationView): HTMLElement {
  return factsTable(
    [t('Attribute'), capital(entropyNames()[entropy]), aggregateNames()[aggregate]],
    points.map((point) => [
      point.attribute,
      formatEntropy(point.entropy),
      formatAggregate(point.ks, aggregate),
    ]),
    { rowHeaders: true, label: t('Attributes of the scatter') },
  );
}
