import type { FieldAlignment } from '../../src/protocol/microscaleSchema.ts';
import { alignmentAsCsv } from '../csvMicroscale.ts';
import { element, phraseNodes } from '../dom.ts';
import type { Cell } from '../associationState.ts';
import { alignedPairs, alignmentCell } from '../fieldState.ts';
import { alignmentCaveat, alignmentCellInWords, alignmentInWords, formatEnergy } from '../fieldWording.ts';
import { nothingChosenInWords } from '../associationWording.ts';
import { formatCount } from '../format.ts';
import { alignmentFigure } from '../figures/microscaleFigures.ts';
import { alignmentPicture } from '../heatPicture.ts';
import { t } from '../l10n.ts';
import type { MeasuredView } from '../microscaleState.ts';
import { definitionLink } from './definitionLink.ts';
import { strongestCell } from './heatKeys.ts';
import { createHeatMap, type HeatContent } from './heatMap.ts';
import { createLazyTable } from './lazyTable.ts';
import { nameTable } from './pairTable.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import type { Actions, View } from './view.ts';

/** Which attributes move an embedding the same way. Choosing a cell chooses its row's attribute. */
export function createAlignmentPart(actions: Actions): View<MeasuredView> {
  let other: string | null = null;
  const map = createHeatMap({
    choose: (latticeAttribute, column) => {
      other = column;
      actions.change({ latticeAttribute });
    },
  });
  let drawn: FieldAlignment | null = null;
  const save = createSaveMenu(actions, t('What moves the same way'), ['svg', 'png', 'csv'], () => {
    const alignment = drawn;
    return (
      alignment && saveableOf(alignmentFigure(alignment, alignment.model), () => alignmentAsCsv(alignment))
    );
  });
  const words = element('p');
  const table = createLazyTable(t('The alignments as a table'));
  const root = element(
    'figure',
    { class: 'field-part alignment' },
    element('div', { class: 'figure-head' }, element('h2', { text: t('What moves the same way') }), save),
    map.element,
    element(
      'figcaption',
      {},
      words,
      element(
        'p',
        { class: 'muted' },
        `${alignmentCaveat()} `,
        definitionLink(actions, 'field-alignment', t('Field alignment')),
      ),
    ),
    table.element,
  );
  return {
    element: root,
    update({ alignment, selected }, theme) {
      root.hidden = alignment === null || alignment.attributes.length < 2;
      if (!alignment || root.hidden) return;
      drawn = alignment;
      words.replaceChildren(...phraseNodes(alignmentInWords(alignment)));
      map.update(heatContent(alignment, alignmentCell(alignment, selected?.attribute ?? null, other)), theme);
      table.show(alignment, () => [alignmentTable(alignment)]);
    },
  };
}

function heatContent(alignment: FieldAlignment, chosen: Cell | null): HeatContent {
  const { attributes, values } = alignment;
  return {
    key: alignment,
    ...alignmentPicture(alignment),
    cellInWords: (cell) => alignmentCellInWords(alignment, cell),
    nothingChosen: nothingChosenInWords(),
    chosen,
    first: () =>
      strongestCell(attributes.length, (row, column) => Math.abs(1 - (values[row]?.[column] ?? 1))),
  };
}

function alignmentTable(alignment: FieldAlignment): HTMLElement {
  return nameTable(
    t('Alignment of attributes'),
    [t('Attribute'), t('and'), t('1 − cos'), t('curves')],
    alignedPairs(alignment).map(({ a, b, value, nCurves }) => [
      [a, b],
      [formatEnergy(value), formatCount(nCurves)],
    ]),
  );
}
