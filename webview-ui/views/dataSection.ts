import { columnsCaveat, columnsInWords } from '../associationWording.ts';
import { associationsAsCsv, countsAsCsv } from '../csvData.ts';
import { dataList } from '../dataList.ts';
import type { DataView } from '../dataState.ts';
import { element } from '../dom.ts';
import { countsFigure } from '../figures/dataFigures.ts';
import { t } from '../l10n.ts';
import { createAssociationPart } from './associationPart.ts';
import { createAttributeBars } from './attributeBars.ts';
import { createAttributeList } from './attributeList.ts';
import { button } from './controls.ts';
import { createCorrelationPart } from './correlationPart.ts';
import { createDataDetail } from './dataDetail.ts';
import { definitionLink } from './definitionLink.ts';
import { onChange } from './onChange.ts';
import { columnTable } from './pairTable.ts';
import { createPeoplePart } from './peoplePart.ts';
import type { Actions, View } from './view.ts';

/** What there is to learn from: people, attributes, how these come together, and how KS goes with them. */
export function createDataSection(actions: Actions): View<DataView> {
  let shown: DataView | null = null;
  const people = createPeoplePart(actions);
  const list = createAttributeList(actions, createAttributeBars, {
    id: 'data',
    extra: null,
    sorted: (dataSort) => ({ dataSort }),
    csv: () => (shown ? countsAsCsv(shown) : ''),
    title: t('Counts and entropies by attribute'),
    figure: () => shown && countsFigure(shown),
    openDetail: () => detail.focus(),
    links: [
      definitionLink(actions, 'intra-entropy', t('Intra-entropy')),
      definitionLink(actions, 'inter-entropy', t('Inter-entropy')),
      definitionLink(actions, 'global-average', t('Global average')),
    ],
  });
  const detail = createDataDetail(actions, () => list.focus());
  const attributes = element(
    'section',
    { attributes: { 'aria-label': t('Attributes') } },
    element('h2', { class: 'part-title', text: t('Attributes') }),
    element('div', { class: 'section' }, list.element, detail.element),
  );
  const correlations = onChange(createCorrelationPart(actions), ({ correlations: part }: DataView) => [
    part?.result,
    part?.aggregate,
    part?.entropy,
    part?.selected,
  ]);
  const associations = onChange(
    createAssociationPart(actions),
    ({ associations: part, ...view }: DataView) => [
      part?.map,
      part?.chosen?.row,
      part?.chosen?.column,
      view.hasMacroscale,
    ],
  );
  const columns = createColumnsPart(actions);
  return {
    element: element(
      'div',
      { class: 'data' },
      people.element,
      attributes,
      correlations.element,
      associations.element,
      columns.element,
    ),
    update(view, theme) {
      shown = view;
      people.update(view, theme);
      attributes.hidden = view.nAttributes === 0;
      if (view.nAttributes > 0) {
        list.update(dataList(view), theme);
        detail.update(view, theme);
      }
      correlations.update(view, theme);
      associations.update(view, theme);
      columns.update(view, theme);
    },
  };
}

function createColumnsPart(actions: Actions): View<DataView> {
  let shown: DataView | null = null;
  const frame = element('div', { class: 'table-frame' });
  const copy = button(
    t('Copy as CSV'),
    () => actions.post({ type: 'copy', text: associationsAsCsv(shown?.columns ?? []) }),
    true,
  );
  const root = element(
    'section',
    { class: 'data-part' },
    element('h2', { text: t('Columns of several values') }),
    element('p', { text: columnsInWords() }),
    element(
      'p',
      { class: 'muted' },
      `${columnsCaveat()} `,
      definitionLink(actions, 'association-of-columns', t('Cramér’s V')),
    ),
    frame,
    copy,
  );
  return {
    element: root,
    update(view) {
      root.hidden = view.columns.length === 0;
      if (shown?.report !== view.report) frame.replaceChildren(columnTable(view.columns));
      shown = view;
    },
  };
}
