import type { Cell } from '../associationState.ts';
import { element, phraseNodes } from '../dom.ts';
import type { HeatPicture } from '../heatPicture.ts';
import type { Theme } from '../theme.ts';
import { type Phrase, plainText } from '../wording.ts';
import { drawCells } from './heatCanvas.ts';
import { nextCell } from './heatKeys.ts';
import { t } from '../l10n.ts';
import type { View } from './view.ts';

/** What is drawn: the same attributes down and across. */
export interface HeatContent extends HeatPicture {
  /** The same object as long as it is the same picture. */
  readonly key: object;
  readonly cellInWords: (cell: Cell) => Phrase;
  readonly nothingChosen: string;
  readonly chosen: Cell | null;
  /** Where the first key goes. */
  readonly first: () => Cell;
}

export interface HeatMap extends View<HeatContent> {
  focus(): void;
}

/**
 * Names of the page along a canvas of cells, and over it the marks of the cell that is pointed at or chosen, so that
 * going through cells draws nothing anew. One tab stop; arrow keys choose.
 */
export function createHeatMap(actions: {
  readonly choose: (row: string, column: string) => void;
  /** What Enter does. */
  readonly open?: (attribute: string) => void;
}): HeatMap {
  const canvas = element('canvas', { attributes: { 'aria-hidden': true } });
  const band = element('div', { class: 'heat-band across' });
  const pillar = element('div', { class: 'heat-band down' });
  const mark = element('div', { class: 'heat-mark' });
  const field = element(
    'div',
    {
      class: 'heat-field',
      attributes: { role: 'application', tabindex: 0, 'aria-roledescription': t('map of pairs') },
    },
    canvas,
    band,
    pillar,
    mark,
  );
  const columnNames = element('div', { class: 'heat-columns', attributes: { 'aria-hidden': true } });
  const rowNames = element('div', { class: 'heat-rows', attributes: { 'aria-hidden': true } });
  const grid = element('div', { class: 'heat-grid' }, element('div'), columnNames, rowNames, field);
  const frame = element('div', { class: 'heat-frame' }, grid);
  const readout = element('p', { class: 'readout', attributes: { role: 'status' } });
  const scale = element('div', { class: 'legend heat-scale', attributes: { 'aria-hidden': true } });
  const root = element('div', { class: 'heat' }, scale, readout, frame);

  let shown: { view: HeatContent; theme: Theme } | null = null;
  let hovered: Cell | null = null;
  let cellPx = 0;

  const choose = ({ row, column }: Cell) => {
    const { names } = shown!.view;
    actions.choose(names[row]!, names[column]!);
  };
  const cellAt = ({ offsetX, offsetY, target }: MouseEvent): Cell | null => {
    const n = shown?.view.names.length ?? 0;
    const [row, column] = [Math.floor(offsetY / cellPx), Math.floor(offsetX / cellPx)];
    return target === canvas && row >= 0 && column >= 0 && row < n && column < n ? { row, column } : null;
  };
  canvas.addEventListener('pointermove', (event) => {
    hovered = cellAt(event);
    showCell();
  });
  canvas.addEventListener('pointerleave', () => {
    hovered = null;
    showCell();
  });
  canvas.addEventListener('click', (event) => {
    const cell = cellAt(event);
    if (cell) choose(cell);
  });
  field.addEventListener('keydown', (event) => {
    if (!shown || event.altKey || event.ctrlKey || event.metaKey) return;
    const { names, chosen, first } = shown.view;
    const next = nextCell(event.key, chosen, { size: names.length, first });
    if (event.key === 'Enter' && chosen) actions.open?.(names[chosen.row]!);
    else if (next) {
      hovered = null;
      choose(next);
      mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else return;
    event.preventDefault();
  });
  new ResizeObserver(() => {
    if (shown && sizeFor(shown.view) !== cellPx) draw();
  }).observe(root);

  return {
    element: root,
    focus: () => field.focus(),
    update(view, theme) {
      const isNew = shown?.view.key !== view.key || shown.theme !== theme;
      shown = { view, theme };
      if (isNew) {
        hovered = null;
        draw();
      }
      showCell();
    },
  };

  function draw(): void {
    const { view, theme } = shown!;
    cellPx = sizeFor(view);
    grid.style.setProperty('--cell', `${cellPx}px`);
    field.setAttribute('aria-label', plainText(view.inWords));
    columnNames.replaceChildren(...view.names.map(nameElement));
    rowNames.replaceChildren(...view.names.map(nameElement));
    drawCells(canvas, view.cells(theme), cellPx, theme);
    scale.replaceChildren(...scaleElements(view, theme));
    showCell();
  }

  /** As large as there is room for, within what can be read and what is not too much. */
  function sizeFor({ names }: HeatContent): number {
    const room = root.clientWidth - rowNames.offsetWidth - 2;
    return Math.max(smallestPx, Math.min(largestPx, Math.floor(room / Math.max(1, names.length))));
  }

  /** Under the pointer, else the chosen one. */
  function showCell(): void {
    if (!shown) return;
    const { chosen, cellInWords, nothingChosen } = shown.view;
    const cell = hovered ?? chosen;
    for (const node of [band, pillar, mark]) node.hidden = cell === null;
    [...rowNames.children].forEach((name, i) => name.classList.toggle('marked', i === cell?.row));
    [...columnNames.children].forEach((name, i) => name.classList.toggle('marked', i === cell?.column));
    readout.replaceChildren(...(cell ? phraseNodes(cellInWords(cell)) : [nothingChosen]));
    if (!cell) return;
    const [top, left] = [`${cell.row * cellPx}px`, `${cell.column * cellPx}px`];
    band.style.top = mark.style.top = top;
    pillar.style.left = mark.style.left = left;
  }
}

/** Below it names would be cut off. */
const smallestPx = 14;
const largestPx = 22;

function nameElement(name: string): HTMLElement {
  return element('div', { class: 'heat-name' }, ...phraseNodes([{ name }]));
}

function scaleElements({ scale }: HeatContent, theme: Theme): HTMLElement[] {
  return scale(theme).map(({ label, ...cell }) => {
    const swatch = element('canvas', { class: 'heat-swatch' });
    drawCells(swatch, [[cell]], 18, theme);
    return element('span', { class: label === null ? 'heat-step' : 'heat-step named' }, swatch, label ?? '');
  });
}
