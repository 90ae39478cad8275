import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { VscodeCheckbox } from '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import { element } from '../dom.ts';

export interface Checkbox {
  readonly element: VscodeCheckbox;
  set(checked: boolean): void;
}

export function checkbox(text: string, title: string, onChange: (checked: boolean) => void): Checkbox {
  const node = element('vscode-checkbox', { text, attributes: { title } });
  node.addEventListener('change', () => onChange(node.checked));
  return {
    element: node,
    set(checked) {
      if (node.checked !== checked) node.checked = checked;
    },
  };
}
