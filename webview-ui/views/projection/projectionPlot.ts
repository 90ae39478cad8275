import { element, phraseNodes, setText } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { t } from '../../l10n.ts';
import {
  type Camera,
  panned,
  placementOf,
  pointUnder,
  wholeCamera,
  zoomedAt,
} from '../../projection/camera.ts';
import { moveCursor, type PlotCursor } from '../../projection/plotCursor.ts';
import { pointRadius, strideFor } from '../../projection/pointSize.ts';
import type { PointSet } from '../../projection/pointSet.ts';
import { rectangle } from '../../projection/polygon.ts';
import {
  mapCaveat,
  mapInWords,
  plotLabel,
  pointInWords,
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
  readonly isLasso: boolean;
}

export interface PlotActions {
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
  let camera: Camera | null = null;
  let cursor: PlotCursor | null = null;
  let hovered: number | null = null;
  let outline: readonly number[] | null = null;
  /** In the plane, of the points it was drawn around. */
  let chosen: { readonly outline: readonly number[]; readonly points: PointSet } | null = null;
  let frame = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let paintedMs = 0;

  const viewport = () => ({ width: field.clientWidth, height: field.clientHeight });
  const placement = () => placementOf(camera!, content!.shown.points.index.bounds, viewport());
  const onScreen = (point: number): readonly [number, number] => {
    const { scale, left, top } = placement();
    const { x, y } = content!.shown.points;
    return [x[point]! * scale + left, top - y[point]! * scale];
  };
  const pointAt = (sx: number, sy: number): number | null => {
    const place = placement();
    return content!.shown.points.index.nearest(...pointUnder(place, sx, sy), reachPx / place.scale);
  };
  const inPlane = (polygon: readonly number[]): number[] => {
    const place = placement();
    return polygon.flatMap((_, i) => (i % 2 === 0 ? pointUnder(place, polygon[i]!, polygon[i + 1]!) : []));
  };
  const onPlot = (polygon: readonly number[]): number[] => {
    const { scale, left, top } = placement();
    return polygon.map((value, i) => (i % 2 === 0 ? value * scale + left : top - value * scale));
  };

  attachGestures(field, {
    isLasso: () => content?.isLasso ?? false,
    pan(dx, dy) {
      camera = panned(camera!, content!.shown.points.index.bounds, placement(), dx, dy);
      moveOn();
    },
    zoom,
    lasso(drawn) {
      outline = drawn;
      showMarks();
    },
    lassoEnd: (drawn) => selectWithin(inPlane(drawn)),
    lassoCancel() {
      outline = null;
      showMarks();
    },
    click: (x, y) => actions.pick(pointAt(x, y)),
    hover(at) {
      const point = at && content ? pointAt(...at) : null;
      if (point === hovered) return;
      hovered = point;
      showMarks();
      showReadout();
    },
  });
  field.addEventListener('keydown', (event) => {
    if (!content || event.altKey || event.ctrlKey || event.metaKey) return;
    if (keyDown(event)) event.preventDefault();
  });
  new ResizeObserver(() => draw(1)).observe(field);

  return {
    element: root,
    focus: () => field.focus(),
    zoom: (factor) => zoom(factor, middle()),
    reset,
    update(next, nextTheme) {
      const before = content;
      content = next;
      const { shown } = next;
      if (before?.shown.points !== shown.points) {
        camera = wholeCamera(shown.points.index.bounds);
        [cursor, hovered, outline] = [null, null, null];
      }
      if (next.selected === null) chosen = null;
      const isNew = before?.shown !== shown;
      if (isNew) showWords(shown);
      const isSame =
        before?.shown.points === shown.points &&
        before.shown.colouring === shown.colouring &&
        before.selected === next.selected &&
        theme === nextTheme;
      theme = nextTheme;
      field.classList.toggle('lasso', next.isLasso);
      if (!isSame) draw(1);
      showMarks();
      showReadout();
    },
  };

