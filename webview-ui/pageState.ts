import type { PageState, PKind } from '../src/protocol/webviewMessages.ts';

/**
 * What an earlier page left, field by field: a field that this version does not understand is dropped, the
 * others are kept. Written out, since schema libraries compile with `eval`, which the page's policy forbids.
 */
export function parsePageState(value: unknown): PageState {
  if (!isRecord(value)) return {};
  const { model, attribute, filter, sort, view, signed, section, far, tarSort } = value;
  const { pKind, pSort, modelX, modelY, measure, differenceSort } = value;
  return {
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof attribute === 'string' ? { attribute } : {}),
    ...(typeof filter === 'string' ? { filter } : {}),
    ...sortOf('sort', sort),
    ...(view === 'chart' || view === 'table' ? { view } : {}),
    ...(typeof signed === 'boolean' ? { signed } : {}),
    ...(typeof section === 'string' ? { section } : {}),
    ...(typeof far === 'number' ? { far } : {}),
    ...sortOf('tarSort', tarSort),
    ...(isPKind(pKind) ? { pKind } : {}),
    ...sortOf('pSort', pSort),
    ...(typeof modelX === 'string' ? { modelX } : {}),
    ...(typeof modelY === 'string' ? { modelY } : {}),
    ...(measure === 'max' || measure === 'positive' || measure === 'negative' ? { measure } : {}),
    ...sortOf('differenceSort', differenceSort),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isPKind(value: unknown): value is PKind {
  return value === 'adjusted' || value === 'permutation' || value === 'holm' || value === 'naive';
}

function sortOf(key: 'sort' | 'tarSort' | 'pSort' | 'differenceSort', value: unknown): PageState {
  if (!isRecord(value)) return {};
  const { column, descending } = value;
  return typeof column === 'string' && typeof descending === 'boolean'
    ? { [key]: { column, descending } }
    : {};
}
