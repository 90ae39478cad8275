import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { energiesAsCsv } from '../../csvMicroscale.ts';
import { element, phraseNodes, setText } from '../../dom.ts';
import { energyList } from '../../energyList.ts';
import { energiesFigure } from '../../figures/microscaleFigures.ts';
import { t } from '../../l10n.ts';
import type { MeasuredView, MicroscaleView } from '../../microscaleState.ts';
import { energiesInWords, latticeInWords, ruleInWords } from '../../microscaleWording.ts';
import { capital } from '../../wording.ts';
import { createAlignmentPart } from '../alignmentPart.ts';
import { createAttributeList } from '../attributeList.ts';
import { checkbox } from '../checkbox.ts';
import { select } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import { createFieldPart } from '../fieldPart.ts';
import { createRetentionPart } from '../retentionPart.ts';
import { onChange } from '../onChange.ts';
import type { Actions, View } from '../view.ts';
import { createComparisonPart } from './comparisonPart.ts';
import { createEnergyChart } from './energyChart.ts';
import { createMicroscaleDetail } from './microscaleDetail.ts';
import { createValidationPart } from './validationPart.ts';

/** How embeddings move with an attribute, and the metric that says so on fields whose energy is known. */
export function createMicroscaleSection(actions: Actions): View<MicroscaleView> {
  const measured = createMeasuredPart(actions);
  const validation = createValidationPart(actions);
  return {
    element: element('div', { class: 'microscale' }, measured.element, validation.element),
    update(view, theme) {
      measured.element.hidden = view.measured === null;
      if (view.measured) measured.update(view.measured, theme);
      validation.update(view, theme);
    },
  };
}

function createMeasuredPart(actions: Actions): View<MeasuredView> {
  let shown: MeasuredView | null = null;
  const lattice = element('p', { class: 'muted' });
  const words = element('p', { class: 'section-words' });
  const rule = select(t('Neighbours'), (neighbours) => actions.change({ neighbours }));
  rule.element.classList.add('neighbours');
  const byModel = checkbox(t('By model'), t('Show all models side by side'), (checked) =>
    actions.change({ byModel: checked }),
  );
  const list = createAttributeList(ofLattice(actions), createEnergyChart, {
    id: 'microscale',
    extra: element('div', { class: 'microscale-controls' }, rule.element, byModel.element),
    sorted: (energySort) => ({ energySort }),
    csv: () => (shown ? energiesAsCsv(shown) : ''),
    title: t('Invariance energy by attribute'),
    figure: () => shown && energiesFigure(shown),
    openDetail: () => detail.focus(),
    links: [
      definitionLink(actions, 'invariance-energy', t('Invariance energy')),
      definitionLink(actions, 'neighbour-rules', t('Neighbour rules')),
      definitionLink(actions, 'step-length', t('Step length')),
    ],
  });
  list.element.prepend(lattice, words);
  const detail = onChange(
    createMicroscaleDetail(actions, () => list.focus()),
    chosenOf,
  );
  const parts = [
    onChange(createComparisonPart(actions), chosenOf),
    createAlignmentPart(actions),
    createRetentionPart(actions),
    createFieldPart(actions),
  ];
  return {
    element: element(
      'div',
      {},
      element('div', { class: 'section' }, list.element, detail.element),
      ...parts.map((part) => part.element),
    ),
    update(view, theme) {
      shown = view;
      setText(lattice, latticeInWords(view.lattice));
      lattice.hidden = lattice.textContent === '';
      words.replaceChildren(...phraseNodes(energiesInWords(view)));
      rule.set(
        view.rules.map((value) => ({ value, label: capital(ruleInWords(value)) })),
        view.result.neighbours,
      );
      byModel.element.hidden = view.nModels < 2;
      byModel.set(view.byModel);
      list.update(energyList(view), theme);
      detail.update(view, theme);
      for (const part of parts) part.update(view, theme);
    },
  };
}

/** All that the parts beside the list are drawn from; the report is its result's. */
function chosenOf({ result, selected, comparison }: MeasuredView): readonly unknown[] {
  return [result, selected?.attribute, comparison?.other];
}

/** Attributes of a lattice are others than those of the data set, so that the page keeps them apart. */
function ofLattice(actions: Actions): Actions {
  return { ...actions, change: (patch) => actions.change(latticeState(patch)) };
}

function latticeState({ attribute, filter, ...others }: PageState): PageState {
  return {
    ...others,
    ...(attribute === undefined ? {} : { latticeAttribute: attribute }),
    ...(filter === undefined ? {} : { latticeFilter: filter }),
  };
}
