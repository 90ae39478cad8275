import type { Comparison } from '../../src/protocol/comparisonSchema.ts';
import type { Projection } from '../../src/protocol/projectionSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import { viewComparison } from '../comparisonState.ts';
import { modelsOf } from '../reportModels.ts';
import type { Figure } from './figure.ts';
import { beforeAfterFigure, differencesFigure, energyDifferencesFigure } from './comparisonFigures.ts';
import { dataFigures } from './dataFigures.ts';
import { macroscaleFigures } from './macroscaleFigures.ts';
import { microscaleFigures } from './microscaleFigures.ts';
import { projectionFigures } from './projectionFigure.ts';
import { renderFigure } from './renderFigure.ts';
import { verificationFigures } from './verificationFigures.ts';

/** A figure of a report, drawn when it is asked for. */
export interface ReportFigure {
  /** File name without its ending, unlike that of any other figure of the report. */
  readonly name: string;
  readonly title: string;
  readonly svg: () => string;
}

/**
 * Every chart of the report, in the order of the page, in the colours of paper.
 * @param projection of the report, where there is one.
 */
export function reportFigures(report: Report, projection: Projection | null = null): readonly ReportFigure[] {
  return rendered([...figuresOf(report), ...(projection ? projectionFigures(report, projection) : [])]);
}

/** The same of two reports side by side, for every two models that are compared. */
export function comparisonFigures(comparison: Comparison): readonly ReportFigure[] {
  return rendered(
    comparison.pairs.flatMap(({ before, after }) => {
      const { macroscale, microscale } = viewComparison(comparison, '', { modelX: before, modelY: after });
      return [
        ...(macroscale ? [differencesFigure(macroscale)] : []),
        ...(macroscale && macroscale.points.length > 0 ? [beforeAfterFigure(macroscale)] : []),
        ...(microscale ? [energyDifferencesFigure(microscale)] : []),
      ];
    }),
  );
}

function rendered(figures: readonly Figure[]): readonly ReportFigure[] {
  const taken = new Set<string>();
  return figures.map((figure) => {
    const name = unique(figure.name, taken);
    return { name, title: figure.title, svg: () => renderFigure({ ...figure, name }) };
  });
}

function figuresOf(report: Report): readonly Figure[] {
  const models = modelsOf(report);
  return [
    ...macroscaleFigures(report, models),
    ...microscaleFigures(report, models),
    ...verificationFigures(report, models),
    ...dataFigures(report, models),
  ];
}

/** Names may differ only in what no file system minds, or in case. */
function unique(name: string, taken: Set<string>): string {
  let found = name;
  for (let n = 2; taken.has(found.toLowerCase()); n++) found = `${name}-${n}`;
  taken.add(found.toLowerCase());
  return found;
}
