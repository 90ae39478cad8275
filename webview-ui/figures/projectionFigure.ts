import type { Projection } from '../../src/protocol/projectionSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import type { ProjectionMethod } from '../../src/protocol/webviewMessages.ts';
import { niceAxis } from '../charts/axis.ts';
import { formatCount, formatFixed } from '../format.ts';
import { t } from '../l10n.ts';
import { viewMacroscale } from '../macroscaleState.ts';
import { type Placement, placementOf, pointUnder, type Viewport, wholeCamera } from '../projection/camera.ts';
import type { Colouring, GroupColour } from '../projection/colouring.ts';
import { type Bounds } from '../projection/polygon.ts';
import { pointRadius } from '../projection/pointSize.ts';
import { type ShownProjection, viewProjection } from '../projection/projectionState.ts';
import {
  attributeGroupNames,
  axisTitles,
  colourName,
  mapInWords,
  methodNames,
  numberName,
  rampEnds,
  thinnedInWords,
} from '../projection/projectionWording.ts';
import { rampColours } from '../projection/ramp.ts';
import { modelsOf, type ReportModel } from '../reportModels.ts';
import { plainText } from '../wording.ts';
import type { Drawing2D } from './drawing2d.ts';
import { type Figure, fileStem } from './figure.ts';
import { drawLegend, type Key, legendHeight, legendLinePx } from './legend.ts';
import { measuring } from './measuring.ts';
import { isolated, line, paperTheme as theme, widest, write } from './paper.ts';
import { drawPoints, type Place } from './points.ts';

/**
 * Every drawing of a projection, coloured by the attribute that shapes the model's distances most, or as the page
 * begins where none of them was projected.
 */
export function projectionFigures(report: Report, projection: Projection): Figure[] {
  const received = { projection, running: null, failure: null };
  const models = modelsOf(report);
  return projection.models.flatMap(({ model: name, metric }) => {
    const named = models.filter((one) => one.name === name);
    const model = named.find((one) => metricOf(one) === metric) ?? named[0] ?? null;
    const attribute = model && strongestOf(report, model, projection);
    return projectionMethods.flatMap((projectionMethod) => {
      const state = { projectionMethod, ...(attribute === null ? {} : { attribute }) };
      const { shown } = viewProjection(report, '', { model, state }, received);
      return shown ? [projectionFigure(shown)] : [];
    });
  });
}

const projectionMethods = Object.keys(methodNames) as readonly ProjectionMethod[];

function metricOf({ macroscale, verification }: ReportModel): string | undefined {
  return macroscale?.metric ?? verification?.metric;
}

function strongestOf(report: Report, { macroscale }: ReportModel, { attributes }: Projection): string | null {
  const ranking = macroscale ? viewMacroscale(report, macroscale, {}).ranking : [];
  const projected = new Set(attributes.map(({ name }) => name));
  return ranking.find(({ attribute }) => projected.has(attribute))?.attribute ?? null;
}

const plotPx = 440;
const leastHeightPx = 260;
const leftPx = 56;
const ticksPx = 18;
const titlePx = 22;
const gapPx = 10;
/** The page's map is about half as wide again. */
const radiusShare = 0.7;

/** The map as a whole, coloured as it is shown, with its axes and what symbols and colours mean. */
export function projectionFigure(shown: ShownProjection): Figure {
  const { bounds } = shown.points.index;
  const size = plotSize(bounds);
  const legendTop = size.height + ticksPx + titlePx + gapPx;
  const legend = legendOf(shown);
  return {
    ...aboutOf(shown),
    width: leftPx + plotPx + 2,
    height: legendTop + legend.height + 6,
    draw: ({ context }) => {
      const placement = placementOf(wholeCamera(bounds), bounds, size);
      context.save();
      context.translate(leftPx, 1);
      drawFrame(context, size);
      if (shown.method === 'pca') drawTicks(context, placement, size);
      drawAllPoints(context, shown, placement);
      context.restore();
      drawTitles(context, shown, size);
      legend.draw(context, legendTop);
    },
  };
}

function aboutOf(shown: ShownProjection): Pick<Figure, 'name' | 'title' | 'description'> {
  const { colouring, method, model } = shown;
  const { choice } = colouring;
  return {
    name: fileStem('projection', model.model, method, choice.kind === 'none' ? 'plain' : choice.name),
    title: t('{0}, {1}: {2}', methodNames[method], colourName(choice), model.model),
    description: [plainText(mapInWords(shown)), thinnedInWords(shown) ?? ''].join(' ').trim(),
  };
}

/** As high as the points ask for, since both axes have one scale. */
function plotSize({ left, right, bottom, top }: Bounds): Viewport {
  const height = Math.round((plotPx * (top - bottom)) / (right - left));
  return { width: plotPx, height: height > leastHeightPx ? Math.min(plotPx, height) : leastHeightPx };
}

function drawFrame(context: Drawing2D, { width, height }: Viewport): void {
  context.save();
  context.strokeStyle = theme.axis;
  context.lineWidth = 1;
  context.strokeRect(0, 0, width, height);
  context.restore();
}

/** A tick about every so many pixels. */
const tickPx = 80;

function stepsAlong(lengthPx: number): number {
  return Math.max(1, Math.round(lengthPx / tickPx));
}

