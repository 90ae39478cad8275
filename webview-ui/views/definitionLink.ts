import { t } from '../l10n.ts';
import type { DefinitionAnchor } from '../../src/protocol/definitions.ts';
import { element } from '../dom.ts';
import { inEditor } from '../editor.ts';
import type { Actions } from './view.ts';

/** Opens what a number means, beside the report; a plain term where no editor does. */
export function definitionLink(
  { post }: Pick<Actions, 'post'>,
  anchor: DefinitionAnchor,
  text: string,
): HTMLButtonElement {
  const link = element('button', {
    class: 'definition',
    text,
    attributes: {
      type: 'button',
      ...(inEditor() ? { title: t('What it means: open the definition') } : {}),
    },
  });
  link.disabled = !inEditor();
  link.addEventListener('click', () => post({ type: 'openDefinition', anchor }));
  return link;
}
