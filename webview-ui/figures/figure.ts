import type { ChartConfiguration, ChartType } from 'chart.js';
import type { Drawing2D } from './drawing2d.ts';

/** Something to draw on paper, wherever it is drawn: as SVG, or on a canvas. Sizes in CSS pixels. */
export interface Figure {
  /** File name without its ending: letters, digits, hyphens and dots. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** One sentence of what it shows. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly draw: (sheet: Sheet) => void;
}

/** What figures are drawn on. */
export interface Sheet {
  /** For drawings of our own. */
  readonly context: Drawing2D;
  /** Draws a chart into a box. */
  readonly chart: DrawChart;
}

export type DrawChart = <T extends ChartType, D>(
  specification: ChartConfiguration<T, D, string>,
  box: Box,
) => void;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A name as a part of a file's: what no file system minds, and not too long. */
export function fileStem(...parts: readonly string[]): string {
  const safe = parts.map((part) =>
    part
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60),
  );
  return safe.filter((part) => part !== '').join('-') || 'figure';
}
