import type { Score } from '../../src/protocol/webviewMessages.ts';
import { scoresAsCsv } from '../csvData.ts';
import { discriminativeList } from '../discriminativeList.ts';
import type { DiscriminativeView } from '../discriminativeState.ts';
import { leakageInWords, scoreNames } from '../discriminativeWording.ts';
import { element, phraseNodes } from '../dom.ts';
import { scoresFigure } from '../figures/macroscaleFigures.ts';
import { t } from '../l10n.ts';
import { createAttributeChart } from './attributeChart.ts';
import { createAttributeList } from './attributeList.ts';
import { select } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { createDiscriminativeDetail } from './discriminativeDetail.ts';
import { onChange } from './onChange.ts';
import type { Actions, View } from './view.ts';

/** What can be read off an embedding, and how much of that is people recognised. */
export function createDiscriminativeSection(actions: Actions): View<DiscriminativeView> {
  let shown: DiscriminativeView | null = null;
  const words = element('p', { class: 'section-words' });
  const score = select(t('Score'), (value) => actions.change({ score: value as Score }));
  score.element.classList.add('score');
  const list = createAttributeList(actions, createAttributeChart, {
    id: 'discriminative',
    extra: score.element,
    sorted: (scoreSort) => ({ scoreSort }),
    csv: () => (shown ? scoresAsCsv(shown) : ''),
    title: t('Discriminative power by attribute'),
    figure: () => shown && scoresFigure(shown, shown.result.model),
    openDetail: () => detail.focus(),
    links: [
      definitionLink(actions, 'discriminative-power', t('Discriminative power')),
      definitionLink(actions, 'identity-leakage', t('Identity leakage')),
    ],
  });
  const detail = onChange(
    createDiscriminativeDetail(() => list.focus()),
    (view: DiscriminativeView) => [view.result, view.selected?.attribute, view.score],
  );
  list.element.prepend(words);
  return {
    element: element('div', { class: 'section discriminative' }, list.element, detail.element),
    update(view, theme) {
      shown = view;
      words.replaceChildren(...phraseNodes(leakageInWords(view)));
      score.set(
        Object.entries(scoreNames()).map(([value, label]) => ({ value, label })),
        view.score,
      );
      list.update(discriminativeList(view), theme);
      detail.update(view, theme);
    },
  };
}
