import type { Freshness } from '../../src/protocol/reportJobs.ts';
import { element, setText } from '../dom.ts';
import { t } from '../l10n.ts';
import { button } from './controls.ts';
import type { Actions, View } from './view.ts';

/**
 * Whether the report's inputs are still what they were, at the page's foot: what comes late moves nothing there.
 * A stale report says so in view all the time, with the way to a new one; the rest is a quiet line.
 */
export function createFreshness(actions: Actions): View<Freshness | null> {
  const sign = element('span', { class: 'strip-sign', text: '!', attributes: { 'aria-hidden': true } });
  const sentence = element('span', { class: 'freshness-sentence' });
  const rerun = button(t('Run Again'), () => {
    rerun.setAttribute('disabled', '');
    setText(rerun, t('Running…'));
    actions.post({ type: 'rerun' });
  });
  const root = element('div', { class: 'freshness', attributes: { role: 'status' } }, sign, sentence, rerun);
  let shown: Freshness | null | undefined;
  return {
    element: root,
    update(freshness) {
      if (freshness === shown) return;
      shown = freshness;
      const isStale = freshness?.state === 'stale';
      for (const name of ['strip', 'warning']) root.classList.toggle(name, isStale);
      root.classList.toggle('muted', !isStale);
      sign.hidden = !isStale;
      rerun.hidden = !isStale;
      rerun.removeAttribute('disabled');
      setText(rerun, t('Run Again'));
      sentence.replaceChildren(...sentences(freshness));
    },
  };
}

/** Changes come from the engine, in its words, and name files. */
function sentences(freshness: Freshness | null): readonly (string | HTMLElement)[] {
  if (freshness === null) return [];
  const changes = freshness.changes.flatMap((change) => [' ', element('bdi', { text: change })]);
  switch (freshness.state) {
    case 'current':
      return [t('Data and models are what they were when this report was made.')];
    case 'stale':
      return [element('strong', { text: t('This report is stale.') }), ...changes];
    case 'unknown':
      return [t('Whether data and models are still what they were cannot be told.'), ...changes];
  }
}
