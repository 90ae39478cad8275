import { energyDifferencesAsCsv } from '../../csvMicroscale.ts';
import { element, phraseNodes } from '../../dom.ts';
import { fileStem } from '../../figures/figure.ts';
import { formatCount } from '../../format.ts';
import { t } from '../../l10n.ts';
import { type ComparisonView, excludesZero } from '../../microscaleComparisonState.ts';
import { comparisonCaveat, comparisonInWords, differenceCells } from '../../microscaleComparisonWording.ts';
import type { MeasuredView } from '../../microscaleState.ts';
import { numberCell } from '../attributeTable.ts';
import { select } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import { createSaveMenu } from '../saveMenu.ts';
import type { Actions, View } from '../view.ts';

/** Energies of the shown model less those of another one. */
export function createComparisonPart(actions: Actions): View<MeasuredView> {
  const other = select(t('Compared with'), (comparedModel) => actions.change({ comparedModel }));
  const words = element('p');
  const frame = element('div', { class: 'table-frame' });
  let shown: MeasuredView | null = null;
  const save = createSaveMenu(actions, t('Against another model'), ['csv'], () => {
    const view = shown;
    const comparison = view?.comparison;
    if (!view || !comparison) return null;
    return {
      name: fileStem('energy-differences', comparison.model, comparison.other),
      figure: null,
      csv: () => energyDifferencesAsCsv(view, comparison),
    };
  });
  const toolbar = element('div', { class: 'toolbar' }, other.element);
  const root = element(
    'section',
    { class: 'field-part energy-differences' },
    element('div', { class: 'figure-head' }, element('h2', { text: t('Against another model') }), save),
    toolbar,
    words,
    element(
      'p',
      { class: 'muted' },
      `${comparisonCaveat()} `,
      definitionLink(actions, 'bootstrap-interval', t('Bootstrap interval')),
    ),
    frame,
  );
  return {
    element: root,
    update(view) {
      const { comparison, selected } = view;
      root.hidden = comparison === null;
      shown = view;
      if (!comparison) return;
      toolbar.hidden = comparison.others.length < 2;
      other.set(
        comparison.others.map((name) => ({ value: name, label: name })),
        comparison.other,
      );
      words.replaceChildren(...phraseNodes(comparisonInWords(comparison)));
      frame.replaceChildren(differenceTable(comparison, selected?.attribute ?? null));
    },
  };
}

function differenceTable({ rows }: ComparisonView, selected: string | null): HTMLElement {
  const heads = [t('Attribute'), t('difference'), t('95 % interval'), t('zero'), t('identities')];
  return element(
    'table',
    { class: 'facts-table named', attributes: { 'aria-label': t('Differences of energies') } },
    element(
      'thead',
      {},
      element('tr', {}, ...heads.map((text) => element('th', { text, attributes: { scope: 'col' } }))),
    ),
    element(
      'tbody',
      {},
      ...rows.map((row) => {
        const [difference, interval, zero] = differenceCells(row);
        return element(
          'tr',
          {
            class: [excludesZero(row) ? 'sure' : '', row.attribute === selected ? 'chosen' : '']
              .join(' ')
              .trim(),
          },
          element('th', { attributes: { scope: 'row' } }, ...phraseNodes([{ name: row.attribute }])),
          numberCell(difference),
          element('td', { class: 'range muted', text: interval }),
          element('td', { class: 'verdict', text: zero }),
          numberCell(formatCount(row.nIdentities)),
        );
      }),
    ),
  );
}
