import { t } from '../../l10n.ts';
import type { MicroscaleRow } from '../../../src/protocol/microscaleSchema.ts';
import { element, phraseNodes, setText } from '../../dom.ts';
import { decimalsFor, formatCount, formatFixed, formatP } from '../../format.ts';
import { rangeText } from '../../inference.ts';
import type { MeasuredView } from '../../microscaleState.ts';
import {
  formatEnergy,
  formatEnergyInterval,
  formatRatio,
  formatStep,
  measuredInWords,
  selectedInWords,
  stepOfAttribute,
  testsInWords,
  withoutEnergy,
} from '../../microscaleWording.ts';
import { definitionLink } from '../definitionLink.ts';
import { factsTable } from '../factsTable.ts';
import { createLazyTable } from '../lazyTable.ts';
import { nameTable } from '../pairTable.ts';
import type { Actions, View } from '../view.ts';

export interface MicroscaleDetail extends View<MeasuredView> {
  focus(): void;
}

/** All that is known of the chosen attribute: its numbers, its identities, other models, and other attributes. */
export function createMicroscaleDetail(actions: Actions, toList: () => void): MicroscaleDetail {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const step = element('p', { class: 'rule muted' });
  const words = element('p');
  const numbers = element('div', { class: 'table-frame' });
  const models = element('div', { class: 'table-frame' });
  const testsTitle = element('h3', { text: t('Against the other attributes') });
  const tests = element('div', { class: 'table-frame' });
  const testsText = element('span');
  const testsWords = element(
    'p',
    { class: 'muted' },
    testsText,
    ' ',
    definitionLink(actions, 'adjusted-p', t('Adjusted p')),
  );
  const identities = createLazyTable(t('Its identities as a table'));
  const how = element('p', { class: 'muted' });
  const root = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': t('Chosen attribute') } },
    title,
    step,
    words,
    numbers,
    models,
    identities.element,
    testsTitle,
    tests,
    testsWords,
    how,
  );
  root.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') toList();
  });
  return {
    element: root,
    focus() {
      title.focus({ preventScroll: true });
      root.scrollIntoView({ block: 'nearest' });
    },
    update(view) {
      const { selected, result } = view;
      root.hidden = selected === null;
      if (!selected) return;
      title.replaceChildren(...phraseNodes([{ name: selected.attribute }]));
      setText(step, stepOfAttribute(selected.attribute, view.lattice));
      setText(words, selectedInWords(view));
      numbers.replaceChildren(numbersTable(selected.mean, view));
      models.replaceChildren(...(view.ofModels.length > 1 ? [modelsTable(view)] : []));
      const own = result.rows.filter(
        ({ attribute, identity }) => identity !== null && attribute === selected.attribute,
      );
      identities.element.hidden = own.length === 0;
      identities.show(own[0] ?? null, () => [identityTable(own, view)]);
      testsTitle.hidden = tests.hidden = testsWords.hidden = view.tests.length === 0;
      tests.replaceChildren(testsTable(view));
      setText(testsText, testsInWords(view));
      setText(how, measuredInWords(view));
    },
  };
}

function numbersTable(row: MicroscaleRow, view: MeasuredView): HTMLElement {
  const steps = row.stepLengthCi ? rangeText(row.stepLengthCi, decimalsFor(view.stepAxis.max)) : null;
  return factsTable(
    [t('Number'), t('mean (95 % interval)')],
    [
      [t('Energy'), energyCell(row)],
      ...(row.energyWithSelf === null
        ? []
        : [[t('with the point among its neighbours'), formatFixed(row.energyWithSelf, 3)]]),
      [t('Step length'), withInterval(formatStep(row.stepLength, view), steps)],
      [t('over that of one person'), formatRatio(row.stepOverWithin)],
      [t('over that of two people'), formatRatio(row.stepOverBetween)],
      [t('Identities'), formatCount(row.nIdentities)],
      [t('Curves'), formatCount(row.nCurves)],
      [t('left out, do not move'), formatCount(row.nStill)],
      [t('left out, no neighbour'), formatCount(row.nIsolated)],
    ],
    { rowHeaders: true, label: t('Numbers of the attribute') },
  );
}

function energyCell(row: MicroscaleRow): string {
  if (row.energy === null) return withoutEnergy(row);
  return withInterval(formatEnergy(row), row.ci === null ? null : formatEnergyInterval(row));
}

function withInterval(number: string, interval: string | null): string {
  return interval === null ? number : `${number} (${interval})`;
}

function modelsTable(view: MeasuredView): HTMLElement {
  return nameTable(
    t('The attribute by model'),
    [t('Model'), t('energy (95 % interval)'), t('over one person'), t('over two people')],
    view.ofModels.map(({ label, mean }) => [
      [label],
      [energyCell(mean), formatRatio(mean.stepOverWithin), formatRatio(mean.stepOverBetween)],
    ]),
  );
}

function identityTable(rows: readonly MicroscaleRow[], view: MeasuredView): HTMLElement {
  return nameTable(
    t('Identities of the attribute'),
    [t('Identity'), t('energy'), t('curves'), t('step length')],
    rows.map((row) => [
      [row.identity ?? ''],
      [
        row.energy === null ? withoutEnergy(row) : formatFixed(row.energy, 3),
        formatCount(row.nCurves),
        formatStep(row.stepLength, view),
      ],
    ]),
  );
}

function testsTable({ tests }: MeasuredView): HTMLElement {
  return nameTable(
    t('Tests against the other attributes'),
    [t('Attribute'), t('larger'), 'p', t('p adjusted'), t('p Holm')],
    tests.map(({ other, larger, p, pAdjusted, pHolm }) => [
      [other],
      [formatFixed(larger, 2), formatP(p, null), formatP(pAdjusted, null), formatP(pHolm, null)],
    ]),
  );
}
