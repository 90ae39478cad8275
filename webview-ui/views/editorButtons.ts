import { inEditor } from '../editor.ts';
import { t } from '../l10n.ts';
import { button } from './controls.ts';
import type { Actions } from './view.ts';

/** What can be done with the file that is shown, where an editor is there to do it. */
export function editorButtons({ post }: Pick<Actions, 'post'>): readonly HTMLElement[] {
  if (!inEditor()) return [];
  return [
    button(t('Compare…'), () => post({ type: 'compare' }), true),
    button(t('Export all…'), () => post({ type: 'exportReport' }), true),
    button(t('Open as Text'), () => post({ type: 'openAsText' }), true),
  ];
}
