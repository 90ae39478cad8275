import type { AssociationMap, Cell } from '../associationState.ts';

const pageCells = 10;

/** Where a key moves the choice in the map; the first key goes to the strongest pair. `null`: it means nothing. */
export function nextCell(
  key: string,
  chosen: Cell | null,
  map: Pick<AssociationMap, 'cells' | 'measure'>,
): Cell | null {
  const last = map.cells.length - 1;
  if (!isMove(key) || last < 0) return null;
  if (!chosen) return strongest(map);
  const step = moves[key];
  const within = (index: number) => Math.min(last, Math.max(0, index));
  if (key === 'Home') return { ...chosen, column: 0 };
  if (key === 'End') return { ...chosen, column: last };
  return { row: within(chosen.row + step[0]), column: within(chosen.column + step[1]) };
}

const moves = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-pageCells, 0],
  PageDown: [pageCells, 0],
  Home: [0, 0],
  End: [0, 0],
} as const satisfies Record<string, readonly [rows: number, columns: number]>;

function isMove(key: string): key is keyof typeof moves {
  return Object.hasOwn(moves, key);
}

function strongest({ cells, measure }: Pick<AssociationMap, 'cells' | 'measure'>): Cell {
  let found: Cell = { row: 0, column: 0 };
  let largest = -1;
  cells.forEach((line, row) => {
    line.forEach((pair, column) => {
      const value = Math.abs(pair?.[measure] ?? 0);
      if (row !== column && value > largest) [found, largest] = [{ row, column }, value];
    });
  });
  return found;
}
