import type { DefinitionAnchor } from '../../src/protocol/definitions.ts';
import { element } from '../dom.ts';
import type { Actions } from './view.ts';

/** Opens what a number means, beside the report. */
export function definitionLink(
  { post }: Pick<Actions, 'post'>,
  anchor: DefinitionAnchor,
  text: string,
): HTMLButtonElement {
  const link = element('button', {
    class: 'definition',
    text,
    attributes: { type: 'button', title: `What it means: open the definition` },
  });
  link.addEventListener('click', () => post({ type: 'openDefinition', anchor }));
  return link;
}
