import { element } from '../../dom.ts';
import { projectionFigure } from '../../figures/projectionFigure.ts';
import { t } from '../../l10n.ts';
import { prepareProfile } from '../../projection/profile.ts';
import { allPointsAsCsv } from '../../projection/projectionCsv.ts';
import type { ProjectionView, ShownProjection } from '../../projection/projectionState.ts';
import { neighboursOf } from '../../projection/projectionState.ts';
import type { Projection } from '../../../src/protocol/projectionSchema.ts';
import type { Report } from '../../../src/protocol/report.ts';
import type { Theme } from '../../theme.ts';
import { button } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import { createSaveMenu, saveableOf } from '../saveMenu.ts';
import { onShortcut } from '../shortcuts.ts';
import type { Actions, View } from '../view.ts';
import { createLegendPart } from './legendPart.ts';
import { createPointPart } from './pointPart.ts';
import { createPointTable } from './pointTable.ts';
import { createProjectionNotes } from './projectionNotes.ts';
import { createProjectionPlot } from './projectionPlot.ts';
import { createProjectionToolbar } from './projectionToolbar.ts';
import { createSelectionPart } from './selectionPart.ts';
import { createStatusPart } from './statusPart.ts';

/** The map of the embeddings, what is selected on it, and what to do where there is none. */
export function createProjectionSection(actions: Actions): View<ProjectionView> {
  let view: ProjectionView | null = null;
  let theme: Theme | null = null;
  let askedFor: Report | null = null;
  let looked: Projection | null = null;
  // What is looked at lasts as long as the page: points of a projection that is made anew are others.
  let selected: Int32Array | null = null;
  let picked: number | null = null;
  let isLasso = false;

  const status = createStatusPart(actions);
  const toolbar = createProjectionToolbar(actions, {
    toggleLasso,
    zoom: (factor) => plot.zoom(factor),
    reset: () => plot.reset(),
  });
  const notes = createProjectionNotes();
  const plot = createProjectionPlot({
    select(points) {
      isLasso = false;
      selected = points.length > 0 ? points : null;
      picked = null;
      redraw();
    },
    pick,
    escape() {
      if (isLasso) isLasso = false;
      else if (picked !== null) picked = null;
      else selected = null;
      redraw();
    },
  });
  const legend = createLegendPart();
  const save = createSaveMenu(actions, t('Map of the embeddings'), ['svg', 'png', 'csv'], () => {
    const shown = view?.shown;
    return shown
      ? saveableOf(projectionFigure(shown), () => allPointsAsCsv(shown.projection, shown.points))
      : null;
  });
  const anew = button(
    t('Compute anew'),
    () => actions.post({ type: 'requestProjection', start: true }),
    true,
  );
  const table = createPointTable({ pick, open: () => pointPart.focus() });
  const master = element(
    'div',
    { class: 'master' },
    toolbar.element,
    notes.element,
    element('div', { class: 'figure-head' }, legend.element, save),
    plot.element,
    table.element,
    element('p', { class: 'notes-line' }, definitionLink(actions, 'projection', t('UMAP and PCA')), anew),
  );
  const hint = element('p', {
    class: 'muted',
    text: t(
      'Nothing is selected. Draw around points with the lasso (L), or set two corners of a rectangle with Enter: their faces and what they have in common are shown here. One point shows its face and its nearest neighbours.',
    ),
  });
  const pointPart = createPointPart(actions, pick);
  const selectionPart = createSelectionPart(actions, () => {
    selected = null;
    redraw();
    plot.focus();
  });
  const detail = element('div', { class: 'detail' }, hint, pointPart.element, selectionPart.element);
  const root = element('div', { class: 'projection' }, status.element, master, detail);
  onShortcut(root, (key) => {
    if (view?.status !== 'shown') return false;
    if (key === 't') toolbar.toggleView();
    else if (key === 'l') toggleLasso();
    else return false;
    return true;
  });

  return {
    element: root,
    update(next, nextTheme) {
      view = next;
      theme = nextTheme;
      if (next.status === 'asking' && askedFor !== next.report) {
        askedFor = next.report;
        actions.post({ type: 'requestProjection', start: false });
      }
      const projection = next.shown?.projection ?? null;
      if (projection !== looked) {
        looked = projection;
        [selected, picked, isLasso] = [null, null, false];
        if (projection) prepare(projection);
      }
      draw(next, nextTheme);
    },
  };

  /** What a lasso asks for, between other things, and no longer than the projection is looked at. */
  function prepare(projection: Projection): void {
    requestIdleCallback(() => {
      if (looked === projection && prepareProfile(projection)) prepare(projection);
    });
  }

  function draw(shownView: ProjectionView, shownTheme: Theme): void {
    const { shown } = shownView;
    status.element.hidden = shown !== null;
    master.hidden = detail.hidden = shown === null;
    root.classList.toggle('section', shown !== null);
    if (shown) drawMap(shownView, shown, shownTheme);
    else status.update(shownView, shownTheme);
  }

  function drawMap(shownView: ProjectionView, shown: ShownProjection, shownTheme: Theme): void {
    const isMap = shown.view === 'chart';
    toolbar.update({ shown, isLasso }, shownTheme);
    notes.update(shownView, shownTheme);
    anew.hidden = shownView.running !== null;
    legend.update(shown, shownTheme);
    legend.element.hidden = plot.element.hidden = !isMap;
    table.element.hidden = isMap;
    if (isMap) {
      const neighbours = picked === null ? [] : neighboursOf(shown.model, picked).map(({ point }) => point);
      plot.update({ shown, selected, picked, neighbours, isLasso }, shownTheme);
    } else table.update({ shown, selected, picked }, shownTheme);
    hint.hidden = selected !== null || picked !== null;
    pointPart.element.hidden = picked === null;
    if (picked !== null) pointPart.update({ shown, point: picked }, shownTheme);
    selectionPart.element.hidden = selected === null;
    if (selected !== null) {
      selectionPart.update({ shown, fileName: shownView.fileName, selected }, shownTheme);
    }
  }

  function pick(point: number | null): void {
    picked = point;
    redraw();
  }

  function toggleLasso(): void {
    isLasso = !isLasso;
    redraw();
  }

  function redraw(): void {
    if (view && theme) draw(view, theme);
  }
}
