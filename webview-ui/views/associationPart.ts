import type { AssociationMeasure, AssociationOrder } from '../../src/protocol/webviewMessages.ts';
import type { AssociationView } from '../associationState.ts';
import {
  cellInWords,
  leftOutOfMap,
  mapCaveat,
  mapInWords,
  measureNames,
  nothingChosenInWords,
  orderNames,
} from '../associationWording.ts';
import { associationsAsCsv } from '../csvData.ts';
import type { DataView } from '../dataState.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { associationFigure } from '../figures/dataFigures.ts';
import { associationPicture } from '../heatPicture.ts';
import { t } from '../l10n.ts';
import { button, select } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { strongestCell } from './heatKeys.ts';
import { createHeatMap, type HeatContent } from './heatMap.ts';
import { createLazyTable } from './lazyTable.ts';
import { mostPairs, pairTable } from './pairTable.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import type { Actions, View } from './view.ts';

/** Which attributes go together: the confounders of every KS distance. */
export function createAssociationPart(actions: Actions): View<DataView> {
  let shown: DataView | null = null;
  const map = createHeatMap({
    choose: (attribute, other) => actions.change({ attribute, other }),
    open: (attribute) => {
      if (shown?.hasMacroscale) actions.change({ attribute, section: 'macroscale' });
    },
  });
  const measure = select(t('Association'), (value) =>
    actions.change({ association: value as AssociationMeasure }),
  );
  const order = select(t('Order'), (value) =>
    actions.change({ associationOrder: value as AssociationOrder }),
  );
  measure.element.classList.add('association');
  order.element.classList.add('association');
  const copy = button(
    t('Copy as CSV'),
    () => {
      const pairs = shown?.associations?.pairs ?? [];
      actions.post({ type: 'copy', text: associationsAsCsv(pairs) });
    },
    true,
  );
  const save = createSaveMenu(actions, t('What goes together'), ['svg', 'png', 'csv'], () => {
    const view = shown?.associations;
    return view ? saveableOf(associationFigure(view), () => associationsAsCsv(view.pairs)) : null;
  });
  const words = element('p');
  const leftOut = element('p', { class: 'muted' });
  const table = createLazyTable(t('The pairs as a table'));
  const root = element(
    'figure',
    { class: 'data-part' },
    element('h2', { text: t('What goes together') }),
    element('div', { class: 'toolbar' }, measure.element, order.element, copy, save),
    map.element,
    element(
      'figcaption',
      {},
      words,
      leftOut,
      element('p', { class: 'muted' }, `${mapCaveat()} `, definitionLink(actions, 'phi', t('Phi'))),
    ),
    table.element,
  );
  return {
    element: root,
    update(view, theme) {
      shown = view;
      const { associations } = view;
      root.hidden = associations === null;
      if (!associations) return;
      measure.element.hidden = associations.measures.length < 2;
      measure.set(
        associations.measures.map((value) => ({ value, label: measureNames()[value] })),
        associations.map.measure,
      );
      order.set(
        Object.entries(orderNames()).map(([value, label]) => ({ value, label })),
        associations.map.order,
      );
      words.replaceChildren(...phraseNodes(mapInWords(associations)));
      setText(leftOut, leftOutOfMap(associations.map));
      leftOut.hidden = leftOut.textContent === '';
      map.update(heatContent(associations), theme);
      table.show(associations.pairs, () => [
        pairTable(associations.pairs),
        ...(associations.pairs.length > mostPairs
          ? [element('p', { class: 'muted', text: t('Weaker pairs are in the copied CSV.') })]
          : []),
      ]);
    },
  };
}

function heatContent(view: AssociationView): HeatContent {
  const { map, chosen } = view;
  return {
    key: map,
    ...associationPicture(view),
    cellInWords: (cell) => cellInWords(map, cell),
    nothingChosen: nothingChosenInWords(),
    chosen,
    first: () =>
      strongestCell(map.attributes.length, (row, column) =>
        Math.abs(map.cells[row]![column]?.[map.measure] ?? 0),
      ),
  };
}
