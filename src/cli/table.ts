export interface TableColumn {
  readonly head: string;
  readonly cells: readonly string[];
  /** Numbers stand to the right. */
  readonly align: 'left' | 'right';
}

/** Lines of columns as wide as their widest cell, two blanks apart, the heads first. */
export function tableLines(columns: readonly TableColumn[]): string[] {
  const nRows = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const padded = columns.map(({ head, cells, align }) => {
    const all = [head, ...cells];
    const width = Math.max(...all.map(({ length }) => length));
    return all.map((cell) => (align === 'left' ? cell.padEnd(width) : cell.padStart(width)));
  });
  return Array.from({ length: nRows + 1 }, (_, row) =>
    padded
      .map((column) => column[row] ?? '')
      .join('  ')
      .trimEnd(),
  );
}

/** With a fixed number of decimals and a real minus. */
export function signed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}
