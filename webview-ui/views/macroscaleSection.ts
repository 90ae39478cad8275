import { tableAsCsv } from '../csv.ts';
import { element } from '../dom.ts';
import { ksFigure } from '../figures/macroscaleFigures.ts';
import { t } from '../l10n.ts';
import { macroscaleList } from '../macroscaleList.ts';
import type { MacroscaleView } from '../macroscaleState.ts';
import { createAttributeDetail } from './attributeDetail.ts';
import { createAttributeChart } from './attributeChart.ts';
import { createAttributeList } from './attributeList.ts';
import { checkbox } from './checkbox.ts';
import { definitionLink } from './definitionLink.ts';
import { onChange, picturesOf } from './onChange.ts';
import type { Actions, View } from './view.ts';

/** Macroscale: all attributes on the left, the chosen one on the right, or below where the page is narrow. */
export function createMacroscaleSection(actions: Actions): View<MacroscaleView> {
  let shown: MacroscaleView | null = null;
  const signed = checkbox(
    t('Signed'),
    t('A modality that spreads instead of clustering points left of zero'),
    (checked) => actions.change({ signed: checked }),
  );
  const list = createAttributeList(actions, createAttributeChart, {
    id: 'macroscale',
    extra: signed.element,
    sorted: (sort) => ({ sort }),
    csv: () => (shown ? tableAsCsv(shown) : ''),
    title: t('KS distance by attribute'),
    figure: () => shown && ksFigure(shown, shown.result.model),
    openDetail: () => detail.focus(),
    links: [
      definitionLink(actions, 'ks-distance', t('KS distance')),
      definitionLink(actions, 'null-band', t('Null band')),
      definitionLink(actions, 'adjusted-p', t('Adjusted p')),
      definitionLink(actions, 'bootstrap-interval', t('Interval')),
    ],
  });
  const detail = onChange(
    createAttributeDetail(actions, () => list.focus()),
    (view: MacroscaleView) => [view.result, view.selected?.attribute, view.signed, ...picturesOf(actions)],
  );
  const root = element('div', { class: 'section' }, list.element, detail.element);

  return {
    element: root,
    update(view, theme) {
      shown = view;
      signed.set(view.signed);
      list.update(macroscaleList(view), theme);
      detail.update(view, theme);
    },
  };
}
