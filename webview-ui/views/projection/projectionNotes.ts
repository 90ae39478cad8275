import { element, phraseNodes } from '../../dom.ts';
import { phrase } from '../../l10n.ts';
import type { ProjectionView } from '../../projection/projectionState.ts';
import type { Phrase } from '../../wording.ts';
import type { View } from '../view.ts';
import { createProgress } from './statusPart.ts';

/** Over the map: whether it is of this model, a run that makes it anew, and what went wrong with that. */
export function createProjectionNotes(): View<ProjectionView> {
  const note = element('p', { class: 'strip warning', attributes: { role: 'note' } });
  const progress = createProgress();
  return {
    element: element('div', { class: 'projection-notes' }, note, progress.element),
    update(view, theme) {
      const text = noteOf(view);
      note.hidden = text === null;
      note.replaceChildren(...phraseNodes(text ?? []));
      progress.update(view.running, theme);
    },
  };
}

function noteOf({ shown, failure }: ProjectionView): Phrase | null {
  if (failure !== null) return [failure];
  if (!shown) return null;
  const name = { name: shown.model.model };
  switch (shown.fit) {
    case 'same':
      return null;
    case 'none':
      return phrase('The page’s model was not projected. This is {0}.', name);
    case 'changed':
      return phrase('This was made with another file of {0} than the report: compute it anew.', name);
  }
}
