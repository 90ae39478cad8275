import type { FieldDrawing } from '../../src/protocol/microscaleSchema.ts';
import { arrowHead, type FieldArrow, fieldArrows, fieldSize, rounded } from '../charts/fieldArrows.ts';
import { drawingsAsCsv } from '../csvMicroscale.ts';
import { element, phraseNodes } from '../dom.ts';
import { drawingInWords, drawingsInWords, formatEnergy } from '../fieldWording.ts';
import { drawingsFigure } from '../figures/microscaleFigures.ts';
import { formatCount, formatShare } from '../format.ts';
import { t } from '../l10n.ts';
import type { DrawingsView } from '../microscaleDrawingState.ts';
import type { MeasuredView } from '../microscaleState.ts';
import { svgElement } from '../svg.ts';
import { plainText } from '../wording.ts';
import { select } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { createLazyTable } from './lazyTable.ts';
import { nameTable } from './pairTable.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import type { Actions, View } from './view.ts';

/** Fields of one identity side by side, from the most aligned to the least; a click chooses the attribute. */
export function createFieldPart(actions: Actions): View<MeasuredView> {
  const identity = select(t('Identity'), (fieldIdentity) => actions.change({ fieldIdentity }));
  identity.element.classList.add('identity');
  const fields = element('div', { class: 'fields' });
  let view: { readonly drawings: DrawingsView; readonly label: string } | null = null;
  const save = createSaveMenu(actions, t('Fields of one identity'), ['svg', 'png', 'csv'], () => {
    const now = view;
    return now && saveableOf(drawingsFigure(now.drawings, now.label), () => drawingsAsCsv(now.drawings));
  });
  const words = element('p');
  const table = createLazyTable(t('The energies as a table'));
  const root = element(
    'figure',
    { class: 'field-part drawings' },
    element('h2', { text: t('Fields of one identity') }),
    element('div', { class: 'toolbar' }, identity.element, save),
    fields,
    element(
      'figcaption',
      {},
      words,
      element('p', {}, definitionLink(actions, 'field-drawing', t('Field drawing'))),
    ),
    table.element,
  );
  let drawn: readonly FieldDrawing[] = [];
  return {
    element: root,
    update({ drawings: shown, label }) {
      root.hidden = shown === null;
      if (!shown) return;
      view = { drawings: shown, label };
      identity.set(
        shown.identities.map((name) => ({ value: name, label: name })),
        shown.identity,
      );
      if (!isSame(drawn, shown.drawings)) {
        drawn = shown.drawings;
        const arrows = fieldArrows(drawn);
        fields.replaceChildren(
          ...drawn.map((drawing, i) =>
            fieldElement(drawing, arrows[i]!, () => actions.change({ latticeAttribute: drawing.attribute })),
          ),
        );
        words.replaceChildren(...phraseNodes(drawingsInWords(shown)));
        table.show(drawn, () => [energyTable(shown)]);
      }
      drawn.forEach(({ attribute }, i) => {
        fields.children[i]!.setAttribute('aria-pressed', String(attribute === shown.selected));
      });
    },
  };
}

function isSame(a: readonly FieldDrawing[], b: readonly FieldDrawing[]): boolean {
  return a.length === b.length && a.every((drawing, i) => drawing === b[i]);
}

function fieldElement(
  drawing: FieldDrawing,
  arrows: readonly FieldArrow[],
  choose: () => void,
): HTMLButtonElement {
  const words = plainText(drawingInWords(drawing));
  const node = element(
    'button',
    { class: 'field', attributes: { type: 'button' } },
    svgElement(
      'svg',
      { viewBox: `0 0 ${fieldSize} ${fieldSize}`, role: 'img', 'aria-label': words },
      ...arrows.map(({ x, y }) =>
        svgElement('circle', { cx: rounded(x), cy: rounded(y), r: '1.1', class: 'base-point' }),
      ),
      svgElement('path', { d: arrows.map(arrowPath).join(''), class: 'arrows' }),
    ),
    element(
      'span',
      { class: 'field-name', attributes: { 'aria-hidden': true } },
      ...phraseNodes([{ name: drawing.attribute }]),
    ),
    element('span', {
      class: 'field-energy',
      text: formatEnergy(drawing.energy),
      attributes: { 'aria-hidden': true },
    }),
  );
  node.addEventListener('click', choose);
  return node;
}

function arrowPath(arrow: FieldArrow): string {
  const { x, y, tipX, tipY } = arrow;
  return `M${rounded(x)} ${rounded(y)}L${rounded(tipX)} ${rounded(tipY)}${arrowHead(arrow)}`;
}

function energyTable({ identity, drawings }: DrawingsView): HTMLElement {
  return nameTable(
    t('Energies of the fields of {0}', `\u2068${identity}\u2069`),
    [t('Attribute'), t('energy'), t('variance in the plane'), t('arrows')],
    drawings.map(({ attribute, energy, explained, arrows }) => [
      [attribute],
      [formatEnergy(energy), formatShare(explained), formatCount(arrows.length)],
    ]),
  );
}
