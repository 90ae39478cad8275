import { element, phraseNodes, setText } from '../../dom.ts';
import { t } from '../../l10n.ts';
import { PaintClock } from '../../projection/paintClock.ts';
import { moveCursor, type PlotCursor } from '../../projection/plotCursor.ts';
import { PlotView } from '../../projection/plotView.ts';
import { pointRadius } from '../../projection/pointSize.ts';
import type { PointSet } from '../../projection/pointSet.ts';
import { rectangle } from '../../projection/polygon.ts';
import {
  mapCaveat,
  mapInWords,
  plotLabel,
  pointInWords,
  selectionSpoken,
  thinnedInWords,
} from '../../projection/projectionWording.ts';
import type { ShownProjection } from '../../projection/projectionState.ts';
import type { Theme } from '../../theme.ts';
import { plainText } from '../../wording.ts';
import type { View } from '../view.ts';
import { createPlotAxes } from './plotAxes.ts';
import { attachGestures } from './plotGestures.ts';
import { createPlotMarks } from './plotMarks.ts';
import { createPointCanvas } from './pointCanvas.ts';

export interface PlotContent {
  readonly shown: ShownProjection;
  readonly selected: Int32Array | null;
  readonly picked: number | null;
  /** Of the picked point. */
  readonly neighbours: readonly number[];
  /** Whether a drag draws a lasso. */
  readonly isLasso: boolean;
}

export interface PlotActions {
  /** May be none. */
  select(points: Int32Array): void;
  /** `null`: nothing is there. */
  pick(point: number | null): void;
  /** Ends the lasso, else the picked point, else the selection. */
  escape(): void;
}

export interface ProjectionPlot extends View<PlotContent> {
  focus(): void;
  zoom(factor: number): void;
  reset(): void;
}

/** A pointer, and a cursor, this near to a point means it. */
const reachPx = 12;
/** After so long without a movement all points are drawn again. */
const restMs = 140;
const zoomStep = 1.5;

