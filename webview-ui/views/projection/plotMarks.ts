import { svgElement } from '../../svg.ts';

type Place = readonly [x: number, y: number];

/** What lies over the points, in pixels of the plot. */
export interface Marks {
  readonly picked: Place | null;
  readonly neighbours: readonly Place[];
  readonly hovered: Place | null;
  readonly cursor: Place | null;
  /** The lasso or the rectangle that is being drawn, x and y in turn. */
  readonly outline: readonly number[] | null;
  /** The last selection's. */
  readonly chosen: readonly number[] | null;
  /** Of a point. */
  readonly radius: number;
}

/** Marks are elements, so that pointing at a point draws no point anew. */
export function createPlotMarks(): { readonly element: SVGSVGElement; show(marks: Marks): void } {
  const root = svgElement('svg', { class: 'plot-marks', 'aria-hidden': 'true' });
  return {
    element: root,
    show({ picked, neighbours, hovered, cursor, outline, chosen, radius }) {
      root.replaceChildren(
        ...(chosen ? [polygon('chosen', chosen)] : []),
        ...(picked ? neighbours.map((place) => line('link', picked, place)) : []),
        ...neighbours.map((place) => circle('neighbour', place, radius + 2.5)),
        ...(hovered ? [circle('hovered', hovered, radius + 3)] : []),
        ...(picked
          ? [circle('picked halo', picked, radius + 4.5), circle('picked', picked, radius + 4.5)]
          : []),
        ...(outline ? [polygon('outline', outline)] : []),
        ...(cursor ? cross(cursor) : []),
      );
    },
  };
}

function circle(name: string, [cx, cy]: Place, r: number): SVGElement {
  return svgElement('circle', { class: name, cx: String(cx), cy: String(cy), r: String(r) });
}

function line(name: string, [x1, y1]: Place, [x2, y2]: Place): SVGElement {
  return svgElement('line', { class: name, x1: String(x1), y1: String(y1), x2: String(x2), y2: String(y2) });
}

function polygon(name: string, outline: readonly number[]): SVGElement {
  return svgElement('polygon', { class: name, points: outline.map((value) => value.toFixed(1)).join(' ') });
}

function cross([x, y]: Place): SVGElement[] {
  const arms = (name: string) => [
    line(name, [x - 10, y], [x - 3, y]),
    line(name, [x + 3, y], [x + 10, y]),
    line(name, [x, y - 10], [x, y - 3]),
    line(name, [x, y + 3], [x, y + 10]),
  ];
  return [...arms('cursor halo'), ...arms('cursor')];
}
