import { describeRule, modalities, type Modality } from '../../src/domain/attributeColumn.ts';
import type { AttributeResult, MacroscaleRow } from '../../src/protocol/report.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFixed, formatKs, formatP } from '../format.ts';
import { type AttributeRow, type MacroscaleView, rowOf } from '../macroscaleState.ts';
import { capital, distanceText, finding, naivePInWords, samplingInWords } from '../wording.ts';
import { numberCell } from './attributeTable.ts';
import { createDistanceChart } from './distanceChart.ts';
import type { View } from './view.ts';

export interface Detail extends View<MacroscaleView> {
  focus(): void;
}

/** Everything the report knows of the chosen attribute. */
export function createAttributeDetail(toList: () => void): Detail {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const rule = element('p', { class: 'rule muted' });
  const findings = element('ul', { class: 'findings' });
  const distances = createDistanceChart();
  const comparison = element('table', { class: 'facts-table comparison' });
  const naive = element('p', { class: 'muted', text: naivePInWords });
  const sampling = element('p', { class: 'muted' });
  const images = element('dl', { class: 'image-facts' });
  const comparisonPart = element(
    'div',
    {},
    element('h3', { text: 'Comparison' }),
    comparison,
    naive,
    sampling,
  );
  const root = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': 'Chosen attribute' } },
    title,
    rule,
    findings,
    distances.element,
    comparisonPart,
    element('h3', { text: 'In the data set' }),
    images,
  );
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') toList();
  });

  return {
    element: root,
    focus() {
      title.focus({ preventScroll: true });
      root.scrollIntoView({ block: 'nearest' });
    },
    update(view, theme) {
      const row = view.selected;
      root.hidden = row === null;
      if (!row) return;
      const tested = row.strongest !== null;
      title.replaceChildren(...phraseNodes([{ name: row.attribute }]));
      setText(rule, `${capital(describeRule(row.rule))}.`);
      findings.replaceChildren(
        ...(tested ? modalities.map((modality) => findingLine(row, modality, view)) : [notTested()]),
      );
      distances.element.hidden = !tested;
      comparisonPart.hidden = !tested;
      if (tested) distances.update(view, theme);
      comparison.replaceChildren(...comparisonTable(row, view));
      setText(sampling, samplingInWords(view));
      images.replaceChildren(...imageFacts(row.counts));
    },
  };
}

function findingLine(row: AttributeRow, modality: Modality, view: MacroscaleView): HTMLElement {
  const result = rowOf(row, modality);
  return element(
    'li',
    {},
    element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
    element(
      'span',
      {},
      ...phraseNodes(finding(row, modality, view.noun)),
      ...(result ? [' KS\u00A0', element('strong', { class: 'figure', text: formatKs(result.ks) })] : []),
    ),
  );
}

function notTested(): HTMLElement {
  return element('li', {
    class: 'muted',
    text: 'Not tested: fewer than two identities in one of its modalities.',
  });
}

function comparisonTable(row: AttributeRow, view: MacroscaleView): HTMLElement[] {
  const cells = (of: (result: MacroscaleRow) => string) =>
    modalities.map((modality) => {
      const result = rowOf(row, modality);
      return numberCell(result ? of(result) : '—');
    });
  const line = (term: string, of: (result: MacroscaleRow) => string) =>
    element('tr', {}, element('th', { text: term, attributes: { scope: 'row' } }), ...cells(of));
  return [
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td'),
        ...modalities.map((modality) =>
          element(
            'th',
            { attributes: { scope: 'col' } },
            element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
            modality,
          ),
        ),
      ),
    ),
    element(
      'tbody',
      {},
      line('KS distance', ({ ks }) => formatKs(ks)),
      line('at distance', ({ location }) => distanceText(location, view)),
      line('mean within', ({ meanWithin }) => distanceText(meanWithin, view)),
      line('mean across', ({ meanCross }) => distanceText(meanCross, view)),
      line(`${view.noun} a side`, ({ nIdentities }) => formatCount(nIdentities)),
      line('pairs within', ({ nWithin }) => formatCount(nWithin)),
      line('pairs across', ({ nCross }) => formatCount(nCross)),
      line('p, naive', ({ pNaive, log10PNaive }) => formatP(pNaive, log10PNaive)),
    ),
  ];
}

function imageFacts(counts: AttributeResult | null): HTMLElement[] {
  if (!counts)
    return [element('dd', { class: 'muted', text: 'The report holds no counts of this attribute.' })];
  const entries: readonly (readonly [string, string, string])[] = [
    ['positive', formatCount(counts.nPositive), 'images'],
    ['negative', formatCount(counts.nNegative), 'images'],
    ['unknown', formatCount(counts.nUnknown), 'images'],
    ['global average', formatFixed(counts.globalAverage, 3), 'from −1 to 1'],
    ['intra-entropy', formatFixed(counts.intraEntropy, 3), 'nats'],
    ['inter-entropy', formatFixed(counts.interEntropy, 3), 'nats'],
  ];
  return entries.flatMap(([term, value, unit]) => [
    element(
      'div',
      {},
      element('dt', { text: term }),
      element('dd', {}, element('span', { class: 'figure', text: value }), ` ${unit}`),
    ),
  ]);
}
