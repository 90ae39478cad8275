import type { People, Report } from '../../src/protocol/report.ts';
import { type AssociationView, viewAssociations } from '../associationState.ts';
import { correlationPlot } from '../correlationPlot.ts';
import { type CorrelationView, viewCorrelations } from '../correlationState.ts';
import { dataList } from '../dataList.ts';
import { type DataView, peopleBins, viewData } from '../dataState.ts';
import { peopleInWords } from '../dataWording.ts';
import { associationPicture } from '../heatPicture.ts';
import { t } from '../l10n.ts';
import type { ReportModel } from '../reportModels.ts';
import { peopleFigure } from './chartFigure.ts';
import { type Figure, fileStem } from './figure.ts';
import { heatFigure } from './heatFigure.ts';
import { barsFigure } from './listFigures.ts';
import { scatterFigure } from './scatterFigure.ts';

/** People and attributes of the data set, what goes together, and how KS distances go with entropies. */
export function dataFigures(report: Report, models: readonly ReportModel[]): Figure[] {
  const { people, attributes } = report.results;
  const associations = viewAssociations(report, {});
  return [
    ...(people && people.histogram.length > 0 ? [imagesOfPeople(people)] : []),
    ...(attributes.length > 0 ? [countsFigure(viewData(report, null, {}))] : []),
    ...models.flatMap(({ label, macroscale }) =>
      (['intraEntropy', 'interEntropy'] as const).flatMap((entropy) => {
        const view = macroscale ? viewCorrelations(report, macroscale, { entropy }) : null;
        return view && view.points.length > 0 ? [correlationFigure(view, label)] : [];
      }),
    ),
    ...(associations?.measures ?? []).flatMap((association) => {
      const view = viewAssociations(report, { association });
      return view ? [associationFigure(view)] : [];
    }),
  ];
}

export function imagesOfPeople(people: People): Figure {
  return peopleFigure(peopleBins(people), {
    name: fileStem('people'),
    title: t('Images per person'),
    description: peopleInWords(people),
  });
}

export function countsFigure(view: DataView): Figure {
  return barsFigure(dataList(view), {
    name: fileStem('attributes'),
    title: t('Counts and entropies by attribute'),
  });
}

export function correlationFigure(view: CorrelationView, label: string): Figure {
  const { aggregate, entropy } = view;
  return scatterFigure(correlationPlot(view), {
    name: fileStem('entropy', label, aggregate, entropy),
    title: t('KS distance against entropy: {0}', label),
  });
}

export function associationFigure(view: AssociationView): Figure {
  return heatFigure(associationPicture(view), {
    name: fileStem('associations', view.map.measure),
    title: t('What goes together'),
  });
}
