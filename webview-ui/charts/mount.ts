import type { ChartConfiguration, ChartType } from 'chart.js';
import { Chart } from './register.ts';

/** A canvas that shows one specification after another. Its parent gives it its size. */
export class MountedChart {
  readonly #canvas: HTMLCanvasElement;
  #chart: Chart | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Drawn at once: by the next frame the new chart stands where the old one was. */
  show<T extends ChartType, D>(specification: ChartConfiguration<T, D, string>, label: string): void {
    this.clear();
    this.#canvas.setAttribute('aria-label', label);
    this.#chart = new Chart(this.#canvas, specification as unknown as ChartConfiguration);
  }

  clear(): void {
    this.#chart?.destroy();
    this.#chart = null;
  }
}
