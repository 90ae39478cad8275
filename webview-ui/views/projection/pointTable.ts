import { element, phraseNodes, setText } from '../../dom.ts';
import { decimalsFor, formatCount, formatFixed } from '../../format.ts';
import { t } from '../../l10n.ts';
import { colourName, pointColourInWords } from '../../projection/projectionWording.ts';
import type { ShownProjection } from '../../projection/projectionState.ts';
import { createGridRows } from '../gridRows.ts';
import type { View } from '../view.ts';

export interface PointTableContent {
  readonly shown: ShownProjection;
  /** `null`: all points are listed. */
  readonly selected: Int32Array | null;
  readonly picked: number | null;
}

export interface PointTable extends View<PointTableContent> {
  focus(): void;
}

const rowsPerPage = 100;

/** The points of the map in numbers: those of the selection, else all; a page at a time. */
export function createPointTable(actions: { pick(point: number): void; open(): void }): PointTable {
  const caption = element('p', { class: 'muted', attributes: { role: 'status' } });
  const before = pager('‹', t('Page before'), () => turn(-1));
  const after = pager('›', t('Next page'), () => turn(1));
  const head = element('tr');
  const body = element('tbody');
  const table = element(
    'table',
    { class: 'attribute-table point-table', attributes: { role: 'grid' } },
    element('thead', {}, head),
    body,
  );
  const scroller = element('div', { class: 'scroller' }, table);
  const root = element(
    'div',
    { class: 'point-table-part' },
    element('div', { class: 'toolbar' }, before, after, caption),
    scroller,
  );
  const rows = createGridRows(body, {
    choose: (index) => {
      const point = pageRows()[index];
      if (point !== undefined) actions.pick(point);
    },
    open: () => actions.open(),
  });
  let content: PointTableContent | null = null;
  let page = 0;

  return {
    element: root,
    focus: () => rows.focus(),
    update(next) {
      const last = content;
      content = next;
      const { shown, selected, picked } = next;
      if (last?.selected !== selected || last.shown.projection !== shown.projection) page = 0;
      const isSame =
        last?.selected === selected &&
        last.shown.points === shown.points &&
        last.shown.colouring === shown.colouring;
      if (!isSame) draw();
      rows.mark((index) => pageRows()[index] === picked);
    },
  };

  function turn(pages: number): void {
    page += pages;
    draw();
    rows.mark((index) => pageRows()[index] === content?.picked);
    scroller.scrollTop = 0;
  }

  function count(): number {
    return content?.selected?.length ?? content?.shown.projection.points.images.length ?? 0;
  }

  function pageRows(): readonly number[] {
    const start = page * rowsPerPage;
    const n = Math.min(rowsPerPage, count() - start);
    return Array.from({ length: Math.max(0, n) }, (_, i) => content?.selected?.[start + i] ?? start + i);
  }

  function draw(): void {
    const { shown, selected } = content!;
    const hasColour = shown.colouring.choice.kind !== 'none';
    const heads = [
      { text: t('Image') },
      ...(shown.identitiesKnown ? [{ text: t('Person') }] : []),
      { text: 'x', kind: 'number' },
      { text: 'y', kind: 'number' },
      ...(hasColour ? [{ text: colourName(shown.colouring.choice) }] : []),
    ];
    head.replaceChildren(
      ...heads.map(({ text, kind = '' }) =>
        element(
          'th',
          { class: `plain ${kind}`, attributes: { scope: 'col' } },
          element('bdi', { text, class: 'name' }),
        ),
      ),
    );
    table.setAttribute('aria-label', selected ? t('Selected points') : t('All points'));
    const { left, right } = shown.points.index.bounds;
    const decimals = Math.min(4, decimalsFor(right - left));
    body.replaceChildren(...pageRows().map((point) => row(shown, point, decimals, hasColour)));
    const n = count();
    const [first, last] = [page * rowsPerPage, Math.min(n, (page + 1) * rowsPerPage)];
    setText(
      caption,
      selected
        ? t(
            'Selected points {0}–{1} of {2}',
            formatCount(Math.min(n, first + 1)),
            formatCount(last),
            formatCount(n),
          )
        : t('Points {0}–{1} of {2}', formatCount(Math.min(n, first + 1)), formatCount(last), formatCount(n)),
    );
    before.disabled = page === 0;
    after.disabled = last >= n;
  }
}

function row(shown: ShownProjection, point: number, decimals: number, hasColour: boolean): HTMLElement {
  const { images, identities, identityNames } = shown.projection.points;
  const name = (text: string) => element('td', { class: 'cell-name' }, ...phraseNodes([{ name: text }]));
  const number = (value: number) => element('td', { class: 'number', text: formatFixed(value, decimals) });
  return element(
    'tr',
    {},
    name(images[point]!),
    shown.identitiesKnown ? name(identityNames[identities[point]!]!) : null,
    number(shown.points.x[point]!),
    number(shown.points.y[point]!),
    hasColour
      ? element('td', { class: 'cell-name' }, ...phraseNodes(pointColourInWords(shown, point) ?? []))
      : null,
  );
}

function pager(text: string, label: string, act: () => void): HTMLButtonElement {
  const node = element('button', {
    class: 'tool',
    text,
    attributes: { type: 'button', 'aria-label': label, title: label },
  });
  node.addEventListener('click', act);
  return node;
}
