import type { DataView } from '../dataState.ts';
import { element } from '../dom.ts';
import type { Actions, View } from './view.ts';

export function createDataSection(_actions: Actions): View<DataView> {
  return { element: element('div', { class: 'data' }), update: () => undefined };
}
