import { element } from '../../dom.ts';
import { t } from '../../l10n.ts';
import { colourChoices, colourKey } from '../../projection/colouring.ts';
import { colourName, methodNames } from '../../projection/projectionWording.ts';
import type { ShownProjection } from '../../projection/projectionState.ts';
import { select } from '../controls.ts';
import type { Actions, View } from '../view.ts';

export interface ProjectionToolbar extends View<{
  readonly shown: ShownProjection;
  readonly isLasso: boolean;
}> {
  toggleView(): void;
}

/** Which drawing, coloured by what, as a map or a table, and what a hand does on it. */
export function createProjectionToolbar(
  actions: Actions,
  act: { toggleLasso(): void; zoom(factor: number): void; reset(): void },
): ProjectionToolbar {
  const umap = tool(methodNames.umap, () => actions.change({ projectionMethod: 'umap' }));
  const pca = tool(methodNames.pca, () => actions.change({ projectionMethod: 'pca' }));
  const map = tool(t('Map'), () => actions.change({ projectionView: 'chart' }));
  const table = tool(t('Table'), () => actions.change({ projectionView: 'table' }));
  const colour = select(t('Colour by'), (projectionColour) => actions.change({ projectionColour }));
  colour.element.classList.add('colour');
  const lasso = tool(
    t('Lasso'),
    () => act.toggleLasso(),
    t('Lasso (L): draw around points to select them; or drag with Shift'),
  );
  const onMap = element(
    'div',
    { class: 'map-tools', attributes: { role: 'group', 'aria-label': t('On the map') } },
    lasso,
    tool('−', () => act.zoom(1 / 1.5), t('Zoom out (−)')),
    tool('+', () => act.zoom(1.5), t('Zoom in (+)')),
    tool(t('All'), () => act.reset(), t('All points (0)')),
  );
  let shown: ShownProjection | null = null;
  return {
    element: element(
      'div',
      { class: 'toolbar' },
      group(t('Projection'), umap, pca),
      group(t('View (T)'), map, table),
      element(
        'div',
        { class: 'colouring' },
        element('span', { class: 'muted', text: t('Colour by') }),
        colour.element,
      ),
      onMap,
    ),
    toggleView: () => actions.change({ projectionView: shown?.view === 'chart' ? 'table' : 'chart' }),
    update({ shown: next, isLasso }) {
      shown = next;
      press(umap, next.method === 'umap');
      press(pca, next.method === 'pca');
      press(map, next.view === 'chart');
      press(table, next.view === 'table');
      press(lasso, isLasso);
      onMap.hidden = next.view === 'table';
      colour.set(
        colourChoices(next.projection).map((choice) => ({
          value: colourKey(choice),
          label: colourName(choice),
        })),
        colourKey(next.colouring.choice),
      );
    },
  };
}

function group(label: string, ...tools: readonly HTMLElement[]): HTMLElement {
  return element(
    'div',
    { class: 'segments', attributes: { role: 'group', 'aria-label': label, title: label } },
    ...tools,
  );
}

function tool(text: string, act: () => void, title?: string): HTMLButtonElement {
  const node = element('button', {
    class: 'tool',
    text,
    attributes: { type: 'button', ...(title === undefined ? {} : { title, 'aria-label': title }) },
  });
  node.addEventListener('click', act);
  return node;
}

function press(node: HTMLElement, isPressed: boolean): void {
  node.setAttribute('aria-pressed', String(isPressed));
}
