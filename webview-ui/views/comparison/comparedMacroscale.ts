import type { ComparedMeasure } from '../../../src/protocol/webviewMessages.ts';
import { comparedMacroscaleAsCsv } from '../../comparisonCsv.ts';
import { comparedMacroscaleList } from '../../comparisonLists.ts';
import { comparisonPlot } from '../../comparisonPlot.ts';
import type { ComparedMacroscaleView } from '../../comparisonState.ts';
import { scatterInWords } from '../../comparisonWording.ts';
import { element, phraseNodes } from '../../dom.ts';
import { beforeAfterFigure, differencesFigure } from '../../figures/comparisonFigures.ts';
import { t } from '../../l10n.ts';
import { createAttributeChart } from '../attributeChart.ts';
import { createAttributeList } from '../attributeList.ts';
import { select } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import { createSaveMenu, saveableOf } from '../saveMenu.ts';
import { createScatterPlot } from '../scatterPlot.ts';
import type { Actions, View } from '../view.ts';
import { modalityNumbers } from './comparedNumbers.ts';

/** Differences of KS on the left; the chosen attribute and before against after on the right, or below. */
export function createComparedMacroscale(actions: Actions): View<ComparedMacroscaleView> {
  let shown: ComparedMacroscaleView | null = null;
  const list = createAttributeList(actions, createAttributeChart, {
    id: 'compared-macroscale',
    extra: null,
    sorted: (sort) => ({ sort }),
    csv: () => (shown ? comparedMacroscaleAsCsv(shown) : ''),
    title: t('Differences of signed KS by attribute'),
    figure: () => shown && differencesFigure(shown),
    openDetail: () => title.focus(),
    links: [
      definitionLink(actions, 'ks-distance', t('KS distance')),
      definitionLink(actions, 'difference-of-reports', t('Difference of reports')),
    ],
  });
  const title = element('h2', { attributes: { tabindex: -1 } });
  const numbers = element('div', { class: 'table-frame' });
  const measure = select(t('Compared'), (value) => actions.change({ measure: value as ComparedMeasure }));
  measure.element.classList.add('measure');
  const plot = createScatterPlot('compared-point', {
    choose: (attribute) => actions.change({ attribute }),
    open: () => title.focus(),
  });
  const save = createSaveMenu(actions, t('Before and after'), ['svg', 'png', 'csv'], () => {
    const view = shown;
    return view && saveableOf(beforeAfterFigure(view), () => comparedMacroscaleAsCsv(view));
  });
  const words = element('p');
  const detail = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': t('Chosen attribute') } },
    title,
    numbers,
    element('h3', { text: t('Before and after') }),
    element('div', { class: 'toolbar' }, measure.element, save),
    element('figure', {}, plot.element, element('figcaption', {}, words)),
  );
  detail.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') list.focus();
  });
  return {
    element: element('div', { class: 'section' }, list.element, detail),
    update(view, theme) {
      const previous = shown;
      shown = view;
      list.update(comparedMacroscaleList(view), theme);
      measure.set(measures(), view.measure);
      plot.update(comparisonPlot(view), theme);
      if (previous?.points !== view.points) words.replaceChildren(...phraseNodes(scatterInWords(view)));
      const { selected } = view;
      title.replaceChildren(...phraseNodes(selected ? [{ name: selected.attribute }] : []));
      numbers.replaceChildren(...(selected ? [modalityNumbers(selected)] : []));
    },
  };
}

function measures() {
  return [
    { value: 'max', label: t('KS, larger modality') },
    { value: 'positive', label: t('KS +, signed') },
    { value: 'negative', label: t('KS −, signed') },
  ] satisfies { value: ComparedMeasure; label: string }[];
}
