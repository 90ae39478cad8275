import type { Drawing2D } from './drawing2d.ts';
import { helveticaWidth } from './helvetica.ts';
import { apply, identity, type Matrix, multiply, scaleOf, SvgPath, turnOf } from './svgPath.ts';
import { type Drawn, type Paint, SvgPicture } from './svgPicture.ts';
import { fontOf } from './svgFont.ts';
import { colourOf, number } from './svgText.ts';

/**
 * Looks like the context of a canvas to who draws, and keeps what is drawn as SVG: vectors, and text as text. Knows
 * what chart.js and our own drawings use: moves, turns and equal scales; no gradients, no pictures.
 */
export class SvgContext implements Drawing2D {
  fillStyle: string | object = '#000000';
  strokeStyle: string | object = '#000000';
  globalAlpha = 1;
  lineWidth = 1;
  lineCap: Drawing2D['lineCap'] = 'butt';
  lineJoin: Drawing2D['lineJoin'] = 'miter';
  lineDashOffset = 0;
  font = '10px sans-serif';
  textAlign: Drawing2D['textAlign'] = 'start';
  textBaseline: Drawing2D['textBaseline'] = 'alphabetic';
  /** Looks like an `HTMLCanvasElement` to chart.js. */
  readonly canvas: { width: number; height: number; readonly getContext: () => SvgContext };

  readonly #picture: SvgPicture;
  /** What `setTransform` starts from: where this part of the picture lies. */
  readonly #base: Matrix;
  readonly #saved: State[] = [];
  #matrix: Matrix;
  #clip: string | null;
  #dash: readonly number[] = [];
  #path = new SvgPath();

  /** A picture of its own, or a part of one. */
  constructor(
    width: number,
    height: number,
    part: Part = { picture: new SvgPicture(), base: identity, clip: null },
  ) {
    this.canvas = { width, height, getContext: () => this };
    this.#picture = part.picture;
    this.#base = this.#matrix = part.base;
    this.#clip = part.clip;
  }

  /** A context of its own for a part of the same picture, whose origin is the part's upper left corner. */
  part(left: number, top: number, width: number, height: number): SvgContext {
    const base = multiply(this.#matrix, [1, 0, 0, 1, left, top]);
    return new SvgContext(width, height, { picture: this.#picture, base, clip: this.#clip });
  }

  /** What was drawn so far, as elements of an `<svg>`. */
  toString(idPrefix = 'clip'): string {
    return this.#picture.toString(idPrefix);
  }

  save(): void {
    const { fillStyle, strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin } = this;
    const { lineDashOffset, font, textAlign, textBaseline } = this;
    this.#saved.push({
      matrix: this.#matrix,
      clip: this.#clip,
      dash: this.#dash,
      style: {
        fillStyle,
        strokeStyle,
        globalAlpha,
        lineWidth,
        lineCap,
        lineJoin,
        lineDashOffset,
        font,
        textAlign,
        textBaseline,
      },
    });
  }

  restore(): void {
    const state = this.#saved.pop();
    if (!state) return;
    this.#matrix = state.matrix;
    this.#clip = state.clip;
    this.#dash = state.dash;
    Object.assign(this, state.style);
  }

  translate(x: number, y: number): void {
    this.#matrix = multiply(this.#matrix, [1, 0, 0, 1, x, y]);
  }

  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.#matrix = multiply(this.#matrix, [cos, sin, -sin, cos, 0, 0]);
  }

