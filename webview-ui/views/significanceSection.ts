import { element } from '../dom.ts';
import type { SignificanceView } from '../significanceState.ts';
import type { Actions, View } from './view.ts';

export function createSignificanceSection(_actions: Actions): View<SignificanceView> {
  return { element: element('div', { class: 'significance' }), update: () => undefined };
}
