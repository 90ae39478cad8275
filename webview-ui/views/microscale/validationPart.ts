import { validationsAsCsv } from '../../csvMicroscale.ts';
import { MountedChart } from '../../charts/mount.ts';
import { validationScatter } from '../../charts/validationScatter.ts';
import { element, setText } from '../../dom.ts';
import {
  isFar,
  scatterInWords,
  validationCaveat,
  validationCells,
  validationColumns,
  validationInWords,
} from '../../energyValidationWording.ts';
import { validationsFigure } from '../../figures/microscaleFigures.ts';
import { t } from '../../l10n.ts';
import type { MicroscaleView } from '../../microscaleState.ts';
import type { Theme } from '../../theme.ts';
import { numberCell } from '../attributeTable.ts';
import { button } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import { createSaveMenu, saveableOf } from '../saveMenu.ts';
import type { Actions, View } from '../view.ts';

/** The metric on fields whose energy is known, for who doubts it. */
export function createValidationPart(actions: Actions): View<MicroscaleView> {
  let shown: MicroscaleView | null = null;
  let drawnIn: Theme | null = null;
  const canvas = element('canvas', { attributes: { role: 'img' } });
  const chart = new MountedChart(canvas);
  const words = element('p');
  const frame = element('div', { class: 'table-frame' });
  const copy = button(
    t('Copy as CSV'),
    () => actions.post({ type: 'copy', text: shown ? validationsAsCsv(shown) : '' }),
    true,
  );
  const save = createSaveMenu(actions, t('Measured and known energies'), ['svg', 'png', 'csv'], () => {
    const view = shown;
    return view && saveableOf(validationsFigure(view), () => validationsAsCsv(view));
  });
  const root = element(
    'section',
    { class: 'field-part validation' },
    element('div', { class: 'figure-head' }, element('h2', { text: t('Validation') }), save),
    words,
    element(
      'p',
      { class: 'muted' },
      `${validationCaveat()} `,
      definitionLink(actions, 'energy-validation', t('Energy validation')),
    ),
    element(
      'div',
      { class: 'validation-parts' },
      element('div', { class: 'chart-frame' }, canvas),
      element('div', {}, frame, copy),
    ),
  );
  return {
    element: root,
    update(view, theme) {
      root.hidden = view.validations.length === 0;
      const isNew = shown?.validations !== view.validations;
      if (isNew && !root.hidden) {
        setText(words, validationInWords(view.validations));
        frame.replaceChildren(validationTable(view));
      }
      if ((isNew || drawnIn !== theme) && !root.hidden) {
        chart.show(validationScatter(view.validations, theme), scatterInWords(view.validations));
        drawnIn = theme;
      }
      shown = view;
    },
  };
}

/** The first three columns are words. */
const nWords = 3;

function validationTable({ validations }: MicroscaleView): HTMLElement {
  return element(
    'table',
    { class: 'facts-table validation-table', attributes: { 'aria-label': t('Measured and known energies') } },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...validationColumns().map((text) => element('th', { text, attributes: { scope: 'col' } })),
      ),
    ),
    element(
      'tbody',
      {},
      ...validations.map((one) =>
        element(
          'tr',
          isFar(one) ? { class: 'far' } : {},
          ...validationCells(one).map((text, column) =>
            column < nWords ? element('td', { class: 'words', text }) : numberCell(text),
          ),
        ),
      ),
    ),
  );
}
