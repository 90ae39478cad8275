import { maxChartRows } from '../charts/dotsByAttribute.ts';
import { energyBoxes, energyLinePx, linePlaces, modelLinePx, nLines } from '../charts/energyBoxes.ts';
import { stepBars } from '../charts/stepBars.ts';
import type { EnergyListView } from '../energyList.ts';
import { t } from '../l10n.ts';
import type { Figure } from './figure.ts';
import {
  drawAxis,
  drawListLegend,
  type FigureOf,
  headPx,
  listSize,
  listWidth,
  nameWidth,
} from './listFigures.ts';
import { isolated, paperTheme as theme, write } from './paper.ts';

const marginPx = 6;
const valuePx = 54;

/** Energies, and in the same lines how far a step moves. */
export function energyFigure(all: EnergyListView, about: FigureOf): Figure {
  const rows = all.rows.slice(0, maxChartRows);
  const view = { ...all, rows };
  const linePx = view.byModel ? modelLinePx : energyLinePx;
  const height = nLines(rows, view.byModel) * linePx;
  const places = linePlaces(rows, view.byModel);
  const names = nameWidth(
    rows.flatMap(({ attribute, parts }) => [
      attribute,
      ...(view.byModel ? parts.map(({ label }) => `   ${label}`) : []),
    ]),
  );
  const left = marginPx + names;
  const plots = listWidth - left - 2 * valuePx;
  // Whole pixels, as canvases have.
  const energyWidth = Math.round(plots * 0.6);
  const energies = { left, top: headPx, width: energyWidth, height };
  const steps = { left: left + energyWidth + valuePx, top: headPx, width: plots - energyWidth, height };
  const ends = [energies.left + energies.width, steps.left + steps.width] as const;
  return {
    ...about,
    ...listSize(view, height),
    draw: ({ context, chart }) => {
      drawAxis(context, view.energyAxis, energies.left, ends[0], {
        left: t('0: aligned'),
        right: t('1: no common direction'),
        reference: null,
      });
      drawAxis(context, view.stepAxis, steps.left, ends[1], {
        left: t('step length'),
        right: '',
        reference: null,
      });
      chart(energyBoxes(view, theme), energies);
      chart(stepBars(view, theme), steps);
      rows.forEach(({ attribute, parts }, i) => {
        const at = (place: number) => headPx + (place + 0.5) * linePx;
        if (view.byModel) {
          write(context, isolated(attribute), marginPx, at(places[i]![0]! - 1), {
            bold: true,
            maxWidth: names - 8,
          });
        }
        parts.forEach((part, j) => {
          const y = at(places[i]![j]!);
          const indent = view.byModel ? 12 : 0;
          write(context, isolated(view.byModel ? part.label : attribute), marginPx + indent, y, {
            maxWidth: names - 8 - indent,
          });
          if (part.missing !== '') {
            write(context, part.missing, energies.left + 22, y, {
              colour: theme.muted,
              maxWidth: energies.width - 26,
            });
          }
          write(context, part.text, ends[0] + valuePx - 8, y, { align: 'right' });
          write(context, part.stepText, ends[1] + valuePx - 4, y, { align: 'right' });
        });
      });
      drawListLegend(context, view, headPx + height);
    },
  };
}