  scale(x: number, y: number): void {
    this.#matrix = multiply(this.#matrix, similarity([x, 0, 0, y, 0, 0]));
  }

  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.#matrix = multiply(this.#base, similarity([a, b, c, d, e, f]));
  }

  resetTransform(): void {
    this.#matrix = this.#base;
  }

  setLineDash(segments: readonly number[]): void {
    // As a canvas: an odd number of lengths is taken twice.
    this.#dash = segments.length % 2 === 1 ? [...segments, ...segments] : [...segments];
  }

  getLineDash(): number[] {
    return [...this.#dash];
  }

  beginPath(): void {
    this.#path = new SvgPath();
  }

  closePath(): void {
    this.#path.close();
  }

  moveTo(x: number, y: number): void {
    if (finite(x, y)) this.#path.moveTo(this.#matrix, x, y);
  }

  lineTo(x: number, y: number): void {
    if (finite(x, y)) this.#path.lineTo(this.#matrix, x, y);
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    if (!finite(x1, y1, x2, y2, x, y)) return;
    this.#path.curveTo(this.#matrix, 'C', [
      [x1, y1],
      [x2, y2],
      [x, y],
    ]);
  }

  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    if (!finite(x1, y1, x, y)) return;
    this.#path.curveTo(this.#matrix, 'Q', [
      [x1, y1],
      [x, y],
    ]);
  }

  arc(x: number, y: number, radius: number, start: number, end: number, counterclockwise = false): void {
    if (!finite(x, y, radius, start, end)) return;
    this.#path.arc(this.#matrix, x, y, radius, start, sweepOf(start, end, counterclockwise));
  }

  rect(x: number, y: number, width: number, height: number): void {
    if (finite(x, y, width, height)) this.#path.rect(this.#matrix, x, y, width, height);
  }

  fill(): void {
    this.#shape(this.#path, this.#fill());
  }

  stroke(): void {
    this.#shape(this.#path, this.#stroke());
  }

  clip(): void {
    this.#clip = this.#picture.clipOf(this.#path.data, this.#clip);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#rect(x, y, width, height, this.#fill());
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#rect(x, y, width, height, this.#stroke());
  }

  /** The picture has no ground that could show: what was drawn stays. */
  clearRect(): void {
    return;
  }

  fillText(text: string, x: number, y: number): void {
    this.#text(text, x, y, this.#fill());
  }

  strokeText(text: string, x: number, y: number): void {
    // What a text is set off its ground by; written once more, it is not to be read twice.
    this.#text(text, x, y, { ...this.#stroke(), 'aria-hidden': 'true' });
  }

  measureText(text: string): { readonly width: number } {
    const { sizePx, isBold } = fontOf(this.font);
    return { width: (helveticaWidth(text, isBold) * sizePx) / 1000 };
  }

  #shape(path: SvgPath, paint: Paint): void {
    if (path.data === '' || isUnseen(paint)) return;
    const [cx, cy, r] = path.circle ?? [];
    if (path.circle) this.#add({ tag: 'circle', place: { cx, cy, r }, paint, path });
    else this.#add({ tag: 'path', place: { d: path.data }, paint, path });
  }

  #rect(x: number, y: number, width: number, height: number, paint: Paint): void {
    if (!finite(x, y, width, height) || isUnseen(paint)) return;
    const [ax, ay] = apply(this.#matrix, x, y);
    const [bx, by] = apply(this.#matrix, x + width, y + height);
    if (Math.abs(Math.sin(2 * turnOf(this.#matrix))) < 1e-9) {
      const [left, top] = [Math.min(ax, bx), Math.min(ay, by)];
      const place = { x: left, y: top, width: Math.abs(bx - ax), height: Math.abs(by - ay) };
      this.#add({ tag: 'rect', place, paint });
      return;
    }
    const path = new SvgPath();
    path.rect(this.#matrix, x, y, width, height);
    this.#shape(path, paint);
  }

  #text(text: string, x: number, y: number, paint: Paint): void {
    if (!finite(x, y) || text === '' || isUnseen(paint)) return;
    const { sizePx, weight, style, family } = fontOf(this.font);
    const baseline = sizePx * baselines[this.textBaseline];
    const [left, top] = apply(this.#matrix, x, y + baseline);
    const turn = (turnOf(this.#matrix) * 180) / Math.PI;
    const place = {
      x: left,
      y: top,
      transform: Math.abs(turn) < 1e-6 ? undefined : `rotate(${[turn, left, top].map(number).join(' ')})`,
      'font-family': family,
      'font-size': sizePx * scaleOf(this.#matrix),
      'font-weight': weight,
      'font-style': style,
      'text-anchor': anchors[this.textAlign],
    };
    this.#add({ tag: 'text', place, paint, text });
  }

  #add(drawn: Omit<Drawn, 'clip'>): void {
    this.#picture.add({ ...drawn, clip: this.#clip });
  }

  #fill(): Paint {
    const { colour, opacity } = colourOf(textOf(this.fillStyle));
    const alpha = opacity * this.globalAlpha;
    return { fill: colour, 'fill-opacity': alpha < 1 ? alpha : undefined };
  }

  #stroke(): Paint {
    const { colour, opacity } = colourOf(textOf(this.strokeStyle));
    const alpha = opacity * this.globalAlpha;
    const scale = scaleOf(this.#matrix);
    const dash = this.#dash.map((length) => number(length * scale)).join(' ');
    return {
      fill: 'none',
      stroke: colour,
      'stroke-opacity': alpha < 1 ? alpha : undefined,
      'stroke-width': this.lineWidth * scale,
      'stroke-linecap': this.lineCap === 'butt' ? undefined : this.lineCap,
      'stroke-linejoin': this.lineJoin === 'miter' ? undefined : this.lineJoin,
      'stroke-dasharray': dash === '' ? undefined : dash,
      'stroke-dashoffset': dash === '' || this.lineDashOffset === 0 ? undefined : this.lineDashOffset * scale,
    };
  }
}

interface State {
  readonly matrix: Matrix;
  readonly clip: string | null;
  readonly dash: readonly number[];
  readonly style: Partial<Drawing2D>;
}

interface Part {
  readonly picture: SvgPicture;
  readonly base: Matrix;
  readonly clip: string | null;
}

function textOf(style: string | object): string {
  return typeof style === 'string' ? style : 'none';
}

/** Between two angles as a canvas takes them: a full turn where they are one or more apart. */
function sweepOf(start: number, end: number, counterclockwise: boolean): number {
  const turn = 2 * Math.PI;
  const sweep = counterclockwise ? start - end : end - start;
  const positive = sweep >= turn ? turn : ((sweep % turn) + turn) % turn;
  return counterclockwise ? -positive : positive;
}

function similarity(matrix: Matrix): Matrix {
  const [a, b, c, d] = matrix;
  const off = Math.abs(a - d) + Math.abs(b + c);
  if (!(off <= 1e-6 * (Math.abs(a) + Math.abs(b)))) {
    throw new RangeError(
      `A figure only moves, turns and scales alike; it was asked for [${matrix.join(' ')}].`,
    );
  }
  return matrix;
}

function isUnseen(paint: Paint): boolean {
  const isLine = 'stroke' in paint;
  const colour = isLine ? paint['stroke'] : paint['fill'];
  return colour === 'none' || (isLine && !(Number(paint['stroke-width']) > 0));
}

function finite(...values: readonly number[]): boolean {
  return values.every(Number.isFinite);
}

const anchors = {
  start: undefined,
  left: undefined,
  center: 'middle',
  end: 'end',
  right: 'end',
} as const satisfies Record<Drawing2D['textAlign'], string | undefined>;

/** From a text's place down to its baseline, in its size: what browsers make of Arial. */
const baselines = {
  top: 0.776,
  hanging: 0.776,
  middle: 0.276,
  alphabetic: 0,
  ideographic: -0.224,
  bottom: -0.224,
} as const satisfies Record<Drawing2D['textBaseline'], number>;
