import { formatP } from '../format.ts';
import { pOf, type SignificanceView, stepOf } from '../significanceState.ts';
import { kindNames, significanceInWords, stepTexts } from '../significanceWording.ts';
import type { Figure } from './figure.ts';
import { type FigureOf, nameWidth } from './listFigures.ts';
import { isolated, line, paperTheme as theme, widest, write } from './paper.ts';

const marginPx = 6;
const cellWidth = 62;
const rowPx = 18;
const headPx = 44;
const keysPx = 26;
/** Of the text's own colour, for p of 0.05 or more, below it, a hundredth and a thousandth. */
const shades = ['#ffffff', '#ebebeb', '#d6d6d6', '#bdbdbd'] as const;

/** p of every test: attributes down, models and their modalities across, the darker the smaller. */
export function significanceFigure(view: SignificanceView, about: FigureOf): Figure {
  const { rows, columns, kind } = view;
  const names = nameWidth(rows.map(({ attribute }) => attribute));
  const left = marginPx + names;
  const right = left + columns.length * cellWidth;
  return {
    ...about,
    description: significanceInWords(view),
    width: Math.max(right + marginPx, 600),
    height: headPx + rows.length * rowPx + keysPx,
    draw: ({ context }) => {
      columns.forEach(({ model, modality }, index) => {
        const middle = left + (index + 0.5) * cellWidth;
        const sign = modality === 'positive' ? '+' : '−';
        write(context, sign, middle, headPx - 10, { align: 'center', colour: theme[modality], bold: true });
        // A model over its two modalities.
        if (modality === 'positive') {
          write(context, isolated(model), left + (index + 1) * cellWidth, 14, {
            align: 'center',
            maxWidth: 2 * cellWidth - 8,
          });
        }
      });
      line(context, [marginPx, headPx - 1], [right, headPx - 1], { colour: theme.axis });
      rows.forEach(({ attribute, cells }, i) => {
        const top = headPx + i * rowPx;
        const y = top + rowPx / 2;
        write(context, isolated(attribute), marginPx, y, { maxWidth: names - 8 });
        cells.forEach((row, index) => {
          const p = row && pOf(row, kind);
          const step = p ? stepOf(p.p) : 0;
          if (step > 0) {
            context.save();
            context.fillStyle = shades[step];
            context.fillRect(left + index * cellWidth, top, cellWidth - 1, rowPx - 1);
            context.restore();
          }
          write(context, p ? formatP(p.p, p.log10P) : '—', left + (index + 0.5) * cellWidth, y, {
            align: 'center',
            bold: step > 1,
          });
        });
      });
      let x = marginPx;
      const y = headPx + rows.length * rowPx + keysPx / 2;
      const what = `${kindNames()[kind]}:`;
      write(context, what, x, y, { colour: theme.muted });
      x += widest(context, [what]) + 10;
      stepTexts().forEach((text, step) => {
        context.save();
        context.fillStyle = shades[step]!;
        context.strokeStyle = theme.grid;
        context.fillRect(x, y - 6, 22, 12);
        context.strokeRect(x + 0.5, y - 5.5, 21, 11);
        context.restore();
        write(context, text, x + 28, y, { colour: theme.muted });
        x += 28 + widest(context, [text]) + 18;
      });
    },
  };
}
