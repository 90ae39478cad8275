export const lineHeightPx = 15;

/** Room over the plot for names in so many rows. */
export function heightOfRows(nRows: number): number {
  return nRows * lineHeightPx + 4;
}

/** For each interval the lowest row in which it overlaps none before it. */
export function rowsOf(intervals: readonly (readonly [left: number, right: number])[]): number[] {
  const order = [...intervals.keys()].sort((a, b) => intervals[a]![0] - intervals[b]![0]);
  const ends: number[] = [];
  const rows = new Array<number>(intervals.length).fill(0);
  for (const index of order) {
    const [left, right] = intervals[index]!;
    const free = ends.findIndex((end) => end <= left);
    rows[index] = free < 0 ? ends.length : free;
    ends[rows[index]] = right;
  }
  return rows;
}
