import type { ComparisonPair } from '../../../src/protocol/comparisonSchema.ts';
import { comparedVerificationAsCsv } from '../../comparisonCsv.ts';
import { element } from '../../dom.ts';
import { t } from '../../l10n.ts';
import { button } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import type { Actions, View } from '../view.ts';
import { measureTable } from './comparedNumbers.ts';

/** How well people are told apart, measure by measure. */
export function createComparedVerification(actions: Actions): View<ComparisonPair> {
  let shown: ComparisonPair | null = null;
  const numbers = element('div', {
    class: 'table-frame',
    attributes: { role: 'region', tabindex: 0, 'aria-label': t('Verification before and after') },
  });
  const root = element(
    'div',
    { class: 'compared-part' },
    element(
      'div',
      { class: 'toolbar' },
      element('h2', { text: t('Verification') }),
      button(
        t('Copy as CSV'),
        () => {
          if (shown) actions.post({ type: 'copy', text: comparedVerificationAsCsv(shown) });
        },
        true,
      ),
    ),
    numbers,
    element(
      'p',
      { class: 'caption muted' },
      t(
        'Intervals are for people drawn at random, whom pairs share; accuracy has none. Mean distances of two models are on scales of their own.',
      ),
      ' ',
      definitionLink(actions, 'verification-intervals', t('Verification intervals')),
      ' ',
      definitionLink(actions, 'difference-of-reports', t('Difference of reports')),
    ),
  );
  return {
    element: root,
    update(pair) {
      if (shown === pair) return;
      shown = pair;
      numbers.replaceChildren(measureTable(pair.verification));
    },
  };
}
