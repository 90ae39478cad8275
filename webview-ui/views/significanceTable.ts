import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatP, splitAtPoint } from '../format.ts';
import { type ListColumn, nextSort, type Sort } from '../listState.ts';
import { pOf, type SignificanceRow, type SignificanceView, stepOf } from '../significanceState.ts';
import { cellInWords } from '../significanceWording.ts';
import { nextIndex } from './listKeys.ts';
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
    { class: 'significance-table', attributes: { role: 'grid', 'aria-label': 'p by attribute and model' } },
    head,
    body,
  );
  let shown: SignificanceView | null = null;

  const rowIndex = (target: EventTarget | null) =>
    target instanceof Element ? [...body.children].indexOf(target.closest('tr')!) : -1;
  const choose = (index: number) => {
    const row = shown?.rows[index];
    if (row) actions.choose(row.attribute);
  };
  body.addEventListener('click', ({ target }) => choose(rowIndex(target)));
  body.addEventListener('dblclick', ({ target }) => {
    const row = shown?.rows[rowIndex(target)];
    if (row) actions.open(row.attribute);
  });
  body.addEventListener('keydown', (event) => {
    const current = rowIndex(event.target);
    const next = nextIndex(event.key, current, body.children.length);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') actions.open(shown!.rows[current]!.attribute);
    else if (next !== null) {
      choose(next);
      (body.children[next] as HTMLElement).focus();
    } else return;
    event.preventDefault();
  });

  return {
    element: table,
    focus: () => body.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus(),
    update(view) {
      const before = shown;
      shown = view;
      const keys = view.columns.map(({ key }) => key).join('\n');
      if (head.dataset['columns'] !== keys) {
        head.dataset['columns'] = keys;
        head.replaceChildren(...headRows(view));
      }
      for (const header of head.querySelectorAll<HTMLElement>('th[data-key]')) {
        const sorted = view.sort.column === header.dataset['key'];
        const order = view.sort.descending ? 'descending' : 'ascending';
        header.setAttribute('aria-sort', sorted ? order : 'none');
      }
      if (!before || !isSameTable(before, view)) {
        body.replaceChildren(...view.rows.map((row) => rowElement(row, view)));
      }
      const chosen = view.rows.findIndex(({ attribute }) => attribute === view.selected);
      [...body.children].forEach((row, index) => {
        row.setAttribute('aria-selected', String(index === chosen));
        row.setAttribute('tabindex', index === Math.max(0, chosen) ? '0' : '-1');
      });
    },
  };

  /** Models over their two modalities. */
  function headRows({ columns }: SignificanceView): HTMLElement[] {
    const models = columns.filter(({ modality }) => modality === 'positive');
    const below = sortHeader(
      {
        key: 'below',
        name: 'p < 0.05',
        note: 'In how many of the attribute’s tests p is below 0.05',
        descendingFirst: true,
      },
      null,
    );
    const attribute = sortHeader(
      { key: 'attribute', name: 'Attribute', note: 'Name of the attribute', descendingFirst: false },
      null,
    );
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
      element(
        'tr',
        {},
        ...columns.map(({ key, model, modality }) =>
          sortHeader(
            {
              key,
              name: modality === 'positive' ? '+' : '−',
              note: `p of the ${modality} modality, ${model}`,
              descendingFirst: false,
            },
            modality,
          ),
        ),
      ),
    ];
  }

  function sortHeader(column: ListColumn, modality: 'positive' | 'negative' | null): HTMLElement {
    const button = element('button', { attributes: { type: 'button', title: column.note } });
    if (modality)
      button.append(element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }));
    const name = element('span');
    setText(name, column.name);
    button.append(name);
    if (modality) button.setAttribute('aria-label', column.note);
    button.addEventListener('click', () => {
      if (shown) actions.sort(nextSort(shown.sort, column));
    });
    return element('th', { attributes: { scope: 'col', 'data-key': column.key } }, button);
  }
}

function isSameTable(a: SignificanceView, b: SignificanceView): boolean {
  return (
    a.kind === b.kind &&
    a.columns.length === b.columns.length &&
    a.columns.every(({ result }, index) => result === b.columns[index]!.result) &&
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
    element('td', { class: 'below', text: `${formatCount(nBelow)} of ${formatCount(nTests)}` }),
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
