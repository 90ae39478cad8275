import { type Theme, themeFrom } from '../theme.ts';
import type { Drawing2D } from './drawing2d.ts';

/** The colours of paper whatever the editor's are; a font whose widths are known without a browser. */
export const paperTheme: Theme = {
  ...themeFrom(['vscode-light'], () => ''),
  background: '#ffffff',
  foreground: '#1a1a1a',
  muted: '#4d4d4d',
  // Lines without transparency, which not every program that reads a figure has.
  grid: '#e6e6e6',
  axis: '#8c8c8c',
  noise: '#8080803d',
  cross: '#6b6b6b',
  fontFamily: 'Helvetica, Arial, sans-serif',
  fontSizePx: 12,
};

/** Of names and numbers; charts write their own a pixel smaller than the theme's. */
export const textPx = paperTheme.fontSizePx - 1;

export interface TextLook {
  readonly align?: 'left' | 'center' | 'right';
  readonly baseline?: 'middle' | 'alphabetic' | 'top';
  readonly colour?: string;
  readonly bold?: boolean;
  readonly sizePx?: number;
  /** Degrees, clockwise. */
  readonly turn?: number;
  /** Longer text is cut. */
  readonly maxWidth?: number;
}

export function write(context: Drawing2D, text: string, x: number, y: number, look: TextLook = {}): void {
  context.save();
  context.font = fontOf(look);
  context.textAlign = look.align ?? 'left';
  context.textBaseline = look.baseline ?? 'middle';
  context.fillStyle = look.colour ?? paperTheme.foreground;
  context.translate(x, y);
  context.rotate(((look.turn ?? 0) * Math.PI) / 180);
  context.fillText(fitted(context, text, look.maxWidth ?? Number.POSITIVE_INFINITY), 0, 0);
  context.restore();
}

/** The width of the widest of them. */
export function widest(context: Drawing2D, texts: readonly string[], look: TextLook = {}): number {
  context.save();
  context.font = fontOf(look);
  const width = texts.reduce((most, text) => Math.max(most, context.measureText(text).width), 0);
  context.restore();
  return width;
}

/** Lines at blanks, each at most so wide; a word that is wider has its own. */
export function wrapped(context: Drawing2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widest(context, [longer]) > width) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}

export function line(
  context: Drawing2D,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  {
    colour,
    width = 1,
    dash = [],
  }: { readonly colour: string; readonly width?: number; readonly dash?: readonly number[] },
): void {
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.restore();
}

export function dot(
  context: Drawing2D,
  [x, y]: readonly [x: number, y: number],
  {
    radius,
    fill,
    border,
  }: { readonly radius: number; readonly fill: string; readonly border: string | null },
): void {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (border !== null) {
    context.strokeStyle = border;
    context.lineWidth = 1.5;
    context.stroke();
  }
  context.restore();
}

/** Between isolates, since a name in another script must not turn around what stands beside it. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

function fontOf({ bold = false, sizePx = textPx }: TextLook): string {
  return `${bold ? '600 ' : ''}${sizePx}px ${paperTheme.fontFamily}`;
}

/** Cut at its end where it is too long; isolates stay whole. */
function fitted(context: Drawing2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const [, opening = '', inner = text, closing = ''] = /^(\u2068?)(.*?)(\u2069?)$/s.exec(text) ?? [];
  const characters = Array.from(inner);
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    const cut = `${characters.slice(0, middle).join('')}…`;
    if (context.measureText(cut).width <= width) fits = middle;
    else tooLong = middle;
  }
  return `${opening}${characters.slice(0, fits).join('')}…${closing}`;
}
