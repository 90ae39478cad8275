import { element } from '../dom.ts';
import type { ModelsView } from '../modelsState.ts';
import type { Actions, View } from './view.ts';

export function createModelsSection(_actions: Actions): View<ModelsView> {
  return { element: element('div', { class: 'models' }), update: () => undefined };
}
