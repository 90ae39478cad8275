import { attributeScatter, largestSize, radiusOf, scatterInsetPx } from '../charts/attributeScatter.ts';
import { positionOn } from '../charts/axis.ts';
import { formatFixed } from '../format.ts';
import type { ScatterView } from '../scatterState.ts';
import { plainText } from '../wording.ts';
import type { Figure } from './figure.ts';
import type { FigureOf } from './listFigures.ts';
import { dot, paperTheme as theme, widest, write } from './paper.ts';

const plotPx = 400;
const leftPx = 56;
const bottomPx = 40;
const sizesPx = 34;

/** Attributes as circles between two numbers, with both axes and what areas mean. */
export function scatterFigure(view: ScatterView, about: FigureOf): Figure {
  const { xAxis, yAxis, sizeName } = view;
  const largest = largestSize(view.points);
  const hasSizes = sizeName !== null && largest > 0;
  return {
    ...about,
    description: plainText(view.inWords),
    width: leftPx + plotPx,
    height: plotPx + bottomPx + (hasSizes ? sizesPx : 0),
    draw: ({ context, chart }) => {
      chart(attributeScatter(view, theme), { left: leftPx, top: 0, width: plotPx, height: plotPx });
      const along = (position: number) => scatterInsetPx + (plotPx - 2 * scatterInsetPx) * position;
      for (const tick of xAxis.ticks) {
        const x = leftPx + along(positionOn(xAxis, tick));
        write(context, formatFixed(tick, xAxis.decimals), x, plotPx, {
          align: 'center',
          colour: theme.muted,
        });
      }
      for (const tick of yAxis.ticks) {
        const y = along(1 - positionOn(yAxis, tick));
        write(context, formatFixed(tick, yAxis.decimals), leftPx + 6, y, {
          align: 'right',
          colour: theme.muted,
        });
      }
      write(context, plainText(view.xTitle), leftPx + plotPx / 2, plotPx + 22, {
        align: 'center',
        maxWidth: plotPx,
      });
      write(context, plainText(view.yTitle), 10, plotPx / 2, {
        align: 'center',
        turn: -90,
        maxWidth: plotPx,
      });
      if (!hasSizes) return;
      const y = plotPx + bottomPx + sizesPx / 2 - 4;
      write(context, sizeName, leftPx + scatterInsetPx, y, { colour: theme.muted });
      let x = leftPx + scatterInsetPx + widest(context, [sizeName]) + 12;
      for (const share of [0, 0.5, 1]) {
        const radius = radiusOf(share * largest, largest);
        const text = formatFixed(share * largest, 2);
        dot(context, [x + radius, y], { radius, fill: theme.noise, border: theme.foreground });
        write(context, text, x + 2 * radius + 5, y, { colour: theme.muted });
        x += 2 * radius + widest(context, [text]) + 20;
      }
    },
  };
}
