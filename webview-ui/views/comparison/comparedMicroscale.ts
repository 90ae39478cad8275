import { comparedMicroscaleAsCsv } from '../../comparisonCsv.ts';
import { comparedMicroscaleList } from '../../comparisonLists.ts';
import type { ComparedMicroscaleView } from '../../comparisonState.ts';
import { element, phraseNodes } from '../../dom.ts';
import { energyDifferencesFigure } from '../../figures/comparisonFigures.ts';
import { t } from '../../l10n.ts';
import { createAttributeChart } from '../attributeChart.ts';
import { createAttributeList } from '../attributeList.ts';
import { definitionLink } from '../definitionLink.ts';
import type { Actions, View } from '../view.ts';
import { energyNumbers } from './comparedNumbers.ts';

/** Differences of invariance energies, and the numbers of the chosen attribute. */
export function createComparedMicroscale(actions: Actions): View<ComparedMicroscaleView> {
  let shown: ComparedMicroscaleView | null = null;
  const list = createAttributeList(actions, createAttributeChart, {
    id: 'compared-microscale',
    extra: null,
    sorted: (energySort) => ({ energySort }),
    csv: () => (shown ? comparedMicroscaleAsCsv(shown) : ''),
    title: t('Differences of energy by attribute'),
    figure: () => shown && energyDifferencesFigure(shown),
    openDetail: () => title.focus(),
    links: [
      definitionLink(actions, 'invariance-energy', t('Invariance energy')),
      definitionLink(actions, 'difference-of-reports', t('Difference of reports')),
    ],
  });
  const title = element('h2', { attributes: { tabindex: -1 } });
  const numbers = element('div', { class: 'table-frame' });
  const detail = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': t('Chosen attribute') } },
    title,
    numbers,
  );
  detail.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') list.focus();
  });
  return {
    element: element('div', { class: 'section' }, list.element, detail),
    update(view, theme) {
      shown = view;
      list.update(comparedMicroscaleList(view), theme);
      const { selected } = view;
      title.replaceChildren(...phraseNodes(selected ? [{ name: selected.attribute }] : []));
      numbers.replaceChildren(...(selected ? [energyNumbers(selected)] : []));
    },
  };
}
