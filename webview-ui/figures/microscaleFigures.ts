import type { FieldAlignment, Retention } from '../../src/protocol/microscaleSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import { energyList } from '../energyList.ts';
import { scatterInWords } from '../energyValidationWording.ts';
import { alignmentPicture } from '../heatPicture.ts';
import { t } from '../l10n.ts';
import { type DrawingsView, viewDrawings } from '../microscaleDrawingState.ts';
import { type MeasuredView, type MicroscaleView, viewMicroscale } from '../microscaleState.ts';
import type { ReportModel } from '../reportModels.ts';
import { validationFigure } from './chartFigure.ts';
import { energyFigure } from './energyFigure.ts';
import { fieldFigure } from './fieldFigure.ts';
import { type Figure, fileStem } from './figure.ts';
import { heatFigure } from './heatFigure.ts';
import { retentionFigure } from './retentionFigure.ts';

/** Energies of each model by each neighbour rule, its fields, and the metric on fields whose energy is known. */
export function microscaleFigures(report: Report, models: readonly ReportModel[]): Figure[] {
  return [
    ...models.flatMap((model) => ofModel(report, models, model)),
    ...(report.results.energyValidations.length > 0
      ? [validationsFigure({ measured: null, validations: report.results.energyValidations })]
      : []),
  ];
}

function ofModel(report: Report, models: readonly ReportModel[], model: ReportModel): Figure[] {
  const { label, name, microscale } = model;
  if (!microscale) return [];
  const { fieldAlignments, retentions, fieldDrawings } = report.results;
  const own = <One extends { readonly model: string }>(list: readonly One[]) =>
    list.filter((one) => one.model === name);
  const drawings = own(fieldDrawings);
  return [
    ...microscale.results.flatMap(({ neighbours }) => {
      const { measured } = viewMicroscale(report, models, model, { neighbours });
      return measured ? [energiesFigure(measured)] : [];
    }),
    ...own(fieldAlignments)
      .filter(({ attributes }) => attributes.length > 1)
      .map((one) => alignmentFigure(one, label)),
    ...own(retentions).map((one) => retentionOf(one, label)),
    ...[...new Set(drawings.map(({ identity }) => identity))].flatMap((fieldIdentity) => {
      const view = viewDrawings(drawings, null, { fieldIdentity });
      return view ? [drawingsFigure(view, label)] : [];
    }),
  ];
}

export function energiesFigure(view: MeasuredView): Figure {
  const { label, result, byModel } = view;
  return energyFigure(energyList(view), {
    name: byModel ? fileStem('energies', result.neighbours) : fileStem('energies', label, result.neighbours),
    title: t('Invariance energy by attribute: {0}', label),
  });
}

export function alignmentFigure(alignment: FieldAlignment, label: string): Figure {
  return heatFigure(alignmentPicture(alignment), {
    name: fileStem('alignment', label),
    title: t('What moves an embedding the same way: {0}', label),
  });
}

export function retentionOf(retention: Retention, label: string): Figure {
  const { attribute } = retention;
  return retentionFigure(retention, {
    name: fileStem('retention', label, attribute),
    title: t('Mean distance between the steps of {0}: {1}', attribute, label),
  });
}

export function drawingsFigure(view: DrawingsView, label: string): Figure {
  return fieldFigure(view, {
    name: fileStem('fields', label, view.identity),
    title: t('Fields of {0}: {1}', view.identity, label),
  });
}

export function validationsFigure({ validations }: MicroscaleView): Figure {
  return validationFigure(validations, {
    name: fileStem('validation'),
    title: t('Measured and known energies'),
    description: scatterInWords(validations),
  });
}
