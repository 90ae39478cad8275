import type { Freshness } from '../../src/protocol/reportJobs.ts';
import { element, setText } from '../dom.ts';
import type { ReportView, Section } from '../state.ts';
import type { Theme } from '../theme.ts';
import { type ComparisonContent, createComparisonPage } from './comparison/comparisonPage.ts';
import { createDataSection } from './dataSection.ts';
import { createDiscriminativeSection } from './discriminativeSection.ts';
import { createFreshness } from './freshness.ts';
import { createHeader } from './header.ts';
import { t } from '../l10n.ts';
import { createMacroscaleSection } from './macroscaleSection.ts';
import { emptyResults, failedPage, loadingPage, versionMismatchPage } from './messages.ts';
import { createMicroscaleSection } from './microscale/microscaleSection.ts';
import { createModelsSection } from './modelsSection.ts';
import { createProjectionSection } from './projection/projectionSection.ts';
import { createRunSection } from './runSection.ts';
import { keepTablesInReach } from './scrollFrames.ts';
import { createSignificanceSection } from './significanceSection.ts';
import { createTabs } from './tabs.ts';
import { createVerificationSection } from './verificationSection.ts';
import type { Actions, View } from './view.ts';

export type PageContent =
  | { readonly kind: 'loading' }
  | ({ readonly kind: 'report' } & ShownReport)
  | ({ readonly kind: 'comparison' } & ComparisonContent)
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'versionMismatch'; readonly hostVersion: number };

export interface ShownReport {
  readonly view: ReportView;
  /** Why the file on disk is no longer what is shown. */
  readonly stale: string | null;
  /** `null` while it is not known. */
  readonly freshness: Freshness | null;
}

/** The page as a whole: one of a few states, of which a report and a comparison are drawn in sections. */
export function createPage(actions: Actions): View<PageContent> {
  const root = element('div', { class: 'page' });
  keepTablesInReach(root);
  let reportPage: View<ShownReport> | null = null;
  let comparisonPage: View<ComparisonContent> | null = null;

  return {
    element: root,
    update(content, theme) {
      applyColours(root, theme);
      if (content.kind === 'comparison') {
        reportPage = null;
        if (!comparisonPage) {
          comparisonPage = createComparisonPage(actions);
          root.replaceChildren(comparisonPage.element);
        }
        comparisonPage.update(content, theme);
        return;
      }
      comparisonPage = null;
      if (content.kind === 'report') {
        if (!reportPage) {
          reportPage = createReportPage(actions);
          root.replaceChildren(reportPage.element);
        }
        reportPage.update(content, theme);
        return;
      }
      reportPage = null;
      root.replaceChildren(messagePage(content, actions));
    },
  };
}

function messagePage(
  content: Exclude<PageContent, { kind: 'report' | 'comparison' }>,
  actions: Actions,
): HTMLElement {
  const showLog = () => actions.post({ type: 'showLog' });
  switch (content.kind) {
    case 'loading':
      return loadingPage(t('Reading the report…'));
    case 'failed':
      return failedPage(t('This report cannot be shown'), content.message, [
        { text: t('Open as Text'), action: () => actions.post({ type: 'openAsText' }) },
        { text: t('Show Log'), action: showLog },
      ]);
    case 'versionMismatch':
      return versionMismatchPage(content.hostVersion, showLog);
  }
}

function sectionNames(): Record<Section, string> {
  return {
    macroscale: t('Macroscale'),
    significance: t('Significance'),
    models: t('Models'),
    microscale: t('Microscale'),
    discriminative: t('Discriminative power'),
    verification: t('Verification'),
    projection: t('Projection'),
    data: t('Data'),
    run: t('Run'),
  };
}

/** Head, tabs and the chosen section; each section is built when it is first shown. */
function createReportPage(actions: Actions): View<ShownReport> {
  const header = createHeader(actions);
  const names = sectionNames();
  const stale = element('p', { class: 'strip warning stale', attributes: { role: 'alert' } });
  const empty = emptyResults();
  const tabs = createTabs<Section>(t('Sections'), (section) => actions.change({ section }));
  const panels = element('main', { class: 'panels' }, empty, tabs.element);
  const built = new Map<Section, View<ReportView>>();
  const freshness = createFreshness(actions);
  const root = element('div', { class: 'report' }, ...[stale, header.element, panels, freshness.element]);
  return {
    element: root,
    update({ view, stale: reason, freshness: known }, theme) {
      freshness.update(known, theme);
      stale.hidden = reason === null;
      setText(
        stale,
        reason === null
          ? ''
          : t(
              'The file has changed and cannot be read: {0} Below is the report as it was last read.',
              reason,
            ),
      );
      header.update(view, theme);
      empty.hidden = !lacksResults(view);
      empty.classList.toggle('brief', view.sections.length > 1);
      tabs.show(
        view.sections.map((key) => ({ key, label: names[key] })),
        view.section,
      );
      for (const [section, { element: panel }] of built) panel.hidden = section !== view.section;
      const section = built.get(view.section) ?? build(view.section);
      section.update(view, theme);
    },
  };

  /** Charts take their size from the page, so a section is in it before it draws. */
  function build(section: Section): View<ReportView> {
    const panel = createSection(section, actions);
    tabs.panel(section, panel.element);
    panel.element.classList.add('panel');
    panels.append(panel.element);
    built.set(section, panel);
    return panel;
  }
}

/** Of a report that was made of the data set alone, none were asked for. */
function lacksResults({ report, sections }: ReportView): boolean {
  const ofModels = sections.some((section) => !['projection', 'data', 'run'].includes(section));
  const isDescription = report.inputs.models.length === 0 && sections.includes('data');
  return !ofModels && !isDescription;
}

function createSection(section: Section, actions: Actions): View<ReportView> {
  switch (section) {
    case 'macroscale':
      return part(createMacroscaleSection(actions), ({ macroscale }) => macroscale);
    case 'significance':
      return part(createSignificanceSection(actions), ({ significance }) => significance);
    case 'models':
      return part(createModelsSection(actions), ({ models }) => models);
    case 'microscale':
      return part(createMicroscaleSection(actions), ({ microscale }) => microscale);
    case 'discriminative':
      return part(createDiscriminativeSection(actions), ({ discriminative }) => discriminative);
    case 'verification':
      return part(createVerificationSection(actions), ({ verification }) => verification);
    case 'projection':
      return part(createProjectionSection(actions), ({ projection }) => projection);
    case 'data':
      return part(createDataSection(actions), ({ data }) => data);
    case 'run':
      return createRunSection(actions);
  }
}

function part<T>(view: View<T>, pick: (report: ReportView) => T | null): View<ReportView> {
  return {
    element: view.element,
    update(report, theme) {
      const content = pick(report);
      if (content !== null) view.update(content, theme);
    },
  };
}

/** Colours of data for the style sheet: set through the object model, which the page's policy allows. */
function applyColours(root: HTMLElement, theme: Theme): void {
  root.style.setProperty('--lens-positive', theme.positive);
  root.style.setProperty('--lens-negative', theme.negative);
  root.style.setProperty('--lens-cross', theme.cross);
  root.style.setProperty('--lens-matched', theme.matched);
  root.style.setProperty('--lens-unmatched', theme.unmatched);
  root.style.setProperty('--lens-grid', theme.grid);
  root.style.setProperty('--lens-axis', theme.axis);
  root.style.setProperty('--lens-noise', theme.noise);
  root.dataset['theme'] = theme.kind;
}
