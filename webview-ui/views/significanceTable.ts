import { modalityName } from '../ruleWording.ts';
import { element, phraseNodes, setChildren } from '../dom.ts';
import { formatCount, formatP, splitAtPoint } from '../format.ts';
import { type ListColumn, nextSort, type Sort } from '../listState.ts';
import {
  pOf,
  type SignificanceColumn,
  type SignificanceRow,
  type SignificanceView,
  stepOf,
} from '../significanceState.ts';
import { cellInWords } from '../significanceWording.ts';
import { createGridRows } from './gridRows.ts';
import { t } from '../l10n.ts';
import { markSorted, sortHeader } from './sortHeader.ts';
import type { View } from './view.ts';

export interface SignificanceTableActions {
  readonly choose: (attribute: string) => void;
  readonly open: (attribute: string) => void;
  readonly sort: (sort: Sort) => void;
}

export interface SignificanceTable extends View<SignificanceView> {
  focus(): void;
}

/** Attributes down, models and their modalities across. Headers sort, rows are chosen, Enter opens one. */
export function createSignificanceTable(actions: SignificanceTableActions): SignificanceTable {
  const head = element('thead');
  const body = element('tbody');
  const table = element(
    'table',
    {
      class: 'significance-table',
      attributes: { role: 'grid', 'aria-label': t('p by attribute and model') },
    },
    head,
    body,
  );
  let shown: SignificanceView | null = null;
  const lines = new Map<string, HTMLElement>();

  const attributeOf = (index: number) => shown?.rows[index]?.attribute;
  const rows = createGridRows(body, {
    choose: (index) => {
      const attribute = attributeOf(index);
      if (attribute !== undefined) actions.choose(attribute);
    },
    open: (index) => {
      const attribute = attributeOf(index);
      if (attribute !== undefined) actions.open(attribute);
    },
  });
  const sort = (column: ListColumn) => {
    if (shown) actions.sort(nextSort(shown.sort, column));
  };

  return {
    element: table,
    focus: () => rows.focus(),
    update(view) {
      const before = shown;
      shown = view;
      const keys = view.columns.map(({ key }) => key).join('\n');
      if (head.dataset['columns'] !== keys) {
        head.dataset['columns'] = keys;
        head.replaceChildren(...headRows(view));
      }
      markSorted(head, view.sort);
      if (!before || !isSameTable(before, view)) {
        if (!before || !hasSameColumns(before, view)) lines.clear();
        setChildren(
          body,
          view.rows.map((row) => {
            const line = lines.get(row.attribute) ?? rowElement(row, view);
            lines.set(row.attribute, line);
            return line;
          }),
        );
      }
      rows.mark((index) => view.rows[index]!.attribute === view.selected);
    },
  };

  /** Models over their two modalities. */
  function headRows({ columns }: SignificanceView): HTMLElement[] {
    const models = columns.filter(({ modality }) => modality === 'positive');
    const attribute = sortHeader(attributeColumn(), sort);
    const below = sortHeader(belowColumn(), sort);
    for (const cell of [attribute, below]) cell.setAttribute('rowspan', '2');
    attribute.classList.add('cell-name');
    return [
      element(
        'tr',
        {},
        attribute,
        below,
        ...models.map(({ model }) =>
          element(
            'th',
            { class: 'model-head', attributes: { scope: 'colgroup', colspan: 2 } },
            ...phraseNodes([{ name: model }]),
          ),
        ),
      ),
      element('tr', {}, ...columns.map((column) => modalityHeader(column, sort))),
    ];
  }
}

function attributeColumn(): ListColumn {
  return {
    key: 'attribute',
    name: t('Attribute'),
    note: t('Name of the attribute'),
    descendingFirst: false,
  };
}

function belowColumn(): ListColumn {
  return {
    key: 'below',
    name: 'p < 0.05',
    note: t('In how many of the attribute’s tests p is below 0.05'),
    descendingFirst: true,
  };
}

function modalityHeader(
  { key, model, modality }: SignificanceColumn,
  sort: (column: ListColumn) => void,
): HTMLElement {
  const isolated = `\u2068${model}\u2069`;
  const note =
    modality === 'positive'
      ? t('p of the positive modality, {0}', isolated)
      : t('p of the negative modality, {0}', isolated);
  const header = sortHeader({ key, name: modalityName(modality), note, descendingFirst: false }, sort, [
    element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
    modality === 'positive' ? '+' : '−',
  ]);
  header.firstElementChild!.setAttribute('aria-label', note);
  return header;
}

function hasSameColumns(a: SignificanceView, b: SignificanceView): boolean {
  return (
    a.kind === b.kind &&
    a.columns.length === b.columns.length &&
    a.columns.every(({ result }, index) => result === b.columns[index]!.result)
  );
}

function isSameTable(a: SignificanceView, b: SignificanceView): boolean {
  return (
    hasSameColumns(a, b) &&
    a.rows.length === b.rows.length &&
    a.rows.every(({ attribute }, index) => attribute === b.rows[index]!.attribute)
  );
}

function rowElement(
  { attribute, cells, nBelow, nTests }: SignificanceRow,
  view: SignificanceView,
): HTMLElement {
  return element(
    'tr',
    {},
    element(
      'th',
      { class: 'cell-name', attributes: { scope: 'row' } },
      ...phraseNodes([{ name: attribute }]),
    ),
    element('td', { class: 'below', text: t('{0} of {1}', formatCount(nBelow), formatCount(nTests)) }),
    ...cells.map((row, index) => {
      const p = row && pOf(row, view.kind);
      const text = p ? formatP(p.p, p.log10P) : '—';
      const [whole, rest] = splitAtPoint(text);
      const words = cellInWords(attribute, view.columns[index]!, row, p);
      return element(
        'td',
        { class: `number step-${p ? stepOf(p.p) : 0}`, attributes: { 'aria-label': words, title: words } },
        element('span', { class: 'whole', text: whole }),
        element('span', { class: 'rest', text: rest }),
      );
    }),
  );
}
