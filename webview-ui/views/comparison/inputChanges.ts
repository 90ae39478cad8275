import type { Comparison } from '../../../src/protocol/comparisonSchema.ts';
import { changesAsCsv } from '../../comparisonCsv.ts';
import { element, setText } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { t } from '../../l10n.ts';
import { button } from '../controls.ts';
import type { Actions, View } from '../view.ts';

const digestLength = 12;

/** Every input that differs, with both values: what a difference may come from. */
export function createInputChanges(actions: Actions): View<Comparison> {
  let shown: Comparison | null = null;
  const count = element('span', { class: 'count muted', attributes: { role: 'status' } });
  const body = element('tbody');
  const table = element(
    'table',
    { class: 'changes-table', attributes: { 'aria-label': t('What changed in the inputs') } },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...[t('Input'), t('Before'), t('After')].map((text) =>
          element('th', { text, attributes: { scope: 'col' } }),
        ),
      ),
    ),
    body,
  );
  const nothing = element('p', { class: 'nothing-found muted' });
  const root = element(
    'div',
    { class: 'compared-part' },
    element(
      'div',
      { class: 'toolbar' },
      element('h2', { text: t('What changed in the inputs') }),
      count,
      button(
        t('Copy as CSV'),
        () => {
          if (shown) actions.post({ type: 'copy', text: changesAsCsv(shown) });
        },
        true,
      ),
    ),
    element(
      'div',
      {
        class: 'table-frame',
        attributes: { role: 'region', tabindex: 0, 'aria-label': t('What changed in the inputs') },
      },
      table,
    ),
    nothing,
  );
  return {
    element: root,
    update(comparison) {
      if (shown === comparison) return;
      shown = comparison;
      const { changes } = comparison;
      setText(count, changes.length === 1 ? t('1 input') : t('{0} inputs', formatCount(changes.length)));
      table.hidden = changes.length === 0;
      nothing.hidden = changes.length > 0;
      setText(
        nothing,
        t(
          'No input differs that the reports know of: data, models, options, seed and libraries are the same.',
        ),
      );
      body.replaceChildren(
        ...changes.map(({ input, before, after }) =>
          element(
            'tr',
            {},
            element('th', { attributes: { scope: 'row' } }, element('bdi', { text: input })),
            valueCell(before),
            valueCell(after),
          ),
        ),
      );
    },
  };
}

/** Of a digest the beginning is enough to tell it apart; the whole is in its title, and in the CSV. */
function valueCell(text: string): HTMLElement {
  const isDigest = /^[0-9a-f]{64}$/.test(text);
  return element(
    'td',
    {},
    isDigest
      ? element('bdi', {
          class: 'digest',
          text: `${text.slice(0, digestLength)}…`,
          attributes: { title: text },
        })
      : element('bdi', { text }),
  );
}
