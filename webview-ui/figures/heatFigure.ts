import { paintCells } from '../charts/paintCells.ts';
import type { HeatPicture } from '../heatPicture.ts';
import { plainText } from '../wording.ts';
import type { Figure } from './figure.ts';
import { type FigureOf, nameWidth } from './listFigures.ts';
import { isolated, paperTheme as theme, write } from './paper.ts';

const marginPx = 6;
const scalePx = 36;
const swatchPx = 18;

/** A map of cells with names down and across, under its scale. */
export function heatFigure({ names, cells, scale, inWords }: HeatPicture, about: FigureOf): Figure {
  const room = nameWidth(names);
  const cellPx = names.length > 50 ? 12 : names.length > 20 ? 14 : 20;
  const left = marginPx + room;
  const top = scalePx + room;
  const size = names.length * cellPx;
  const nSteps = scale(theme).length;
  return {
    ...about,
    description: plainText(inWords),
    width: left + Math.max(size, nSteps * swatchPx) + marginPx,
    height: top + size + marginPx,
    draw: ({ context }) => {
      scale(theme).forEach(({ label, ...cell }, i) => {
        context.save();
        context.translate(left + i * swatchPx, 2);
        paintCells(context, [[cell]], swatchPx, theme);
        context.restore();
        if (label !== null) {
          write(context, label, left + (i + 0.5) * swatchPx, swatchPx + 10, {
            align: 'center',
            colour: theme.muted,
          });
        }
      });
      const look = { maxWidth: room - 8, sizePx: Math.min(11, cellPx - 2) };
      names.forEach((name, i) => {
        const middle = (i + 0.5) * cellPx;
        write(context, isolated(name), left - 5, top + middle, { ...look, align: 'right' });
        write(context, isolated(name), left + middle, top - 5, { ...look, turn: -90 });
      });
      context.save();
      context.translate(left, top);
      paintCells(context, cells(theme), cellPx, theme);
      context.restore();
    },
  };
}
