import type { Confounder } from '../confounders.ts';
import { modalityName } from '../ruleWording.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatFixed } from '../format.ts';
import type { MacroscaleView } from '../macroscaleState.ts';
import { confoundersCaveat, confoundersInWords, heldInWords } from '../macroscaleWording.ts';
import { definitionLink } from './definitionLink.ts';
import { t } from '../l10n.ts';
import type { Actions, View } from './view.ts';

/** What goes together with the chosen attribute, and what is left of it with that held fixed; each a click away. */
export function createConfounderList(actions: Actions, jumped: () => void): View<MacroscaleView> {
  const list = element('ul', { class: 'confounders' });
  const nothing = element('p', { class: 'muted' });
  const caption = element(
    'p',
    { class: 'muted' },
    `${confoundersInWords()} ${confoundersCaveat()} `,
    definitionLink(actions, 'conditional-ks', t('Conditional KS')),
  );
  const root = element('section', {}, element('h3', { text: t('Held fixed') }), list, nothing, caption);
  list.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    const attribute = button?.dataset['attribute'];
    if (attribute === undefined) return;
    actions.change({ attribute });
    jumped();
  });
  return {
    element: root,
    update({ confounders, selected }) {
      root.hidden = !selected?.strongest;
      list.replaceChildren(...confounders.map(confounderElement));
      caption.hidden = !confounders.some(({ held }) => held.length > 0);
      nothing.hidden = !caption.hidden;
      setText(
        nothing,
        confounders.length > 0
          ? t('KS with these held fixed was not computed.')
          : t('The report holds no attribute that goes together with this one.'),
      );
    },
  };
}

function confounderElement({ attribute, phi, phiOfPeople, held }: Confounder): HTMLElement {
  const jump = element(
    'button',
    {
      class: 'jump',
      attributes: { type: 'button', title: t('Show this attribute'), 'data-attribute': attribute },
    },
    ...phraseNodes([{ name: attribute }]),
  );
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'confounder' },
      jump,
      element('span', { class: 'muted', text: associationInWords(phi, phiOfPeople) }),
    ),
    ...held.map((row) =>
      element(
        'div',
        { class: 'held' },
        element('span', { class: `dot ${row.modality}`, attributes: { title: modalityName(row.modality) } }),
        element('span', { text: heldInWords(row) }),
      ),
    ),
  );
}

function associationInWords(phi: number | null, phiOfPeople: number | null): string {
  const people = formatFixed(phiOfPeople, 2);
  if (phi === null) return phiOfPeople === null ? '' : t('between people {0}', people);
  const images = `φ ${formatFixed(phi, 2)}`;
  return phiOfPeople === null ? images : t('{0}, between people {1}', images, people);
}
