import { inEditor } from '../editor.ts';
import { t } from '../l10n.ts';
import { button } from './controls.ts';
import type { Actions } from './view.ts';

/** What can be done with the report that is shown, where an editor is there to do it. */
export function editorButtons(actions: Pick<Actions, 'post'>): readonly HTMLElement[] {
  if (!inEditor()) return [];
  const { post } = actions;
  return [button(t('Compare…'), () => post({ type: 'compare' }), true), ...fileButtons(actions)];
}

/** The same with a comparison, which is not compared. */
export function fileButtons({ post }: Pick<Actions, 'post'>): readonly HTMLElement[] {
  if (!inEditor()) return [];
  return [
    button(t('Export all…'), () => post({ type: 'exportReport' }), true),
    button(t('Open as Text'), () => post({ type: 'openAsText' }), true),
  ];
}
