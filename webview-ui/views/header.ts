import {
  countsInWords,
  isFallback,
  leftOutInWords,
  providerInWords,
  providerWarnings,
  speedOf,
} from '../facts.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import type { Report } from '../../src/protocol/report.ts';
import type { ReportView } from '../state.ts';
import type { Overview } from '../findings.ts';
import { phrase, t } from '../l10n.ts';
import type { Phrase } from '../wording.ts';
import { select } from './controls.ts';
import { diagnosticList } from './diagnostics.ts';
import { editorButtons } from './editorButtons.ts';
import type { Actions, View } from './view.ts';

/** What was analysed, what ran it, what was found first, and what was left out. */
export function createHeader(actions: Actions): View<ReportView> {
  const title = element('h1');
  const fileName = element('bdi', { class: 'muted file' });
  const model = select(t('Model'), (label) => actions.change({ model: label }));
  model.element.classList.add('model');
  const facts = element('ul', { class: 'facts' });
  const warnings = element('div', { class: 'warnings' });
  const overview = createOverview(actions);
  const leftOut = element('summary');
  const leftOutDetails = element('details', { class: 'left-out' }, leftOut);
  const header = element(
    'header',
    { class: 'page-header' },
    element(
      'div',
      { class: 'title-line' },
      element('div', { class: 'title' }, title, fileName),
      element('div', { class: 'title-actions' }, model.element, ...editorButtons(actions)),
    ),
    facts,
    warnings,
    overview.element,
    leftOutDetails,
  );
  let shown: { report: Report; label: string | null; far: number | undefined } | null = null;

  return {
    element: header,
    update(view) {
      const { report, modelLabels, label, input, macroscale, verification } = view;
      const far = verification?.overall?.far;
      const unchanged = shown?.report === report && shown.label === label && shown.far === far;
      shown = { report, label, far };
      if (unchanged) return;
      title.replaceChildren(...phraseNodes(titleOf(view)));
      setText(fileName, view.fileName);
      model.element.hidden = modelLabels.length < 2;
      model.set(
        modelLabels.map((value) => ({ value, label: value })),
        label ?? '',
      );
      const result = macroscale?.result ?? verification?.result;
      facts.replaceChildren(
        ...[
          ...countsInWords(report),
          ...(result ? [result.metric === 'cosine' ? t('cosine distance') : t('euclidean distance')] : []),
          ...(input ? [providerInWords(input.provider, speedOf(report, input.name))] : []),
        ].map((text) => element('li', { text })),
      );
      warnings.replaceChildren(...warningStrips(view));
      overview.show(view.overview);
      setText(leftOut, leftOutInWords(report.diagnostics));
      leftOutDetails.classList.toggle('nothing', report.diagnostics.length === 0);
      leftOutDetails.replaceChildren(leftOut, diagnosticList(report.diagnostics));
    },
  };
}

interface OverviewList {
  readonly element: HTMLElement;
  show(overview: Overview): void;
}

/** The findings as sentences, each with the way to its chart. */
function createOverview(actions: Actions): OverviewList {
  const list = element('ul', {
    class: 'overview-findings',
    attributes: { 'aria-label': t('Strongest findings') },
  });
  const remarks = element('p', { class: 'muted remarks' });
  const root = element('div', { class: 'overview' }, list, remarks);
  return {
    element: root,
    show(overview) {
      root.hidden = overview.findings.length + overview.remarks.length === 0;
      list.hidden = overview.findings.length === 0;
      remarks.hidden = overview.remarks.length === 0;
      list.replaceChildren(
        ...overview.findings.map(({ phrase: sentence, target }) => {
          const show = element('button', { class: 'link', text: t('Show'), attributes: { type: 'button' } });
          show.addEventListener('click', () => actions.change(target));
          return element('li', {}, element('span', {}, ...phraseNodes(sentence)), ' ', show);
        }),
      );
      remarks.replaceChildren(...overview.remarks.flatMap((sentence) => [...phraseNodes(sentence), ' ']));
    },
  };
}

function titleOf({ report, label: shown }: ReportView): Phrase {
  const label = shown ?? report.inputs.models[0]?.name;
  const dataset = { name: report.inputs.dataset.name };
  return label === undefined ? [dataset] : phrase('{0} on {1}', { name: label }, dataset);
}

function warningStrips({ report, input }: ReportView): HTMLElement[] {
  const provider = input?.provider ?? null;
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
