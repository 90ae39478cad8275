import type { Retention } from '../../src/protocol/microscaleSchema.ts';
import { distanceDecimals, retentionInWords, shareInWords } from '../fieldWording.ts';
import { formatFixed } from '../format.ts';
import { t } from '../l10n.ts';
import { plainText } from '../wording.ts';
import type { Figure } from './figure.ts';
import { type FigureOf, nameWidth } from './listFigures.ts';
import { isolated, paperTheme as theme, write } from './paper.ts';

const marginPx = 6;
const cellWidth = 72;
const cellHeight = 34;
const headPx = 22;

/** Distances between the steps of a segment, the fuller the farther. */
export function retentionFigure(retention: Retention, about: FigureOf): Figure {
  const { steps, distances, beyond, threshold } = retention;
  const full = threshold ?? Math.max(0, ...distances.flat().filter(Number.isFinite));
  const decimals = distanceDecimals(retention);
  const names = nameWidth(steps);
  const left = marginPx + names;
  return {
    ...about,
    description: plainText(retentionInWords(retention)),
    width: left + steps.length * cellWidth + marginPx,
    height: headPx + steps.length * cellHeight + marginPx,
    draw: ({ context }) => {
      steps.forEach((step, i) => {
        const [x, y] = [left + (i + 0.5) * cellWidth, headPx + (i + 0.5) * cellHeight];
        const look = { colour: theme.muted };
        write(context, isolated(step), x, headPx / 2, { ...look, align: 'center', maxWidth: cellWidth - 4 });
        write(context, isolated(step), left - 6, y, { ...look, align: 'right', maxWidth: names - 8 });
        steps.forEach((_, j) => {
          const distance = distances[i]?.[j] ?? Number.NaN;
          const share = beyond?.[i]?.[j] ?? 0;
          const [cellLeft, cellTop] = [left + j * cellWidth, headPx + i * cellHeight];
          const depth = full > 0 ? Math.min(1, distance / full) : 0;
          context.save();
          context.fillStyle = theme.negative;
          // At most half of the colour, so that numbers stand out on any of them.
          context.globalAlpha = Number.isFinite(depth) ? depth * 0.5 : 0;
          if (context.globalAlpha > 0) context.fillRect(cellLeft, cellTop, cellWidth - 1, cellHeight - 1);
          context.globalAlpha = 1;
          context.strokeStyle = theme.grid;
          context.lineWidth = 1;
          context.strokeRect(cellLeft + 0.5, cellTop + 0.5, cellWidth - 2, cellHeight - 2);
          context.restore();
          const [middle, centre] = [cellLeft + (cellWidth - 1) / 2, cellTop + (cellHeight - 1) / 2];
          const number = i === j ? '0' : formatFixed(distance, decimals);
          write(context, number, middle, share > 0 ? centre - 6 : centre, {
            align: 'center',
            colour: i === j ? theme.muted : theme.foreground,
          });
          if (share > 0) {
            write(context, t('{0} beyond', shareInWords(share)), middle, centre + 7, {
              align: 'center',
              sizePx: 9,
            });
          }
        });
      });
    },
  };
}
