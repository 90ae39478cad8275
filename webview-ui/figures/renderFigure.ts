import type { ChartConfiguration, ChartType } from 'chart.js';
import { drawChart } from './drawChart.ts';
import type { Box, Figure, Plot, Sheet } from './figure.ts';
import { SvgContext } from './svgContext.ts';
import { attributes, escapeXml } from './svgText.ts';

/** A figure as a file of its own, that also can stand in a page with others: their ids begin with their names. */
export function renderFigure({ name, title, description, width, height, draw }: Figure): string {
  const sheet = new SvgSheet(width, height);
  draw(sheet);
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return `<svg${attributes({ xmlns: 'http://www.w3.org/2000/svg', ...size, role: 'img', 'stroke-miterlimit': 10 })}>
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description)}</desc>
<rect${attributes({ width, height, fill: '#ffffff' })}/>
${sheet.context.toString(`${name}-clip`)}</svg>
`;
}

/** One chart and nothing else. */
export function renderSvg<T extends ChartType, D>(
  specification: ChartConfiguration<T, D, string>,
  { width, height, title }: { readonly width: number; readonly height: number; readonly title: string },
): string {
  return renderFigure({
    name: 'figure',
    title,
    description: '',
    width,
    height,
    draw: (sheet) => sheet.chart(specification, { left: 0, top: 0, width, height }),
  });
}

class SvgSheet implements Sheet {
  readonly context: SvgContext;

  constructor(width: number, height: number) {
    this.context = new SvgContext(width, height);
  }

  chart<T extends ChartType, D>(specification: ChartConfiguration<T, D, string>, box: Box): Plot {
    const { canvas } = this.context.part(box.left, box.top, box.width, box.height);
    return movedPlot(drawChart(canvas, specification, 1), box);
  }
}

/** A plot of a box, on the sheet that the box is on. */
export function movedPlot({ left, top, right, bottom }: Plot, box: Box): Plot {
  return {
    left: box.left + left,
    top: box.top + top,
    right: box.left + right,
    bottom: box.top + bottom,
  };
}
