import { t } from '../l10n.ts';
import { type Axis, positionOn } from '../charts/axis.ts';
import { attributeScatter, largestSize, radiusOf, scatterInsetPx } from '../charts/attributeScatter.ts';
import { MountedChart } from '../charts/mount.ts';
import { element, phraseNodes } from '../dom.ts';
import { formatFixed } from '../format.ts';
import { isSamePicture, type ScatterPoint, type ScatterView } from '../scatterState.ts';
import type { Theme } from '../theme.ts';
import { plainText } from '../wording.ts';
import { nextIndex } from './listKeys.ts';
import type { View } from './view.ts';

export interface ScatterPlot extends View<ScatterView> {
  focus(): void;
}

/**
 * The canvas, and over it one target for each circle: pointer and keys name it, a click chooses it.
 * @param id of the plot, for the ids of its circles.
 */
export function createScatterPlot(
  id: string,
  actions: {
    readonly choose: (attribute: string) => void;
    readonly open: (attribute: string) => void;
  },
): ScatterPlot {
  const canvas = element('canvas', { attributes: { role: 'img' } });
  const chart = new MountedChart(canvas);
  const list = element('div', {
    class: 'points',
    attributes: { role: 'listbox', tabindex: 0 },
  });
  const name = element('div', { class: 'point-name', attributes: { 'aria-hidden': true } });
  const readout = element('p', { class: 'readout', attributes: { 'aria-hidden': true } });
  const xTicks = element('div', { class: 'x-ticks', attributes: { 'aria-hidden': true } });
  const yTicks = element('div', { class: 'y-ticks', attributes: { 'aria-hidden': true } });
  const xTitle = element('div', { class: 'x-title', attributes: { 'aria-hidden': true } });
  const yTitle = element('div', { class: 'y-title', attributes: { 'aria-hidden': true } });
  const sizes = element('div', { class: 'legend sizes', attributes: { 'aria-hidden': true } });
  const root = element(
    'div',
    { class: 'scatter' },
    yTitle,
    yTicks,
    element('div', { class: 'scatter-plot' }, canvas, list, name),
    xTicks,
    xTitle,
    readout,
    sizes,
  );
  let shown: { view: ScatterView; theme: Theme } | null = null;
  let hovered: number | null = null;

  const pointAt = (index: number) => shown?.view.points[index];
  const chosenIndex = () => {
    const view = shown?.view;
    return view ? view.points.findIndex(({ attribute }) => attribute === view.selected) : -1;
  };
  const indexOf = (target: EventTarget | null) =>
    target instanceof Element ? [...list.children].indexOf(target.closest('.point')!) : -1;
  list.addEventListener('click', ({ target }) => {
    const point = pointAt(indexOf(target));
    if (point) actions.choose(point.attribute);
  });
  list.addEventListener('dblclick', ({ target }) => {
    const point = pointAt(indexOf(target));
    if (point) actions.open(point.attribute);
  });
  for (const [type, hover] of [
    ['pointerover', true],
    ['pointerleave', false],
  ] as const) {
    list.addEventListener(type, ({ target }) => {
      const index = hover ? indexOf(target) : -1;
      hovered = index < 0 ? null : index;
      showName();
    });
  }
  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const current = chosenIndex();
    const next = nextIndex(event.key, current, list.children.length);
    const point = pointAt(next ?? current);
    if (!point || (next === null && event.key !== 'Enter')) return;
    if (next === null) actions.open(point.attribute);
    else actions.choose(point.attribute);
    event.preventDefault();
  });

  return {
    element: root,
    focus: () => list.focus(),
    update(view, theme) {
      const isNew = !shown || !isSamePicture(shown.view, view) || shown.theme !== theme;
      shown = { view, theme };
      if (isNew) draw(view, theme);
      const chosen = chosenIndex();
      [...list.children].forEach((point, index) =>
        point.setAttribute('aria-selected', String(index === chosen)),
      );
      if (chosen >= 0) list.setAttribute('aria-activedescendant', `${id}-${chosen}`);
      else list.removeAttribute('aria-activedescendant');
      showName();
    },
  };

  function draw(view: ScatterView, theme: Theme): void {
    const { points, xAxis, yAxis } = view;
    hovered = null;
    const largest = largestSize(points);
    list.setAttribute('aria-label', view.listName);
    chart.show(attributeScatter(view, theme), plainText(view.inWords));
    list.replaceChildren(
      ...points.map((point, index) => {
        const size = Math.max(18, 2 * radiusOf(point.size, largest) + 6);
        const node = element('div', {
          class: 'point',
          attributes: {
            role: 'option',
            id: `${id}-${index}`,
            'aria-label': plainText(point.inWords),
          },
        });
        node.style.width = node.style.height = `${size}px`;
        place(node, point, view);
        return node;
      }),
    );
    xTicks.replaceChildren(...xAxis.ticks.map((tick) => tickLabel(tick, xAxis, 'left')));
    yTicks.replaceChildren(...yAxis.ticks.map((tick) => tickLabel(tick, yAxis, 'top')));
    xTitle.replaceChildren(...phraseNodes(view.xTitle));
    yTitle.replaceChildren(...phraseNodes(view.yTitle));
    sizes.replaceChildren(...sizeLegend(view.sizeName, largest));
  }

  /** Under the pointer, else the chosen one. */
  function showName(): void {
    const point = pointAt(hovered ?? chosenIndex());
    name.hidden = !point;
    if (!point || !shown) {
      readout.replaceChildren(t('Point at a circle, or choose one with the arrow keys.'));
      return;
    }
    name.replaceChildren(...phraseNodes([{ name: point.attribute }]));
    place(name, point, shown.view);
    const { xAxis, yAxis } = shown.view;
    name.classList.toggle('to-left', positionOn(xAxis, point.x) > 0.5);
    name.classList.toggle('below', positionOn(yAxis, point.y) > 0.92);
    readout.replaceChildren(...phraseNodes(point.inWords));
  }
}

function place(node: HTMLElement, { x, y }: ScatterPoint, { xAxis, yAxis }: ScatterView): void {
  node.style.left = along(positionOn(xAxis, x));
  node.style.top = along(1 - positionOn(yAxis, y));
}

function tickLabel(tick: number, axis: Axis, side: 'left' | 'top'): HTMLElement {
  const label = element('span', { text: formatFixed(tick, axis.decimals) });
  const position = positionOn(axis, tick);
  label.style[side] = along(side === 'left' ? position : 1 - position);
  return label;
}

function along(position: number): string {
  return `calc(${scatterInsetPx}px + (100% - ${2 * scatterInsetPx}px) * ${position})`;
}

function sizeLegend(name: string | null, largest: number): HTMLElement[] {
  if (name === null || !(largest > 0)) return [];
  const circles = [0, 0.5, 1].map((share) => {
    const circle = element('span', { class: 'size' });
    circle.style.width = circle.style.height = `${2 * radiusOf(share * largest, largest)}px`;
    return element('span', { class: 'size-entry' }, circle, formatFixed(share * largest, 2));
  });
  return [element('span', { text: name }), ...circles];
}
