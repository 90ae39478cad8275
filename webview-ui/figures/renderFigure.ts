import type { ChartConfiguration, ChartType } from 'chart.js';
import { drawChart } from './drawChart.ts';
import type { Figure } from './figure.ts';
import { SvgContext } from './svgContext.ts';
import { attributes, escapeXml } from './svgText.ts';

/** A figure as a file of its own, that also can stand in a page with others: their ids begin with their names. */
export function renderFigure({ name, title, description, width, height, draw }: Figure): string {
  const context = new SvgContext(width, height);
  draw({
    context,
    chart: (specification, box) => {
      const { canvas } = context.part(box.left, box.top, box.width, box.height);
      drawChart(canvas, specification, 1)();
    },
  });
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return `<svg${attributes({ xmlns: 'http://www.w3.org/2000/svg', ...size, role: 'img', 'stroke-miterlimit': 10 })}>
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description)}</desc>
<rect${attributes({ width, height, fill: '#ffffff' })}/>
${context.toString(`${name}-clip`)}</svg>
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
    draw: ({ chart }) => chart(specification, { left: 0, top: 0, width, height }),
  });
}
