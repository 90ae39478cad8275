import type { Report } from '../../src/protocol/report.ts';
import type { Figure } from './figure.ts';
import { renderFigure } from './renderFigure.ts';

/** A figure of a report, drawn when it is asked for. */
export interface ReportFigure {
  /** File name without its ending, unlike that of any other figure of the report. */
  readonly name: string;
  readonly title: string;
  readonly svg: () => string;
}

/** Every chart of the report, in the order of the page, in the colours of paper. */
export function reportFigures(report: Report): readonly ReportFigure[] {
  return figuresOf(report).map((figure) => ({
    name: figure.name,
    title: figure.title,
    svg: () => renderFigure(figure),
  }));
}

function figuresOf(report: Report): readonly Figure[] {
  return report.results.macroscale.length > 0 ? [] : [];
}
