import { describeRule } from '../../src/domain/attributeColumn.ts';
import { formatPhi } from '../associationWording.ts';
import type { DataView, Related, SelectedAttribute } from '../dataState.ts';
import { formatEntropy, formatShareOf } from '../dataWording.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFixed } from '../format.ts';
import { capital } from '../wording.ts';
import { button } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { factsTable } from './factsTable.ts';
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
    element('h3', { text: 'Goes together with' }),
    related,
    relatedNote,
  );
  let shown: DataView | null = null;
  const show = button(
    'Show in Macroscale',
    () => {
      const attribute = shown?.selected?.counts.attribute;
      if (attribute !== undefined) actions.change({ attribute, section: 'macroscale' });
    },
    true,
  );
  const root = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': 'Chosen attribute' } },
    title,
    rule,
    show,
    facts,
    element(
      'p',
      { class: 'caption muted' },
      definitionLink(actions, 'global-average', 'Global average'),
      definitionLink(actions, 'intra-entropy', 'Intra-entropy'),
      definitionLink(actions, 'inter-entropy', 'Inter-entropy'),
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
      setText(rule, `${capital(describeRule(selected.rule))}.`);
      facts.replaceChildren(countsTable(selected));
      relatedPart.hidden = report.results.associations.length === 0;
      related.replaceChildren(...selected.related.map(relatedElement));
      setText(
        relatedNote,
        selected.nOthers > 0
          ? `φ of images. ${formatCount(selected.nOthers)} others go with it less; the map below and its table have them.`
          : 'φ of images.',
      );
    },
  };
}

function countsTable({ counts }: SelectedAttribute): HTMLElement {
  const { nPositive, nNegative, nUnknown } = counts;
  return factsTable(
    ['In the data set', ''],
    [
      ['Images with it', formatCount(nPositive)],
      ['Images without', formatCount(nNegative)],
      ['Images of which it is not known', formatCount(nUnknown)],
      ['Share of those known', formatShareOf(counts)],
      ['Global average', formatFixed(counts.globalAverage, 3)],
      ['Intra-entropy, nats', formatEntropy(counts.intraEntropy)],
      ['Inter-entropy, nats', formatEntropy(counts.interEntropy)],
    ],
    { rowHeaders: true, label: 'The attribute in the data set' },
  );
}

function relatedElement({ attribute, association }: Related): HTMLElement {
  const { phi, phiOfPeople, nImages } = association;
  const people = phiOfPeople === null ? '' : `, of people ${formatPhi(phiOfPeople)}`;
  const text =
    phi === null
      ? `one of the two never varies on the ${formatCount(nImages)} images of which both are known`
      : `φ ${formatPhi(phi)}${people}, n = ${formatCount(nImages)} images`;
  return element(
    'li',
    { class: 'confounder' },
    element(
      'button',
      {
        class: 'jump',
        attributes: { type: 'button', title: 'Show this attribute', 'data-attribute': attribute },
      },
      ...phraseNodes([{ name: attribute }]),
    ),
    element('span', { class: 'muted', text }),
  );
}
