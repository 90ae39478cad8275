import { modalityName } from '../ruleWording.ts';
import { element, phraseNodes, setChildren } from '../dom.ts';
import { formatKs } from '../format.ts';
import { type ListColumn, nextSort, type Sort } from '../listState.ts';
import { ksOf } from '../macroscaleState.ts';
import { type Difference, excludesZero, type ModelsView } from '../modelsState.ts';
import { differenceCells } from '../modelsWording.ts';
import { numberCell } from './attributeTable.ts';
import { createGridRows } from './gridRows.ts';
import { t } from '../l10n.ts';
import { markSorted, sortHeader } from './sortHeader.ts';
import type { View } from './view.ts';

export interface DifferenceTable extends View<ModelsView> {
  focus(): void;
}

/** Both models' signed KS of every modality, their difference and its interval. */
export function createDifferenceTable(actions: {
  readonly choose: (attribute: string) => void;
  readonly open: (attribute: string) => void;
  readonly sort: (sort: Sort) => void;
}): DifferenceTable {
  const head = element('thead');
  const body = element('tbody');
  const table = element(
    'table',
    {
      class: 'difference-table',
      attributes: { role: 'grid', 'aria-label': t('Differences of the two models') },
    },
    head,
    body,
  );
  let shown: ModelsView | null = null;
  const lines = new Map<string, HTMLElement>();
  const withAttribute = (act: (attribute: string) => void) => (index: number) => {
    const row = shown?.differences[index];
    if (row) act(row.attribute);
  };
  const rows = createGridRows(body, {
    choose: withAttribute(actions.choose),
    open: withAttribute(actions.open),
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
      if (before?.x !== view.x || before.y !== view.y) {
        const models = JSON.stringify([view.x.label, view.y.label]);
        if (head.dataset['models'] !== models) {
          head.dataset['models'] = models;
          head.replaceChildren(element('tr', {}, ...headers(view, sort)));
        }
      }
      markSorted(head, view.sort);
      if (!before || !hasSameModels(before, view)) lines.clear();
      if (!before || !isSameTable(before, view)) {
        setChildren(
          body,
          view.differences.map((row) => {
            const key = `${row.modality} ${row.attribute}`;
            const line = lines.get(key) ?? rowElement(row);
            lines.set(key, line);
            return line;
          }),
        );
      }
      rows.mark((index) => view.differences[index]!.attribute === view.selected);
    },
  };
}

function headers({ x, y }: ModelsView, sort: (column: ListColumn) => void): HTMLElement[] {
  const column = (key: string, name: string, note: string, descendingFirst = true): ListColumn => ({
    key,
    name,
    note,
    descendingFirst,
  });
  const modelColumn = (key: string, label: string) =>
    sortHeader(
      column(key, label, t('Signed KS distance of {0}', `\u2068${label}\u2069`)),
      sort,
      phraseNodes([{ name: label }]).slice(),
    );
  return [
    sortHeader(column('attribute', t('Attribute'), t('Name of the attribute'), false), sort),
    sortHeader(column('modality', '+ −', t('Modality'), false), sort),
    modelColumn('x', x.label),
    modelColumn('y', y.label),
    sortHeader(
      column('difference', t('Difference'), t('The first less the second; sorted by its size')),
      sort,
    ),
    element('th', { class: 'column-interval', attributes: { scope: 'col' }, text: t('95 % interval') }),
    sortHeader(column('excludes', t('Zero'), t('Whether the interval excludes zero')), sort),
  ];
}

function hasSameModels(a: ModelsView, b: ModelsView): boolean {
  return a.x.result === b.x.result && a.y.result === b.y.result;
}

function isSameTable(a: ModelsView, b: ModelsView): boolean {
  return (
    hasSameModels(a, b) &&
    a.differences.length === b.differences.length &&
    a.differences.every(
      ({ attribute, modality }, index) =>
        attribute === b.differences[index]!.attribute && modality === b.differences[index]!.modality,
    )
  );
}

function rowElement(row: Difference): HTMLElement {
  const { attribute, modality, x, y } = row;
  const [difference, interval, excludes] = differenceCells(row);
  const isSure = excludesZero(row);
  return element(
    'tr',
    isSure ? { class: 'sure' } : {},
    element(
      'th',
      { class: 'cell-name', attributes: { scope: 'row' } },
      ...phraseNodes([{ name: attribute }]),
    ),
    element(
      'td',
      { class: 'modality', attributes: { 'aria-label': modalityName(modality) } },
      element('span', { class: `dot ${modality}`, attributes: { title: modalityName(modality) } }),
    ),
    numberCell(formatKs(ksOf(x, true))),
    numberCell(formatKs(ksOf(y, true))),
    numberCell(difference),
    element('td', { class: 'range muted', text: interval }),
    element('td', { class: 'verdict', text: excludes }),
  );
}
