import { modalities } from '../../src/domain/attributeColumn.ts';
import type { Report } from '../../src/protocol/report.ts';
import { discriminativeList } from '../discriminativeList.ts';
import { type DiscriminativeView, viewDiscriminative } from '../discriminativeState.ts';
import { t } from '../l10n.ts';
import { macroscaleList } from '../macroscaleList.ts';
import { type MacroscaleView, rowOf, viewMacroscale } from '../macroscaleState.ts';
import { modelsPlot } from '../modelsPlot.ts';
import { comparedModels, type ModelsView, viewModels } from '../modelsState.ts';
import type { ReportModel } from '../reportModels.ts';
import { type SignificanceView, viewSignificance } from '../significanceState.ts';
import { cdfChartInWords, plainText } from '../wording.ts';
import { cdfFigure } from './chartFigure.ts';
import { type Figure, fileStem } from './figure.ts';
import { dotsFigure } from './listFigures.ts';
import { scatterFigure } from './scatterFigure.ts';
import { significanceFigure } from './significanceFigure.ts';

/** KS distances and what is read off embeddings of each model, then what models are compared by. */
export function macroscaleFigures(report: Report, models: readonly ReportModel[]): Figure[] {
  const compared = comparedModels(models);
  return [
    ...models.flatMap((model) => ofModel(report, model)),
    ...(compared.length > 0 ? [significanceOf(viewSignificance(models, {}))] : []),
    ...compared.flatMap((x, i) =>
      compared.slice(i + 1).flatMap((y) => {
        const view = viewModels(report, models, { modelX: x.label, modelY: y.label });
        return view ? [modelsFigure(view)] : [];
      }),
    ),
  ];
}

function ofModel(report: Report, { label, macroscale: result, discriminative }: ReportModel): Figure[] {
  const figures: Figure[] = [];
  if (result && result.rows.length > 0) {
    const view = viewMacroscale(report, result, {});
    figures.push(ksFigure(view, label));
    for (const { attribute } of view.ranking) {
      const figure = distancesFigure(viewMacroscale(report, result, { attribute }), label);
      if (figure) figures.push(figure);
    }
  }
  if (discriminative && discriminative.rows.length > 0) {
    figures.push(scoresFigure(viewDiscriminative(report, discriminative, {}), label));
  }
  return figures;
}

export function ksFigure(view: MacroscaleView, label: string): Figure {
  return dotsFigure(macroscaleList(view), {
    name: fileStem('macroscale', label),
    title: t('KS distance by attribute: {0}', label),
  });
}

export function scoresFigure(view: DiscriminativeView, label: string): Figure {
  return dotsFigure(discriminativeList(view), {
    name: fileStem('discriminative', label),
    title: t('Discriminative power by attribute: {0}', label),
  });
}

/** Of the chosen attribute; `null` where the report holds no distances of it. */
export function distancesFigure(view: MacroscaleView, label: string): Figure | null {
  const { selected, distribution, result } = view;
  if (!selected || !distribution) return null;
  const rows = modalities.flatMap((modality) => rowOf(selected, modality) ?? []);
  return cdfFigure(
    { distribution, rows, metric: result.metric },
    {
      name: fileStem('distances', label, selected.attribute),
      title: t('Distances of {0}: {1}', selected.attribute, label),
      description: plainText(cdfChartInWords(selected, view)),
    },
  );
}

export function significanceOf(view: SignificanceView): Figure {
  return significanceFigure(view, { name: fileStem('significance'), title: t('p by attribute and model') });
}

export function modelsFigure(view: ModelsView): Figure {
  const { x, y } = view;
  return scatterFigure(modelsPlot(view), {
    name: fileStem('models', x.label, y.label),
    title: t('KS distance by attribute: {0} against {1}', y.label, x.label),
  });
}
