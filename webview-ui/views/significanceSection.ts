import { significanceAsCsv } from '../csvSignificance.ts';
import { element, setText } from '../dom.ts';
import { significanceOf } from '../figures/macroscaleFigures.ts';
import { formatCount } from '../format.ts';
import { t } from '../l10n.ts';
import type { SignificanceView } from '../significanceState.ts';
import {
  kindNames,
  noPermutationsInWords,
  significanceCaveat,
  significanceInWords,
  stepTexts,
} from '../significanceWording.ts';
import type { PKind } from '../../src/protocol/webviewMessages.ts';
import { button, select } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { createFilterField } from './filterField.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import { createSignificanceTable } from './significanceTable.ts';
import type { Actions, View } from './view.ts';

/** Which attributes matter to which model beyond chance: every test of the report in one table. */
export function createSignificanceSection(actions: Actions): View<SignificanceView> {
  let shown: SignificanceView | null = null;
  const open = (attribute: string) => actions.change({ attribute, section: 'macroscale' });
  const table = createSignificanceTable({
    choose: (attribute) => actions.change({ attribute }),
    open,
    sort: (pSort) => actions.change({ pSort }),
  });
  const filter = createFilterField({
    filter: (text) => actions.change({ filter: text }),
    down: () => table.focus(),
  });
  const kind = select('p', (value) => actions.change({ pKind: value as PKind }));
  kind.element.classList.add('p-kind');
  const count = element('span', { class: 'count muted', attributes: { role: 'status' } });
  const show = button(
    t('Show in Macroscale'),
    () => {
      if (shown?.selected) open(shown.selected);
    },
    true,
  );
  const copy = button(
    t('Copy as CSV'),
    () => {
      if (shown) actions.post({ type: 'copy', text: significanceAsCsv(shown) });
    },
    true,
  );
  const save = createSaveMenu(actions, t('p by attribute and model'), ['svg', 'png', 'csv'], () => {
    const view = shown;
    return view && saveableOf(significanceOf(view), () => significanceAsCsv(view));
  });
  const words = element('p', { class: 'words' });
  const naiveOnly = element('p', { class: 'muted', text: noPermutationsInWords() });
  const nothing = element('p', { class: 'nothing-found muted', attributes: { role: 'status' } });
  const steps = element(
    'div',
    { class: 'legend steps' },
    ...stepTexts().map((text, step) =>
      element('span', {}, element('span', { class: `swatch step-${step}` }), text),
    ),
  );
  const caption = element(
    'p',
    { class: 'caption muted' },
    `${significanceCaveat()} ${t('Enter shows the chosen attribute in Macroscale.')} `,
    definitionLink(actions, 'permutation-p', t('Permutation p')),
    definitionLink(actions, 'adjusted-p', t('Adjusted p')),
    definitionLink(actions, 'naive-p', t('Naive p')),
  );
  const root = element(
    'div',
    { class: 'significance' },
    words,
    naiveOnly,
    element('div', { class: 'toolbar' }, filter.element, kind.element, count, show, copy, save),
    steps,
    element('div', { class: 'table-scroller' }, table.element, nothing),
    caption,
  );
  return {
    element: root,
    update(view, theme) {
      shown = view;
      setText(words, significanceInWords(view));
      naiveOnly.hidden = view.kinds.length > 1;
      kind.element.hidden = view.kinds.length < 2;
      kind.set(
        view.kinds.map((value) => ({ value, label: kindNames()[value] })),
        view.kind,
      );
      filter.show(view.filter);
      const all = formatCount(view.nAttributes);
      setText(
        count,
        view.rows.length === view.nAttributes
          ? t('{0} attributes', all)
          : t('{0} of {1} attributes', formatCount(view.rows.length), all),
      );
      show.toggleAttribute('disabled', view.selected === null);
      nothing.hidden = view.rows.length > 0;
      setText(
        nothing,
        view.rows.length > 0 ? '' : t('None of {0} attributes matches «{1}».', all, view.filter.trim()),
      );
      table.update(view, theme);
    },
  };
}
