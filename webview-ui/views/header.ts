import { countsInWords, isFallback, leftOutInWords, providerInWords, providerWarnings } from '../facts.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import type { ReportView } from '../state.ts';
import { type Phrase, summary } from '../wording.ts';
import { button, select } from './controls.ts';
import { diagnosticList } from './diagnostics.ts';
import { provenance } from './provenance.ts';
import type { Actions, View } from './view.ts';

/** What was analysed, what ran it, what was found first, and what was left out. */
export function createHeader(actions: Actions): View<ReportView> {
  const title = element('h1');
  const fileName = element('span', { class: 'muted file' });
  const model = select('Model', (label) => actions.change({ model: label }));
  model.element.classList.add('model');
  const facts = element('ul', { class: 'facts' });
  const warnings = element('div', { class: 'warnings' });
  const sentences = element('p', { class: 'summary' });
  const leftOut = element('summary');
  const leftOutDetails = element('details', { class: 'left-out' }, leftOut);
  const run = element('details', { class: 'run' }, element('summary', { text: 'How this was made' }));
  const header = element(
    'header',
    { class: 'page-header' },
    element(
      'div',
      { class: 'title-line' },
      element('div', { class: 'title' }, title, fileName),
      element(
        'div',
        { class: 'title-actions' },
        model.element,
        button('Open as Text', () => actions.post({ type: 'openAsText' }), true),
      ),
    ),
    facts,
    warnings,
    sentences,
    element('div', { class: 'disclosures' }, leftOutDetails, run),
  );
  let shown: ReportView | null = null;

  return {
    element: header,
    update(view) {
      const { report, modelLabels, model: current } = view;
      const unchanged = shown?.report === report && shown.model?.label === current?.label;
      shown = view;
      if (unchanged) return;
      title.replaceChildren(...phraseNodes(titleOf(view)));
      setText(fileName, view.fileName);
      model.element.hidden = modelLabels.length < 2;
      model.set(
        modelLabels.map((label) => ({ value: label, label })),
        current?.label ?? '',
      );
      const provider = current?.input?.provider ?? null;
      facts.replaceChildren(
        ...[
          ...countsInWords(report),
          ...(current ? [`${current.result.metric} distance`] : []),
          ...(current?.input ? [providerInWords(provider)] : []),
        ].map((text) => element('li', { text })),
      );
      warnings.replaceChildren(...warningStrips(view));
      sentences.replaceChildren(
        ...(current ? summary(current) : []).flatMap((phrase) => [...phraseNodes(phrase), ' ']),
      );
      sentences.hidden = sentences.childNodes.length === 0;
      setText(leftOut, leftOutInWords(report.diagnostics));
      leftOutDetails.classList.toggle('nothing', report.diagnostics.length === 0);
      leftOutDetails.replaceChildren(leftOut, diagnosticList(report.diagnostics));
      run.replaceChildren(run.firstElementChild!, provenance(report, current?.input ?? null));
    },
  };
}

function titleOf({ report, model }: ReportView): Phrase {
  const label = model?.label ?? report.inputs.models[0]?.name;
  const dataset = { name: report.inputs.dataset.name };
  return label === undefined ? [dataset] : [{ name: label }, ' on ', dataset];
}

function warningStrips({ report, model }: ReportView): HTMLElement[] {
  const provider = model?.input?.provider ?? null;
  const messages = providerWarnings(provider);
  const disagreement = report.diagnostics.find(({ code }) => code === 'providerDisagrees');
  const loud = isFallback(provider) || disagreement !== undefined;
  const texts = [...messages, ...(disagreement ? [disagreement.message] : [])];
  if (texts.length === 0) return [];
  return [
    element(
      'p',
      { class: loud ? 'strip warning' : 'strip note', attributes: { role: 'note' } },
      element('span', { class: 'strip-sign', text: loud ? '!' : 'i', attributes: { 'aria-hidden': true } }),
      element('span', { text: texts.join(' ') }),
    ),
  ];
}
