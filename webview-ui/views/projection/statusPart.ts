import { element, setText } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { t } from '../../l10n.ts';
import type { ProjectionView } from '../../projection/projectionState.ts';
import { button } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import type { Actions, View } from '../view.ts';

/** More images than these are thinned. */
const mostPoints = 50_000;

/** While there is no map: what it would be, how far it is, or why there is none. */
export function createStatusPart(actions: Actions): View<ProjectionView> {
  const start = () => actions.post({ type: 'requestProjection', start: true });
  const title = element('h2');
  const text = element('p');
  const effort = element('p', { class: 'muted' });
  const progress = createProgress();
  const compute = button(t('Compute projection'), start);
  const again = button(t('Try again'), start);
  const log = button(t('Show Log'), () => actions.post({ type: 'showLog' }), true);
  const root = element(
    'div',
    { class: 'message projection-status' },
    title,
    text,
    effort,
    progress.element,
    element('p', { class: 'buttons' }, compute, again, log),
    element('p', {}, definitionLink(actions, 'projection', t('UMAP and PCA'))),
  );
  return {
    element: root,
    update(view, theme) {
      const { status } = view;
      root.setAttribute('role', status === 'failed' ? 'alert' : 'status');
      setText(title, titleOf(status));
      setText(text, status === 'failed' ? (view.failure ?? '') : whatItIs());
      effort.hidden = status !== 'none';
      setText(effort, effortOf(view));
      progress.update(view.running, theme);
      compute.hidden = status !== 'none';
      again.hidden = status !== 'failed';
      log.hidden = status !== 'failed';
    },
  };
}

/** A bar with its words; hidden where nothing runs. */
export function createProgress(): View<ProjectionView['running']> {
  const bar = element('progress', {
    attributes: { max: 100, 'aria-label': t('Progress of the projection') },
  });
  const words = element('span', { attributes: { role: 'status' } });
  const root = element('p', { class: 'projection-progress' }, bar, words);
  return {
    element: root,
    update(running) {
      root.hidden = running === null;
      if (!running) return;
      bar.value = running.percent;
      setText(words, running.message);
    },
  };
}

function titleOf(status: ProjectionView['status']): string {
  switch (status) {
    case 'asking':
      return t('Looking for a projection…');
    case 'none':
      return t('No projection yet');
    case 'running':
      return t('Computing the projection');
    case 'failed':
      return t('The projection cannot be shown');
    case 'shown':
      return '';
  }
}

function whatItIs(): string {
  return t(
    'A map of the embeddings in two dimensions, by UMAP and by PCA: each image is a point, coloured by any attribute or number. Draw around points to see their faces and what they have in common.',
  );
}

function effortOf({ report }: ProjectionView): string {
  const { nImages } = report.inputs.dataset;
  const n = formatCount(Math.min(nImages, mostPoints));
  return nImages <= 5000
    ? t(
        'It takes the {0} embeddings that are stored already, opens no model, and takes less than a minute or so. Nothing starts by itself.',
        n,
      )
    : t(
        'It takes {0} of the embeddings that are stored already, opens no model, and takes some minutes for each model. Nothing starts by itself.',
        n,
      );
}