  function keyDown(event: KeyboardEvent): boolean {
    const step = moveCursor(cursor, event, viewport());
    if (step) {
      cursor = step.cursor;
      if (step.pan[0] !== 0 || step.pan[1] !== 0) {
        camera = panned(camera!, content!.shown.points.index.bounds, placement(), ...step.pan);
        moveOn();
      }
      hovered = pointAt(cursor.x, cursor.y);
      showMarks();
      showReadout();
      speak(hovered === null ? t('No image here.') : plainText(pointInWords(content!.shown, hovered)));
      return true;
    }
    switch (event.key) {
      case 'Enter':
        setCorner();
        return true;
      case ' ':
        pickAtCursor();
        return true;
      case '+':
      case '=':
        zoom(1.5, cursor ? [cursor.x, cursor.y] : middle());
        return true;
      case '-':
        zoom(1 / 1.5, cursor ? [cursor.x, cursor.y] : middle());
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

  function setCorner(): void {
    cursor ??= { x: middle()[0], y: middle()[1], corner: null };
    const here = pointUnder(placement(), cursor.x, cursor.y);
    if (cursor.corner) {
      const { corner } = cursor;
      cursor = { ...cursor, corner: null };
      selectWithin(rectangle(...corner, ...here));
      return;
    }
    cursor = { ...cursor, corner: here };
    showMarks();
    speak(t('First corner set. Move the cursor and press Enter for the opposite one.'));
  }

  function pickAtCursor(): void {
    const point = cursor ? pointAt(cursor.x, cursor.y) : null;
    if (point === null) speak(t('No image here.'));
    else actions.pick(point);
  }

  function selectWithin(polygon: readonly number[]): void {
    const { points } = content!.shown;
    outline = null;
    chosen = { outline: polygon, points };
    const found = points.index.inside(polygon);
    if (found.length === 0) chosen = null;
    speak(
      found.length === 0 ? t('No image in there.') : t('{0} images selected.', formatCount(found.length)),
    );
    actions.select(found);
    showMarks();
  }

  function zoom(factor: number, at: readonly [number, number]): void {
    camera = zoomedAt(camera!, content!.shown.points.index.bounds, viewport(), factor, at);
    moveOn();
  }

  function reset(): void {
    camera = wholeCamera(content!.shown.points.index.bounds);
    draw(1);
  }

  function middle(): readonly [number, number] {
    const { width, height } = viewport();
    return [width / 2, height / 2];
  }

  /** Draws as much as keeps up, and all of it once the map rests. */
  function moveOn(): void {
    const stride = strideFor(paintedMs);
    draw(stride);
    clearTimeout(rest);
    if (stride > 1) rest = setTimeout(() => draw(1), restMs);
  }

  function draw(stride: number): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (!content || !theme || !camera) return;
      const { shown, selected } = content;
      const place = placement();
      const ms = canvas.paint({
        points: shown.points,
        colouring: shown.colouring,
        selected,
        theme,
        placement: place,
        viewport: viewport(),
        zoom: camera.zoom,
        stride,
      });
      if (stride === 1) paintedMs = ms;
      setText(thinned, stride === 1 ? '' : t('While it moves, one of {0} points is drawn.', stride));
      axes.place(place, viewport());
      showMarks();
    });
  }

  function showMarks(): void {
    if (!content || !camera) return;
    const { picked, neighbours, shown } = content;
    const corner = cursor?.corner ? onPlot(cursor.corner) : null;
    marks.show({
      picked: picked === null ? null : onScreen(picked),
      neighbours: neighbours.map(onScreen),
      hovered: hovered === null ? null : onScreen(hovered),
      cursor: cursor ? [cursor.x, cursor.y] : null,
      outline: corner && cursor ? rectangle(corner[0]!, corner[1]!, cursor.x, cursor.y) : outline,
      chosen: chosen?.points === shown.points ? onPlot(chosen.outline) : null,
      radius: pointRadius(shown.points.x.length, camera.zoom),
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
