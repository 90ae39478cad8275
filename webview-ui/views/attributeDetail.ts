import { modalities, type Modality } from '../../src/domain/attributeColumn.ts';
import type { AttributeResult, MacroscaleRow } from '../../src/protocol/report.ts';
import { ruleSentence } from '../ruleWording.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFixed, formatKs } from '../format.ts';
import { isNoise } from '../inference.ts';
import { type AttributeRow, type MacroscaleView, rowOf } from '../macroscaleState.ts';
import { energyInWords, inferenceInWords, samplingInWords } from '../macroscaleWording.ts';
import { finding, naivePInWords } from '../wording.ts';
import { comparisonTable } from './comparisonTable.ts';
import { createConfounderList } from './confounderList.ts';
import { definitionLink } from './definitionLink.ts';
import { createDistanceChart } from './distanceChart.ts';
import { phrase, t } from '../l10n.ts';
import { createShowMe } from './showMe.ts';
import type { Actions, View } from './view.ts';

export interface Detail extends View<MacroscaleView> {
  focus(): void;
}

/** Everything the report knows of the chosen attribute. */
export function createAttributeDetail(actions: Actions, toList: () => void): Detail {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const rule = element('p', { class: 'rule muted' });
  const findings = element('ul', { class: 'findings' });
  const distances = createDistanceChart(actions);
  const comparison = element('table', { class: 'facts-table comparison' });
  const naive = element('p', { class: 'muted', text: naivePInWords() });
  const energyText = element('span');
  const energy = element(
    'p',
    {},
    energyText,
    ' ',
    definitionLink(actions, 'energy-distance', t('Energy distance')),
  );
  const sampling = element('p', { class: 'muted' });
  const inference = element('p', { class: 'muted' });
  const confounders = createConfounderList(actions, () => title.focus());
  const showMe = createShowMe(actions);
  const images = element('dl', { class: 'image-facts' });
  const comparisonPart = element(
    'div',
    {},
    element('h3', { text: t('Comparison') }),
    element('div', { class: 'table-frame' }, comparison),
    energy,
    naive,
    sampling,
    inference,
  );
  const root = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': t('Chosen attribute') } },
    title,
    rule,
    findings,
    distances.element,
    comparisonPart,
    showMe.element,
    confounders.element,
    element('h3', { text: t('In the data set') }),
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
      setText(rule, ruleSentence(row.rule));
      findings.replaceChildren(
        ...(tested ? modalities.map((modality) => findingLine(row, modality, view)) : [notTested()]),
      );
      distances.element.hidden = !tested;
      comparisonPart.hidden = !tested;
      if (tested) distances.update(view, theme);
      comparison.replaceChildren(...comparisonTable(row, view, actions));
      const energyWords = energyInWords(view);
      energy.hidden = energyWords === '';
      setText(energyText, energyWords);
      setText(sampling, samplingInWords(view));
      setText(inference, inferenceInWords(view));
      if (view.showMe) showMe.update(view.showMe);
      confounders.update(view, theme);
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
      ...(result ? ksOfFinding(result) : []),
    ),
  );
}

/** A distance that chance gives as well is no finding. */
function ksOfFinding(result: MacroscaleRow): (Node | string)[] {
  const ks = { number: formatKs(result.ks) };
  return [
    ' ',
    ...phraseNodes(
      isNoise(result)
        ? phrase('KS\u00A0{0}, which is no more than chance gives.', ks)
        : phrase('KS\u00A0{0}', ks),
    ),
  ];
}

function notTested(): HTMLElement {
  return element('li', {
    class: 'muted',
    text: t('Not tested: fewer than two identities in one of its modalities.'),
  });
}

function imageFacts(counts: AttributeResult | null): HTMLElement[] {
  if (!counts)
    return [element('dd', { class: 'muted', text: t('The report holds no counts of this attribute.') })];
  const entries: readonly (readonly [string, string, string])[] = [
    [t('positive'), formatCount(counts.nPositive), t('images')],
    [t('negative'), formatCount(counts.nNegative), t('images')],
    [t('unknown'), formatCount(counts.nUnknown), t('images')],
    [t('global average'), formatFixed(counts.globalAverage, 3), t('from −1 to 1')],
    [t('intra-entropy'), formatFixed(counts.intraEntropy, 3), t('nats')],
    [t('inter-entropy'), formatFixed(counts.interEntropy, 3), t('nats')],
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
