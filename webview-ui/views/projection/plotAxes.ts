import { niceAxis } from '../../charts/axis.ts';
import { element, phraseNodes } from '../../dom.ts';
import { formatFixed } from '../../format.ts';
import { type Placement, pointUnder, type Viewport } from '../../projection/camera.ts';
import { axisTitles } from '../../projection/projectionWording.ts';
import type { ShownProjection } from '../../projection/projectionState.ts';

export interface PlotAxes {
  readonly yTitle: HTMLElement;
  readonly yTicks: HTMLElement;
  readonly xTicks: HTMLElement;
  readonly xTitle: HTMLElement;
  show(shown: ShownProjection): void;
  /** Where ticks stand, as the map moves. */
  place(placement: Placement, viewport: Viewport): void;
}

/** Ticks about so far apart. */
const tickPx = 110;

/** PCA has axes with a unit; those of UMAP have a name at most. */
export function createPlotAxes(): PlotAxes {
  const part = (name: string) => element('div', { class: name, attributes: { 'aria-hidden': true } });
  const [yTitle, yTicks, xTicks, xTitle] = [
    part('y-title'),
    part('y-ticks'),
    part('x-ticks'),
    part('x-title'),
  ];
  let hasTicks = false;
  return {
    yTitle,
    yTicks,
    xTicks,
    xTitle,
    show(shown) {
      hasTicks = shown.method === 'pca';
      const [x, y] = axisTitles(shown);
      xTitle.replaceChildren(...phraseNodes(x));
      yTitle.replaceChildren(...phraseNodes(y));
      xTicks.hidden = !hasTicks;
      yTicks.classList.toggle('none', !hasTicks);
      if (!hasTicks) yTicks.replaceChildren();
    },
    place(placement, { width, height }) {
      if (!hasTicks || width === 0 || height === 0) return;
      const [left, top] = pointUnder(placement, 0, 0);
      const [right, bottom] = pointUnder(placement, width, height);
      const { scale } = placement;
      xTicks.replaceChildren(...ticks(left, right, width, (value) => value * scale + placement.left, 'left'));
      yTicks.replaceChildren(...ticks(bottom, top, height, (value) => placement.top - value * scale, 'top'));
    },
  };
}

function ticks(
  min: number,
  max: number,
  lengthPx: number,
  placeOf: (value: number) => number,
  side: 'left' | 'top',
): HTMLElement[] {
  const axis = niceAxis(min, max, Math.max(1, Math.round(lengthPx / tickPx)));
  return axis.ticks.flatMap((tick) => {
    const place = placeOf(tick);
    if (place < 0 || place > lengthPx) return [];
    const label = element('span', { text: formatFixed(tick, axis.decimals) });
    label.style[side] = `${place}px`;
    return [label];
  });
}
