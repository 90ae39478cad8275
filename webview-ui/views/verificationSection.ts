import { acceptRatesAsCsv } from '../csv.ts';
import { element } from '../dom.ts';
import { acceptRatesFigure } from '../figures/verificationFigures.ts';
import { formatFar } from '../format.ts';
import { t } from '../l10n.ts';
import { verificationList } from '../verificationList.ts';
import type { VerificationView } from '../verificationState.ts';
import type { Theme } from '../theme.ts';
import { createAttributeChart } from './attributeChart.ts';
import { createAttributeList } from './attributeList.ts';
import { select } from './controls.ts';
import { createModalityDetail } from './modalityDetail.ts';
import { onChange, picturesOf } from './onChange.ts';
import { createPairCharts } from './pairCharts.ts';
import { createPairExamples } from './pairExamples.ts';
import { createVerificationFigures } from './verificationFigures.ts';
import type { Actions, View } from './view.ts';

/** Is this model any good, where does it fail, and for whom. */
export function createVerificationSection(actions: Actions): View<VerificationView> {
  let shown: { view: VerificationView; theme: Theme } | null = null;
  const figures = createVerificationFigures(actions);
  const charts = createPairCharts(actions);
  const far = select(t('Threshold by FAR'), (value) => actions.change({ far: Number(value) }));
  far.element.classList.add('far');
  const list = createAttributeList(actions, createAttributeChart, {
    id: 'verification',
    extra: far.element,
    sorted: (tarSort) => ({ tarSort }),
    csv: () => (shown ? acceptRatesAsCsv(shown.view) : ''),
    title: t('True accept rate by attribute'),
    figure: () => shown && acceptRatesFigure(shown.view, shown.view.result.model),
    openDetail: () => detail.focus(),
  });
  const detail = onChange(
    createModalityDetail(() => list.focus()),
    (view: VerificationView) => [view.result, view.selected?.attribute, view.overall?.far],
  );
  const byAttribute = element(
    'section',
    { attributes: { 'aria-label': t('By attribute') } },
    element('h2', { class: 'part-title', text: t('Where it fails, and for whom') }),
    element('div', { class: 'section' }, list.element, detail.element),
  );
  const examples = onChange(createPairExamples(actions), (result: VerificationView['result']) => [
    result,
    ...picturesOf(actions),
  ]);
  const root = element(
    'div',
    { class: 'verification' },
    figures.element,
    charts.element,
    byAttribute,
    examples.element,
  );
  return {
    element: root,
    update(view, theme) {
      const { result } = view;
      const isNew = shown?.view.result !== result;
      if (isNew) figures.update(result, theme);
      if (isNew || shown?.theme !== theme) charts.update(result, theme);
      shown = { view, theme };
      byAttribute.hidden = view.ranking.length === 0;
      far.element.hidden = view.farChoices.length < 2;
      far.set(
        view.farChoices.map((choice) => ({ value: String(choice), label: t('FAR {0}', formatFar(choice)) })),
        String(view.overall?.far ?? ''),
      );
      if (view.ranking.length > 0) {
        list.update(verificationList(view), theme);
        detail.update(view, theme);
      }
      examples.update(result, theme);
    },
  };
}
