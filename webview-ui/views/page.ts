import { element, setText } from '../dom.ts';
import type { MacroscaleView, ReportView } from '../state.ts';
import type { Theme } from '../theme.ts';
import { createAttributeSection } from './attributeSection.ts';
import { createHeader } from './header.ts';
import { emptyResults, failedPage, loadingPage, versionMismatchPage } from './messages.ts';
import type { Actions, View } from './view.ts';

export type PageContent =
  | { readonly kind: 'loading' }
  /** `stale`: why the file on disk is no longer what is shown. */
  | { readonly kind: 'report'; readonly view: ReportView; readonly stale: string | null }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'versionMismatch'; readonly hostVersion: number };

/** The page as a whole: one of four states, of which a report is drawn in sections. */
export function createPage(actions: Actions): View<PageContent> {
  const root = element('div', { class: 'page' });
  let reportPage: View<{ view: ReportView; stale: string | null }> | null = null;

  return {
    element: root,
    update(content, theme) {
      applyColours(root, theme);
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

function messagePage(content: Exclude<PageContent, { kind: 'report' }>, actions: Actions): HTMLElement {
  switch (content.kind) {
    case 'loading':
      return loadingPage();
    case 'failed':
      return failedPage(content.message, actions);
    case 'versionMismatch':
      return versionMismatchPage(content.hostVersion, actions);
  }
}

/** Sections in the order of the page; each shows a part of the report, where the report has it. */
function createReportPage(actions: Actions): View<{ view: ReportView; stale: string | null }> {
  const header = createHeader(actions);
  const stale = element('p', { class: 'strip warning stale', attributes: { role: 'alert' } });
  const empty = emptyResults();
  let macroscale: View<MacroscaleView> | null = null;
  const root = element('div', { class: 'report' }, stale, header.element, empty);
  return {
    element: root,
    update({ view, stale: reason }, theme) {
      stale.hidden = reason === null;
      setText(
        stale,
        reason === null
          ? ''
          : `The file has changed and cannot be read: ${reason} Below is the report as it was last read.`,
      );
      header.update(view, theme);
      const model = view.model && view.model.ranking.length > 0 ? view.model : null;
      empty.hidden = model !== null;
      if (model && !macroscale) {
        macroscale = createAttributeSection(actions);
        // Charts take their size from the page, so a section is in it before it draws.
        root.append(macroscale.element);
      }
      if (macroscale) macroscale.element.hidden = model === null;
      if (model) macroscale?.update(model, theme);
    },
  };
}

/** Colours of data for the style sheet: set through the object model, which the page's policy allows. */
function applyColours(root: HTMLElement, theme: Theme): void {
  root.style.setProperty('--lens-positive', theme.positive);
  root.style.setProperty('--lens-negative', theme.negative);
  root.style.setProperty('--lens-cross', theme.cross);
  root.style.setProperty('--lens-grid', theme.grid);
  root.style.setProperty('--lens-axis', theme.axis);
  root.dataset['theme'] = theme.kind;
}
