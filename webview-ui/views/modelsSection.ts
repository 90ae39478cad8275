import type { ComparedMeasure } from '../../src/protocol/webviewMessages.ts';
import { differencesAsCsv } from '../csvSignificance.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { modelsFigure } from '../figures/macroscaleFigures.ts';
import { formatCount } from '../format.ts';
import { t } from '../l10n.ts';
import { modelsPlot } from '../modelsPlot.ts';
import type { ModelsView } from '../modelsState.ts';
import { differencesInWords, measureNames, scatterCaveat, scatterInWords } from '../modelsWording.ts';
import type { Theme } from '../theme.ts';
import { button, type Select, select } from './controls.ts';
import { definitionLink } from './definitionLink.ts';
import { createDifferenceTable } from './differenceTable.ts';
import { createFilterField } from './filterField.ts';
import { onChange } from './onChange.ts';
import { createSaveMenu, saveableOf } from './saveMenu.ts';
import { createScatterPlot } from './scatterPlot.ts';
import { onShortcut } from './shortcuts.ts';
import type { Actions, View } from './view.ts';

/** Two models against each other: a circle for each attribute, and beside it every difference with its interval. */
export function createModelsSection(actions: Actions): View<ModelsView> {
  let shown: ModelsView | null = null;
  const choose = (attribute: string) => actions.change({ attribute });
  const open = (attribute: string) => actions.change({ attribute, section: 'macroscale' });
  const plot = createScatterPlot('point', { choose, open });
  const table = createDifferenceTable({
    choose,
    open,
    sort: (differenceSort) => actions.change({ differenceSort }),
  });
  const x = modelSelect(t('To the right'), (label) => chooseModels(label, 'x'));
  const y = modelSelect(t('Upwards'), (label) => chooseModels(label, 'y'));
  const measure = select(t('Compared'), (value) => actions.change({ measure: value as ComparedMeasure }));
  measure.element.classList.add('measure');
  const filter = createFilterField({
    filter: (text) => actions.change({ filter: text }),
    down: () => table.focus(),
  });
  const count = element('span', { class: 'count muted', attributes: { role: 'status' } });
  const copy = button(
    t('Copy as CSV'),
    () => {
      if (shown) actions.post({ type: 'copy', text: differencesAsCsv(shown) });
    },
    true,
  );
  const save = createSaveMenu(actions, t('Two models against each other'), ['svg', 'png', 'csv'], () => {
    const view = shown;
    return view && saveableOf(modelsFigure(view), () => differencesAsCsv(view));
  });
  const words = element('p');
  const differences = element('p', { class: 'words' });
  const nothing = element('p', { class: 'nothing-found muted' });
  const scroller = element('div', { class: 'table-scroller' }, table.element, nothing);
  const root = element(
    'div',
    { class: 'models' },
    element(
      'div',
      { class: 'toolbar' },
      measure.element,
      element('span', { class: 'between' }, x.element, element('span', { text: t('against') }), y.element),
      save,
    ),
    element(
      'div',
      { class: 'models-parts' },
      element(
        'figure',
        {},
        plot.element,
        element(
          'figcaption',
          {},
          words,
          element(
            'p',
            { class: 'muted' },
            `${scatterCaveat()} ${t('T: to the list and back; Enter: the chosen attribute in Macroscale.')} `,
            definitionLink(actions, 'ks-distance', t('KS distance')),
          ),
        ),
      ),
      element(
        'section',
        { class: 'differences', attributes: { 'aria-label': t('Differences') } },
        differences,
        element('div', { class: 'toolbar' }, filter.element, count, copy),
        scroller,
        element(
          'p',
          { class: 'caption muted' },
          `${t('It does not show why they differ, nor which of the two is better.')} `,
          definitionLink(actions, 'bootstrap-interval', t('Bootstrap interval')),
        ),
      ),
    ),
  );
  const unfiltered = onChange(
    {
      element: root,
      update(view: ModelsView, theme: Theme) {
        plot.update(modelsPlot(view), theme);
        words.replaceChildren(...phraseNodes(scatterInWords(view)));
        differences.replaceChildren(...phraseNodes(differencesInWords(view)));
      },
    },
    (view: ModelsView) => [view.x.result, view.y.result, view.measure, view.selected],
  );
  onShortcut(root, (key) => {
    if (key === '/') filter.element.focus();
    else if (key === 't') (scroller.contains(document.activeElement) ? plot : table).focus();
    return key === '/' || key === 't';
  });

  return {
    element: root,
    update(view, theme) {
      shown = view;
      const choices = view.labels.map((value) => ({ value, label: value }));
      x.set(choices, view.x.label);
      y.set(choices, view.y.label);
      measure.set(
        Object.entries(measureNames()).map(([value, label]) => ({ value, label })),
        view.measure,
      );
      filter.show(view.filter);
      unfiltered.update(view, theme);
      table.update(view, theme);
      const all = formatCount(view.nDifferences);
      const found = view.differences.length;
      setText(
        count,
        found === view.nDifferences
          ? t('{0} differences', all)
          : t('{0} of {1} differences', formatCount(found), all),
      );
      nothing.hidden = found > 0;
      setText(nothing, found > 0 ? '' : t('None of {0} differences matches «{1}».', all, view.filter.trim()));
    },
  };

  /** Choosing the other axis' model turns the two round. */
  function chooseModels(label: string, axis: 'x' | 'y'): void {
    if (!shown) return;
    const [own, other] = axis === 'x' ? [shown.x.label, shown.y.label] : [shown.y.label, shown.x.label];
    const rest = other === label ? own : other;
    actions.change(axis === 'x' ? { modelX: label, modelY: rest } : { modelX: rest, modelY: label });
  }
}

function modelSelect(label: string, onChange: (label: string) => void): Select {
  const node = select(label, onChange);
  node.element.classList.add('compared-model');
  return node;
}
