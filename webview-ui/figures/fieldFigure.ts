import { arrowBarbs, fieldArrows, fieldSize } from '../charts/fieldArrows.ts';
import { drawingsInWords, formatEnergy } from '../fieldWording.ts';
import type { DrawingsView } from '../microscaleDrawingState.ts';
import { plainText } from '../wording.ts';
import type { Figure } from './figure.ts';
import type { FigureOf } from './listFigures.ts';
import { isolated, paperTheme as theme, write } from './paper.ts';

const mostColumns = 5;
const cellPx = 136;
const squarePx = 124;
const captionPx = 22;

/** Fields of one identity side by side, from the most aligned to the least. */
export function fieldFigure(view: DrawingsView, about: FigureOf): Figure {
  const { drawings } = view;
  const nColumns = Math.max(1, Math.min(mostColumns, drawings.length));
  const arrows = fieldArrows(drawings);
  const scale = squarePx / fieldSize;
  return {
    ...about,
    description: plainText(drawingsInWords(view)),
    width: nColumns * cellPx,
    height: Math.ceil(drawings.length / nColumns) * (squarePx + captionPx + 6),
    draw: ({ context }) => {
      drawings.forEach(({ attribute, energy }, i) => {
        const left = (i % nColumns) * cellPx + (cellPx - squarePx) / 2;
        const top = Math.floor(i / nColumns) * (squarePx + captionPx + 6) + 2;
        context.save();
        context.translate(left, top);
        context.strokeStyle = theme.grid;
        context.lineWidth = 1;
        context.strokeRect(0.5, 0.5, squarePx - 1, squarePx - 1);
        context.fillStyle = theme.axis;
        for (const { x, y } of arrows[i]!) {
          context.beginPath();
          context.arc(x * scale, y * scale, 1.3, 0, 2 * Math.PI);
          context.fill();
        }
        context.strokeStyle = theme.positive;
        context.lineWidth = 1.1;
        context.lineCap = context.lineJoin = 'round';
        context.beginPath();
        for (const arrow of arrows[i]!) {
          context.moveTo(arrow.x * scale, arrow.y * scale);
          context.lineTo(arrow.tipX * scale, arrow.tipY * scale);
          const [first, second] = arrowBarbs(arrow) ?? [];
          if (!first || !second) continue;
          context.moveTo(first.x * scale, first.y * scale);
          context.lineTo(arrow.tipX * scale, arrow.tipY * scale);
          context.lineTo(second.x * scale, second.y * scale);
        }
        context.stroke();
        context.restore();
        const y = top + squarePx + 11;
        write(context, isolated(attribute), left, y, { maxWidth: squarePx - 40 });
        write(context, formatEnergy(energy), left + squarePx, y, { align: 'right', colour: theme.muted });
      });
    },
  };
}
