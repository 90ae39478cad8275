import type { DiscriminativeView } from '../discriminativeState.ts';
import { element } from '../dom.ts';
import type { Actions, View } from './view.ts';

export function createDiscriminativeSection(_actions: Actions): View<DiscriminativeView> {
  return { element: element('div', { class: 'discriminative' }), update: () => undefined };
}
