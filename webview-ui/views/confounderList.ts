import type { Confounder } from '../confounders.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatFixed } from '../format.ts';
import type { MacroscaleView } from '../macroscaleState.ts';
import { confoundersCaveat, confoundersInWords, heldInWords } from '../macroscaleWording.ts';
import { definitionLink } from './definitionLink.ts';
import type { Actions, View } from './view.ts';

/** What goes together with the chosen attribute, and what is left of it with that held fixed; each a click away. */
export function createConfounderList(actions: Actions, jumped: () => void): View<MacroscaleView> {
  const list = element('ul', { class: 'confounders' });
  const nothing = element('p', { class: 'muted' });
  const caption = element(
    'p',
    { class: 'muted' },
    `${confoundersInWords()} ${confoundersCaveat()} `,
    definitionLink(actions, 'conditional-ks', 'Conditional KS'),
  );
  const root = element('section', {}, element('h3', { text: 'Held fixed' }), list, nothing, caption);
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
          ? 'KS with these held fixed was not computed.'
          : 'The report holds no attribute that goes together with this one.',
      );
    },
  };
}

function confounderElement({ attribute, phi, phiOfPeople, held }: Confounder): HTMLElement {
  const jump = element(
    'button',
    {
      class: 'jump',
      attributes: { type: 'button', title: 'Show this attribute', 'data-attribute': attribute },
    },
    ...phraseNodes([{ name: attribute }]),
  );
  const association = [
    ...(phi === null ? [] : [`φ ${formatFixed(phi, 2)}`]),
    ...(phiOfPeople === null ? [] : [`between people ${formatFixed(phiOfPeople, 2)}`]),
  ].join(', ');
  return element(
    'li',
    {},
    element('div', { class: 'confounder' }, jump, element('span', { class: 'muted', text: association })),
    ...held.map((row) =>
      element(
        'div',
        { class: 'held' },
        element('span', { class: `dot ${row.modality}`, attributes: { title: row.modality } }),
        element('span', { text: heldInWords(row) }),
      ),
    ),
  );
}
