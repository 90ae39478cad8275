import { validationsAsCsv } from '../../csvMicroscale.ts';
import { element, setText } from '../../dom.ts';
import {
  isFar,
  validationCaveat,
  validationCells,
  validationColumns,
  validationInWords,
} from '../../energyValidationWording.ts';
import type { MicroscaleView } from '../../microscaleState.ts';
import { numberCell } from '../attributeTable.ts';
import { button } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import type { Actions, View } from '../view.ts';

/** The metric on fields whose energy is known, for who doubts it. */
export function createValidationPart(actions: Actions): View<MicroscaleView> {
  let shown: MicroscaleView | null = null;
  const words = element('p');
  const frame = element('div', { class: 'table-frame' });
  const root = element(
    'section',
    { class: 'field-part validation' },
    element('h2', { text: 'Validation' }),
    words,
    element(
      'p',
      { class: 'muted' },
      `${validationCaveat} `,
      definitionLink(actions, 'energy-validation', 'Energy validation'),
    ),
    frame,
    button(
      'Copy as CSV',
      () => actions.post({ type: 'copy', text: shown ? validationsAsCsv(shown) : '' }),
      true,
    ),
  );
  return {
    element: root,
    update(view) {
      root.hidden = view.validations.length === 0;
      if (shown?.validations !== view.validations && !root.hidden) {
        setText(words, validationInWords(view.validations));
        frame.replaceChildren(validationTable(view));
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
    { class: 'facts-table validation-table', attributes: { 'aria-label': 'Measured and known energies' } },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...validationColumns.map((text) => element('th', { text, attributes: { scope: 'col' } })),
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
