import { SvgContext } from './svgContext.ts';

/** Measures text before there is a figure to write it in. */
export const measuring = new SvgContext(0, 0);
