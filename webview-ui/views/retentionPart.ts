import type { Retention } from '../../src/protocol/microscaleSchema.ts';
import { retentionAsCsv } from '../csvMicroscale.ts';
import { element, phraseNodes } from '../dom.ts';
import { distanceDecimals, retentionInWords, shareInWords } from '../fieldWording.ts';
import { formatFixed } from '../format.ts';
import { retentionOf } from '../figures/microscaleFigures.ts';
import { t } from '../l10n.ts';
import type { MeasuredView } from '../microscaleState.ts';
import { definitionLink } from './definitionLink.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import type { Actions, View } from './view.ts';

/** Whether a person stays the same person along a segment of the chosen attribute. */
export function createRetentionPart(actions: Actions): View<MeasuredView> {
  const frame = element('div', { class: 'table-frame' });
  let drawn: Retention | null = null;
  const save = createSaveMenu(actions, t('Does the person stay the same?'), ['svg', 'png', 'csv'], () => {
    const retention = drawn;
    return retention && saveableOf(retentionOf(retention, retention.model), () => retentionAsCsv(retention));
  });
  const words = element('p');
  const root = element(
    'figure',
    { class: 'field-part retention' },
    element(
      'div',
      { class: 'figure-head' },
      element('h2', { text: t('Does the person stay the same?') }),
      save,
    ),
    frame,
    element(
      'figcaption',
      {},
      words,
      element('p', {}, definitionLink(actions, 'identity-retention', t('Identity retention'))),
    ),
  );
  return {
    element: root,
    update({ retention }) {
      root.hidden = retention === null;
      if (!retention || retention === drawn) return;
      drawn = retention;
      frame.replaceChildren(retentionTable(retention));
      words.replaceChildren(...phraseNodes(retentionInWords(retention)));
    },
  };
}

/** Numbers in cells that are the fuller the farther apart two steps are; the threshold, or else the largest, is full. */
function retentionTable(retention: Retention): HTMLElement {
  const { attribute, steps, distances, threshold } = retention;
  const full = threshold ?? Math.max(0, ...distances.flat());
  return element(
    'table',
    {
      class: 'retention-table',
      attributes: { 'aria-label': t('Mean distance between the steps of {0}', `\u2068${attribute}\u2069`) },
    },
    element('thead', {}, element('tr', {}, element('td'), ...steps.map((step) => stepHead(step, 'col')))),
    element(
      'tbody',
      {},
      ...steps.map((step, i) =>
        element('tr', {}, stepHead(step, 'row'), ...steps.map((_, j) => distanceCell(retention, i, j, full))),
      ),
    ),
  );
}

function stepHead(step: string, scope: 'col' | 'row'): HTMLElement {
  return element('th', { attributes: { scope } }, ...phraseNodes([{ name: step }]));
}

function distanceCell(retention: Retention, i: number, j: number, full: number): HTMLElement {
  const distance = retention.distances[i]?.[j] ?? Number.NaN;
  const share = retention.beyond?.[i]?.[j] ?? 0;
  const cell = element(
    'td',
    { class: i === j ? 'same' : '' },
    i === j ? '0' : formatFixed(distance, distanceDecimals(retention)),
    share > 0 ? element('span', { class: 'share', text: t('{0} beyond', shareInWords(share)) }) : null,
  );
  const depth = full > 0 ? Math.min(1, distance / full) : 0;
  cell.style.setProperty('--depth', `${Number.isFinite(depth) ? Math.round(depth * 100) : 0}%`);
  return cell;
}
