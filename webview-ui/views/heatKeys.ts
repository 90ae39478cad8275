import type { Cell } from '../associationState.ts';

const pageCells = 10;

/** Where a key moves the choice in a map; the first key goes to `first`. `null`: it means nothing. */
export function nextCell(
  key: string,
  chosen: Cell | null,
  map: { readonly size: number; readonly first: () => Cell },
): Cell | null {
  const last = map.size - 1;
  if (!isMove(key) || last < 0) return null;
  if (!chosen) return map.first();
  const step = moves[key];
  const within = (index: number) => Math.min(last, Math.max(0, index));
  if (key === 'Home') return { ...chosen, column: 0 };
  if (key === 'End') return { ...chosen, column: last };
  return { row: within(chosen.row + step[0]), column: within(chosen.column + step[1]) };
}

/** The cell off the diagonal whose strength is the largest. */
export function strongestCell(size: number, strength: (row: number, column: number) => number): Cell {
  let found: Cell = { row: 0, column: 0 };
  let largest = -1;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const value = row === column ? -1 : strength(row, column);
      if (value > largest) [found, largest] = [{ row, column }, value];
    }
  }
  return found;
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
