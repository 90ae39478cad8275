import { formatPhi } from '../associationWording.ts';
import type { DataView, Related, SelectedAttribute } from '../dataState.ts';
import { formatEntropy, formatShareOf } from '../dataWording.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFixed } from '../format.ts';
import { ruleSentence } from '../ruleWording.ts';
import { button } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { factsTable } from './factsTable.ts';
import { t } from '../l10n.ts';
import type { Actions, View } from './view.ts';

export interface DataDetail extends View<DataView> {
  focus(): void;
}

/** What the annotations say of the chosen attribute, and what it goes with. */
export function createDataDetail(actions: Actions, toList: () => void): DataDetail {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const rule = element('p', { class: 'rule muted' });
  const facts = element('div', { class: 'table-frame' });
  const related = element('ul', { class: 'confounders related' });
  const relatedNote = element('p', { class: 'muted' });
  const relatedPart = element(
    'section',
    {},
    element('h3', { text: t('Goes together with') }),
    related,
    relatedNote,
  );
  let shown: DataView | null = null;
  const show = button(
    t('Show in Macroscale'),
    () => {
      const attribute = shown?.selected?.counts.attribute;
      if (attribute !== undefined) actions.change({ attribute, section: 'macroscale' });
    },
    true,
  );
  const root = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': t('Chosen attribute') } },
    title,
    rule,
    show,
    facts,
    element(
      'p',
      { class: 'caption muted' },
      definitionLink(actions, 'global-average', t('Global average')),
      definitionLink(actions, 'intra-entropy', t('Intra-entropy')),
      definitionLink(actions, 'inter-entropy', t('Inter-entropy')),
    ),
    relatedPart,
  );
  root.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') toList();
  });
  related.addEventListener('click', ({ target }) => {
    const jump = target instanceof Element ? target.closest('button') : null;
    const attribute = jump?.dataset['attribute'];
    if (attribute === undefined) return;
    actions.change({ attribute });
    title.focus();
  });
  return {
    element: root,
    focus() {
      title.focus({ preventScroll: true });
      root.scrollIntoView({ block: 'nearest' });
    },
    update(view) {
      const before = shown?.selected?.counts;
      shown = view;
      const { selected, report, hasMacroscale } = view;
      root.hidden = selected === null;
      show.hidden = !hasMacroscale;
      if (!selected || before === selected.counts) return;
      title.replaceChildren(...phraseNodes([{ name: selected.counts.attribute }]));
      setText(rule, ruleSentence(selected.rule));
      facts.replaceChildren(countsTable(selected));
      relatedPart.hidden = report.results.associations.length === 0;
      related.replaceChildren(...selected.related.map(relatedElement));
      setText(
        relatedNote,
        selected.nOthers > 0
          ? t(
              'φ of images. {0} others go with it less; the map below and its table have them.',
              formatCount(selected.nOthers),
            )
          : t('φ of images.'),
      );
    },
  };
}

function countsTable({ counts }: SelectedAttribute): HTMLElement {
  const { nPositive, nNegative, nUnknown } = counts;
  return factsTable(
    [t('In the data set'), ''],
    [
      [t('Images with it'), formatCount(nPositive)],
      [t('Images without'), formatCount(nNegative)],
      [t('Images of which it is not known'), formatCount(nUnknown)],
      [t('Share of those known'), formatShareOf(counts)],
      [t('Global average'), formatFixed(counts.globalAverage, 3)],
      [t('Intra-entropy, nats'), formatEntropy(counts.intraEntropy)],
      [t('Inter-entropy, nats'), formatEntropy(counts.interEntropy)],
    ],
    { rowHeaders: true, label: t('The attribute in the data set') },
  );
}

function relatedElement({ attribute, association }: Related): HTMLElement {
  return element(
    'li',
    { class: 'confounder' },
    element(
      'button',
      {
        class: 'jump',
        attributes: { type: 'button', title: t('Show this attribute'), 'data-attribute': attribute },
      },
      ...phraseNodes([{ name: attribute }]),
    ),
    element('span', { class: 'muted', text: associationInWords(association) }),
  );
}

function associationInWords({ phi, phiOfPeople, nImages }: Related['association']): string {
  const n = formatCount(nImages);
  if (phi === null) {
    return t('one of the two never varies on the {0} images of which both are known', n);
  }
  return phiOfPeople === null
    ? t('φ {0}, n = {1} images', formatPhi(phi), n)
    : t('φ {0}, of people {1}, n = {2} images', formatPhi(phi), formatPhi(phiOfPeople), n);
}
