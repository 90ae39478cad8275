import type { PageState } from '../src/protocol/webviewMessages.ts';

/**
 * What an earlier page left, field by field: a field that this version does not understand is dropped, the
 * others are kept. Written out, since schema libraries compile with `eval`, which the page's policy forbids.
 */
export function parsePageState(value: unknown): PageState {
  if (!isRecord(value)) return {};
  const { model, attribute, filter, sort, view, signed, section, far, tarSort } = value;
  return {
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof attribute === 'string' ? { attribute } : {}),
    ...(typeof filter === 'string' ? { filter } : {}),
    ...(isSort(sort) ? { sort: { column: sort.column, descending: sort.descending } } : {}),
    ...(view === 'chart' || view === 'table' ? { view } : {}),
    ...(typeof signed === 'boolean' ? { signed } : {}),
    ...(typeof section === 'string' ? { section } : {}),
    ...(typeof far === 'number' ? { far } : {}),
    ...(isSort(tarSort) ? { tarSort: { column: tarSort.column, descending: tarSort.descending } } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isSort(value: unknown): value is { column: string; descending: boolean } {
  return isRecord(value) && typeof value['column'] === 'string' && typeof value['descending'] === 'boolean';
}
