import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import './controls.ts';
import { t } from '../l10n.ts';
import { element } from '../dom.ts';

export interface FilterField {
  readonly element: VscodeTextfield;
  show(filter: string): void;
}

/** Finds attributes by a part of their name; Escape empties it, the down key leads to what was found. */
export function createFilterField(actions: {
  readonly filter: (text: string) => void;
  readonly down: () => void;
}): FilterField {
  const field = element('vscode-textfield', { class: 'filter' });
  field.placeholder = t('Find an attribute');
  field.label = t('Find an attribute');
  field.type = 'search';
  field.addEventListener('input', () => actions.filter(field.value));
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && field.value !== '') actions.filter('');
    else if (event.key === 'ArrowDown') actions.down();
    else return;
    event.preventDefault();
  });
  return {
    element: field,
    show(filter) {
      if (field.value !== filter) field.value = filter;
    },
  };
}
