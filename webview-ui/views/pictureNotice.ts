import { element, setText } from '../dom.ts';
import type { Actions } from './view.ts';

/** Why there are no pictures, and what to do; nothing where there are. */
export function createPictureNotice(actions: Actions): { readonly element: HTMLElement; update(): void } {
  const root = element('p', { class: 'strip note picture-notice', attributes: { role: 'status' } });
  root.hidden = true;
  return {
    element: root,
    update() {
      const { failure } = actions.thumbnails;
      root.hidden = failure === null;
      setText(root, failure ?? '');
    },
  };
}
