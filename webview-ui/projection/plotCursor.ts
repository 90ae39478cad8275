/** The cross that arrow keys move, in pixels from the upper left corner, and the corner that was set. */
export interface PlotCursor {
  readonly x: number;
  readonly y: number;
  /** In the plane, so that it stays with the points when the map moves. */
  readonly corner: readonly [x: number, y: number] | null;
}

export interface CursorStep {
  readonly cursor: PlotCursor;
  /** How far the map has to move so that the cursor stays in sight. */
  readonly pan: readonly [dx: number, dy: number];
}

const stepPx = 8;
const largeStepPx = 48;
/** So far from the border the map moves and not the cursor. */
const edgePx = 12;

/** `null` where the key does not move it. The first key puts it into the middle. */
export function moveCursor(
  cursor: PlotCursor | null,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  { width, height }: { readonly width: number; readonly height: number },
): CursorStep | null {
  if (!isMove(key)) return null;
  if (!cursor) return { cursor: { x: width / 2, y: height / 2, corner: null }, pan: [0, 0] };
  const step = shiftKey ? largeStepPx : stepPx;
  const [x, y] = [cursor.x + moves[key][0] * step, cursor.y + moves[key][1] * step];
  const seenX = Math.min(Math.max(x, edgePx), Math.max(edgePx, width - edgePx));
  const seenY = Math.min(Math.max(y, edgePx), Math.max(edgePx, height - edgePx));
  // Adding 0 makes −0 plain.
  return { cursor: { ...cursor, x: seenX, y: seenY }, pan: [seenX - x + 0, seenY - y + 0] };
}

const moves = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
} as const satisfies Record<string, readonly [number, number]>;

function isMove(key: string): key is keyof typeof moves {
  return Object.hasOwn(moves, key);
}
