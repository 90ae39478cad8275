/** What a pointer does to a plot; places in pixels from its upper left corner. */
export interface PlotGestures {
  /** Whether a drag draws a lasso though the Shift key is up. */
  isLasso(): boolean;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: readonly [x: number, y: number]): void;
  /** The lasso so far, x and y in turn. */
  lasso(outline: readonly number[]): void;
  lassoEnd(outline: readonly number[]): void;
  lassoCancel(): void;
  click(x: number, y: number): void;
  /** `null`: the pointer has left, or does something else. */
  hover(at: readonly [x: number, y: number] | null): void;
}

/** A pointer that has moved less has not moved. */
const clickPx = 4;
/** Corners of a lasso that are closer add nothing. */
const lassoStepPx = 3;
const wheelRate = 0.0015;

type Gesture =
  | { readonly kind: 'press'; readonly x: number; readonly y: number }
  | { readonly kind: 'pan'; x: number; y: number }
  | { readonly kind: 'lasso'; readonly outline: number[] }
  | { readonly kind: 'pinch'; distance: number; x: number; y: number };

/**
 * Drag pans, or draws a lasso (with Shift, or in that mode); the wheel zooms at the pointer, two fingers pinch, a
 * press without a drag is a click.
 */
export function attachGestures(field: HTMLElement, act: PlotGestures): void {
  const pointers = new Map<number, readonly [x: number, y: number]>();
  let gesture: Gesture | null = null;
  const place = (event: MouseEvent): readonly [x: number, y: number] => {
    const { left, top } = field.getBoundingClientRect();
    return [event.clientX - left - field.clientLeft, event.clientY - top - field.clientTop];
  };

  field.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const [x, y] = place(event);
    pointers.set(event.pointerId, [x, y]);
    field.setPointerCapture(event.pointerId);
    act.hover(null);
    if (pointers.size === 2) {
      if (gesture?.kind === 'lasso') act.lassoCancel();
      gesture = { kind: 'pinch', ...spread(pointers) };
    } else if (pointers.size === 1) {
      gesture =
        event.shiftKey || act.isLasso() ? { kind: 'lasso', outline: [x, y] } : { kind: 'press', x, y };
    }
  });
  field.addEventListener('pointermove', (event) => {
    const [x, y] = place(event);
    if (!pointers.has(event.pointerId)) {
      if (pointers.size === 0 && event.pointerType !== 'touch') act.hover([x, y]);
      return;
    }
    pointers.set(event.pointerId, [x, y]);
    gesture = moved(gesture, x, y);
  });
  field.addEventListener('pointerleave', () => act.hover(null));
  field.addEventListener('pointerup', (event) => {
    pointers.delete(event.pointerId);
    const ended = gesture;
    gesture = null;
    if (ended?.kind === 'press') act.click(ended.x, ended.y);
    if (ended?.kind !== 'lasso') return;
    // A press without a drag, with Shift or without.
    if (ended.outline.length < 6) {
      act.lassoCancel();
      act.click(ended.outline[0]!, ended.outline[1]!);
    } else act.lassoEnd(ended.outline);
  });
  field.addEventListener('pointercancel', (event) => {
    pointers.delete(event.pointerId);
    if (gesture?.kind === 'lasso') act.lassoCancel();
    gesture = null;
  });
  field.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      // Two fingers on a pad arrive as a wheel with Ctrl, in smaller steps.
      const rate = event.ctrlKey ? 8 * wheelRate : wheelRate;
      act.zoom(Math.exp(-event.deltaY * lines * rate), place(event));
    },
    { passive: false },
  );

  function moved(current: Gesture | null, x: number, y: number): Gesture | null {
    switch (current?.kind) {
      case undefined:
        return null;
      case 'press':
        if (Math.hypot(x - current.x, y - current.y) < clickPx) return current;
        act.pan(x - current.x, y - current.y);
        return { kind: 'pan', x, y };
      case 'pan':
        act.pan(x - current.x, y - current.y);
        return { kind: 'pan', x, y };
      case 'lasso': {
        const { outline } = current;
        if (Math.hypot(x - outline.at(-2)!, y - outline.at(-1)!) >= lassoStepPx) {
          outline.push(x, y);
          act.lasso(outline);
        }
        return current;
      }
      case 'pinch': {
        const now = spread(pointers);
        act.pan(now.x - current.x, now.y - current.y);
        if (current.distance > 0) act.zoom(now.distance / current.distance, [now.x, now.y]);
        return { kind: 'pinch', ...now };
      }
    }
  }
}

/** How far apart two pointers are, and the middle between them. */
function spread(pointers: ReadonlyMap<number, readonly [number, number]>) {
  const [a, b] = [...pointers.values()] as [readonly [number, number], readonly [number, number]];
  return { distance: Math.hypot(a[0] - b[0], a[1] - b[1]), x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2 };
}
