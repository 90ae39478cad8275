import { element, phraseNodes } from '../../dom.ts';
import { phrase, t } from '../../l10n.ts';
import type { ProjectionView } from '../../projection/projectionState.ts';
import type { Phrase } from '../../wording.ts';
import { button } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import type { Actions, View } from '../view.ts';
import { createProgress } from './statusPart.ts';

/** Over the map: whether it is of this model, a run that makes it anew, and what went wrong with that. */
export function createProjectionNotes(actions: Actions): View<ProjectionView> {
  const note = element('p', { class: 'strip warning', attributes: { role: 'note' } });
  const progress = createProgress();
  const again = button(
    t('Compute anew'),
    () => actions.post({ type: 'requestProjection', start: true }),
    true,
  );
  const root = element(
    'div',
    { class: 'projection-notes' },
    note,
    progress.element,
    element('p', { class: 'notes-line' }, definitionLink(actions, 'projection', t('UMAP and PCA')), again),
  );
  return {
    element: root,
    update(view, theme) {
      const text = noteOf(view);
      note.hidden = text === null;
      note.replaceChildren(...phraseNodes(text ?? []));
      progress.update(view.running, theme);
      again.hidden = view.running !== null;
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