function drawTicks(context: Drawing2D, placement: Placement, { width, height }: Viewport): void {
  const [left, top] = pointUnder(placement, 0, 0);
  const [right, bottom] = pointUnder(placement, width, height);
  const look = { colour: theme.muted };
  const xAxis = niceAxis(left, right, stepsAlong(width));
  for (const tick of xAxis.ticks) {
    const x = tick * placement.scale + placement.left;
    if (x < 0 || x > width) continue;
    line(context, [x, height], [x, height + 4], { colour: theme.axis });
    write(context, formatFixed(tick, xAxis.decimals), x, height + 12, { ...look, align: 'center' });
  }
  const yAxis = niceAxis(bottom, top, stepsAlong(height));
  for (const tick of yAxis.ticks) {
    const y = placement.top - tick * placement.scale;
    if (y < 0 || y > height) continue;
    line(context, [-4, y], [0, y], { colour: theme.axis });
    write(context, formatFixed(tick, yAxis.decimals), -7, y, { ...look, align: 'right' });
  }
}

function drawTitles(context: Drawing2D, shown: ShownProjection, { width, height }: Viewport): void {
  const [x, y] = axisTitles(shown).map(plainText) as [string, string];
  const look = { align: 'center' } as const;
  write(context, x, leftPx + width / 2, height + ticksPx + titlePx / 2, { ...look, maxWidth: width });
  write(context, y, 10, height / 2, { ...look, maxWidth: height, turn: -90 });
}

/** A path for each group would let the last group hide all others; so many for each let them mix as on the page. */
const nLayers = 8;

function drawAllPoints(
  context: Drawing2D,
  { points: { x, y }, colouring }: ShownProjection,
  { scale, left, top }: Placement,
): void {
  const { groups, groupOf, order } = colouring;
  const radius = radiusShare * pointRadius(order.length, 1);
  const colours = paperColours(colouring);
  const layerSize = Math.max(1, Math.ceil(order.length / nLayers));
  for (let start = 0; start < order.length; start += layerSize) {
    const places: Place[][] = groups.map(() => []);
    for (const point of order.subarray(start, start + layerSize)) {
      places[groupOf[point]!]!.push([x[point]! * scale + left, top - y[point]! * scale]);
    }
    groups.forEach(({ symbol }, i) =>
      drawPoints(context, { symbol, colour: colours[i]! }, radius, places[i]!),
    );
  }
}

function paperColours({ groups }: Colouring): readonly string[] {
  const ramp = rampColours(theme);
  return groups.map(({ colour }) => paperColour(colour, ramp));
}

function paperColour(colour: GroupColour, ramp: ReturnType<typeof rampColours>): string {
  switch (colour.kind) {
    case 'ramp':
      return `rgb(${ramp[colour.step]!.join(', ')})`;
    case 'positive':
    case 'negative':
      return theme[colour.kind];
    case 'unknown':
      return theme.noiseDot;
    case 'plain':
      return theme.matched;
  }
}

interface Legend {
  readonly height: number;
  readonly draw: (context: Drawing2D, top: number) => void;
}

function legendOf({ colouring, ruleOf }: ShownProjection): Legend {
  const { choice } = colouring;
  if (choice.kind === 'number') {
    const unknown = keysOf(colouring, (group) =>
      group === colouring.groups.length - 1 ? t('not known') : '',
    );
    return stacked([rampLegend(choice.name, colouring), keyLegend(unknown)]);
  }
  const names =
    choice.kind === 'attribute' ? attributeGroupNames(choice.name, ruleOf).map(plainText) : [t('image')];
  return keyLegend(keysOf(colouring, (group) => names[group] ?? ''));
}

/** Of groups that have a name and points. */
function keysOf(colouring: Colouring, nameOf: (group: number) => string): Key[] {
  const colours = paperColours(colouring);
  return colouring.groups.flatMap(({ symbol, count }, i) => {
    const name = nameOf(i);
    if (name === '' || count === 0) return [];
    return [{ mark: { symbol, colour: colours[i]! }, text: t('{0}: {1}', name, formatCount(count)) }];
  });
}

function keyLegend(keys: readonly Key[]): Legend {
  return {
    height: legendHeight(measuring, keys, plotPx),
    draw: (context, top) => drawLegend(context, keys, { left: leftPx, top, width: plotPx }),
  };
}

const rampStepPx = 5;

/** «brightness: 400», and the colours from the least to the greatest between their numbers. */
function rampLegend(name: string, colouring: Colouring): Legend {
  const ends = rampEnds(colouring);
  if (!ends) return { height: 0, draw: () => undefined };
  const steps = paperColours(colouring).slice(0, -1);
  const count = colouring.groups.slice(0, -1).reduce((sum, group) => sum + group.count, 0);
  return {
    height: 2 * legendLinePx,
    draw(context, top) {
      const look = { colour: theme.muted };
      const text = t('{0}: {1}', isolated(numberName(name)), formatCount(count));
      write(context, text, leftPx, top + legendLinePx / 2, { ...look, maxWidth: plotPx });
      const y = Math.round(top + 1.5 * legendLinePx);
      write(context, ends[0], leftPx, y, look);
      let x = Math.round(leftPx + widest(context, [ends[0]]) + 6);
      for (const colour of steps) {
        context.save();
        context.fillStyle = colour;
        context.fillRect(x, y - 5, rampStepPx, 10);
        context.restore();
        x += rampStepPx;
      }
      write(context, ends[1], x + 6, y, look);
    },
  };
}

function stacked(legends: readonly Legend[]): Legend {
  return {
    height: legends.reduce((sum, { height }) => sum + height, 0),
    draw(context, top) {
      let y = top;
      for (const legend of legends) {
        legend.draw(context, y);
        y += legend.height;
      }
    },
  };
}
