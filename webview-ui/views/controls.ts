import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { element } from '../dom.ts';

/** The editor's own controls, as far as the page needs them. */

export function button(text: string, onClick: () => void, secondary = false): HTMLElement {
  const node = element('vscode-button', { text });
  node.secondary = secondary;
  node.addEventListener('click', onClick);
  return node;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Select {
  readonly element: VscodeSingleSelect;
  set(choices: readonly Choice[], value: string): void;
}

export function select(label: string, onChange: (value: string) => void): Select {
  const node = element('vscode-single-select');
  node.label = label;
  let shown = '';
  node.addEventListener('change', () => onChange(node.value));
  return {
    element: node,
    set(choices, value) {
      const key = JSON.stringify(choices);
      if (key !== shown) {
        shown = key;
        node.replaceChildren(
          ...choices.map((choice) => {
            const option = element('vscode-option', { text: choice.label });
            option.value = choice.value;
            option.selected = choice.value === value;
            return option;
          }),
        );
      }
      if (node.value !== value) node.value = value;
    },
  };
}