/** The map: pan, zoom, lasso and click by pointer; cursor and rectangle by keys. */
export function createProjectionPlot(actions: PlotActions): ProjectionPlot {
  const canvas = createPointCanvas();
  const marks = createPlotMarks();
  const field = element(
    'div',
    {
      class: 'plot-field',
      attributes: { role: 'application', tabindex: 0, 'aria-roledescription': t('map of images') },
    },
    canvas.element,
    marks.element,
  );
  const axes = createPlotAxes();
  const readout = element('p', { class: 'readout', attributes: { 'aria-hidden': true } });
  const spoken = element('p', { class: 'spoken', attributes: { role: 'status' } });
  const thinned = element('p', { class: 'muted thinned', attributes: { 'aria-hidden': true } });
  const words = element('p');
  const caveat = element('p', { class: 'muted' });
  const root = element(
    'figure',
    { class: 'projection-plot' },
    element('div', { class: 'plot-frame' }, axes.yTitle, axes.yTicks, field, axes.xTicks, axes.xTitle),
    thinned,
    readout,
    spoken,
    element('figcaption', {}, words, caveat),
  );

  let content: PlotContent | null = null;
  let theme: Theme | null = null;
  let view: PlotView | null = null;
  let cursor: PlotCursor | null = null;
  let hovered: number | null = null;
  let outline: readonly number[] | null = null;
  /** In the plane, of the points it was drawn around. */
  let chosen: { readonly outline: readonly number[]; readonly points: PointSet } | null = null;
  let frame = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const clock = new PaintClock();

  attachGestures(field, {
    isLasso: () => content?.isLasso ?? false,
    pan(dx, dy) {
      view?.panBy(dx, dy);
      moveOn();
    },
    zoom,
    lasso: showOutline,
    lassoEnd: (drawn) => view && selectWithin(view.inPlane(drawn)),
    lassoCancel: () => showOutline(null),
    click: (x, y) => actions.pick(view?.pointAt([x, y], reachPx) ?? null),
    hover(at) {
      const point = at && view ? view.pointAt(at, reachPx) : null;
      if (point === hovered) return;
      hovered = point;
      showMarks();
      showReadout();
    },
  });
  field.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (view && keyDown(event, view)) event.preventDefault();
  });
  new ResizeObserver(() => draw(1)).observe(field);

  return {
    element: root,
    focus: () => field.focus(),
    zoom: (factor) => zoom(factor, view?.middle ?? [0, 0]),
    reset,
    update(next, nextTheme) {
      const before = content;
      const { shown } = next;
      content = next;
      if (view?.points !== shown.points) {
        view = new PlotView(shown.points, () => ({ width: field.clientWidth, height: field.clientHeight }));
        [cursor, hovered, outline] = [null, null, null];
      }
      if (next.selected === null) chosen = null;
      const isSame =
        before?.shown.points === shown.points &&
        before.shown.colouring === shown.colouring &&
        before.selected === next.selected &&
        theme === nextTheme;
      theme = nextTheme;
      field.classList.toggle('lasso', next.isLasso);
      showWords(shown);
      if (!isSame) draw(1);
      showMarks();
      showReadout();
    },
  };

  function keyDown(event: KeyboardEvent, seen: PlotView): boolean {
    const step = moveCursor(cursor, event, seen.viewport);
    if (step) {
      cursor = step.cursor;
      if (step.pan[0] !== 0 || step.pan[1] !== 0) {
        seen.panBy(...step.pan);
        moveOn();
      }
      hovered = seen.pointAt([cursor.x, cursor.y], reachPx);
      showMarks();
      showReadout();
      speak(hovered === null ? t('No image here.') : plainText(pointInWords(content!.shown, hovered)));
      return true;
    }
    const at = cursor ? ([cursor.x, cursor.y] as const) : seen.middle;
    switch (event.key) {
      case 'Enter':
        setCorner(seen, at);
        return true;
      case ' ': {
        const point = seen.pointAt(at, reachPx);
        if (point === null) speak(t('No image here.'));
        else actions.pick(point);
        return true;
      }
      case '+':
      case '=':
        zoom(zoomStep, at);
        return true;
      case '-':
        zoom(1 / zoomStep, at);
        return true;
      case '0':
        reset();
        return true;
      case 'Escape':
        if (cursor?.corner) {
          cursor = { ...cursor, corner: null };
          showMarks();
          speak(t('Rectangle given up.'));
        } else actions.escape();
        return true;
      default:
        return false;
    }
  }

  function setCorner(seen: PlotView, at: readonly [number, number]): void {
    const here = seen.inPlane(at) as [number, number];
    const corner = cursor?.corner ?? null;
    cursor = { x: at[0], y: at[1], corner: corner ? null : here };
    if (corner) {
      selectWithin(rectangle(...corner, ...here));
      return;
    }
    showMarks();
    speak(t('First corner set. Move the cursor and press Enter for the opposite one.'));
  }

  function selectWithin(polygon: readonly number[]): void {
    const { points } = content!.shown;
    const found = points.index.inside(polygon);
    chosen = found.length === 0 ? null : { outline: polygon, points };
    outline = null;
    speak(selectionSpoken(found.length));
    actions.select(found);
    showMarks();
  }

  function zoom(factor: number, at: readonly [number, number]): void {
    view?.zoomBy(factor, at);
    moveOn();
  }

  function reset(): void {
    view?.reset();
    draw(1);
  }

  /** Draws as much as keeps up, and all of it once the map rests. */
  function moveOn(): void {
    const stride = clock.stride(view?.points.x.length ?? 0);
    draw(stride);
    clearTimeout(rest);
    if (stride > 1) rest = setTimeout(() => draw(1), restMs);
  }

  function draw(stride: number): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (!content || !theme || !view) return;
      const { selected, shown } = content;
      const { points, viewport, zoom: zoomed } = view;
      const placement = view.placement();
      const { colouring } = shown;
      clock.record(
        canvas.paint({ points, colouring, selected, theme, placement, viewport, zoom: zoomed, stride }),
        stride,
      );
      setText(thinned, stride === 1 ? '' : t('While it moves, one of {0} points is drawn.', stride));
      axes.place(placement, viewport);
      showMarks();
    });
  }

  function showOutline(drawn: readonly number[] | null): void {
    outline = drawn;
    showMarks();
  }

  function showMarks(): void {
    if (!content || !view) return;
    const seen = view;
    const { picked, neighbours } = content;
    const corner = cursor?.corner ? seen.onPlot(cursor.corner) : null;
    marks.show({
      picked: picked === null ? null : seen.onScreen(picked),
      neighbours: neighbours.map((point) => seen.onScreen(point)),
      hovered: hovered === null ? null : seen.onScreen(hovered),
      cursor: cursor ? [cursor.x, cursor.y] : null,
      outline: corner && cursor ? rectangle(corner[0]!, corner[1]!, cursor.x, cursor.y) : outline,
      chosen: chosen?.points === seen.points ? seen.onPlot(chosen.outline) : null,
      radius: pointRadius(seen.points.x.length, seen.zoom),
    });
  }

  function showReadout(): void {
    const point = hovered ?? content?.picked ?? null;
    readout.replaceChildren(
      ...(point === null || !content
        ? [t('Drag to move, scroll to zoom, Shift and drag to select; click a point to see its face.')]
        : phraseNodes(pointInWords(content.shown, point))),
    );
  }

  function showWords(shown: ShownProjection): void {
    axes.show(shown);
    field.setAttribute('aria-label', plotLabel(shown));
    words.replaceChildren(...phraseNodes(mapInWords(shown)));
    setText(caveat, [mapCaveat(shown), thinnedInWords(shown) ?? ''].join(' ').trim());
  }

  function speak(text: string): void {
    spoken.textContent = text;
  }
}
