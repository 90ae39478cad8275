import type { ComparisonSection, ComparisonView } from '../../comparisonState.ts';
import { element, setText } from '../../dom.ts';
import { t } from '../../l10n.ts';
import { createTabs } from '../tabs.ts';
import type { Actions, View } from '../view.ts';
import { createComparedMacroscale } from './comparedMacroscale.ts';
import { createComparedMicroscale } from './comparedMicroscale.ts';
import { createComparedVerification } from './comparedVerification.ts';
import { createComparisonHeader } from './comparisonHeader.ts';
import { createInputChanges } from './inputChanges.ts';

export interface ComparisonContent {
  readonly view: ComparisonView;
  /** Why the file on disk is no longer what is shown. */
  readonly stale: string | null;
}

/** Two reports side by side: head, tabs and the chosen section; each section is built when it is first shown. */
export function createComparisonPage(actions: Actions): View<ComparisonContent> {
  const header = createComparisonHeader(actions);
  const stale = element('p', { class: 'strip warning stale', attributes: { role: 'alert' } });
  const tabs = createTabs<ComparisonSection>(t('Sections'), (section) => actions.change({ section }));
  const panels = element('main', { class: 'panels' }, tabs.element);
  const built = new Map<ComparisonSection, View<ComparisonView>>();
  const root = element('div', { class: 'report report-comparison' }, stale, header.element, panels);
  return {
    element: root,
    update({ view, stale: reason }, theme) {
      stale.hidden = reason === null;
      setText(
        stale,
        reason === null
          ? ''
          : t(
              'The file has changed and cannot be read: {0} Below is the comparison as it was last read.',
              reason,
            ),
      );
      header.update(view, theme);
      tabs.show(
        view.sections.map((key) => ({ key, label: sectionName(key) })),
        view.section,
      );
      for (const [section, { element: panel }] of built) panel.hidden = section !== view.section;
      (built.get(view.section) ?? build(view.section)).update(view, theme);
    },
  };

  /** Charts take their size from the page, so a section is in it before it draws. */
  function build(section: ComparisonSection): View<ComparisonView> {
    const panel = createSection(section, actions);
    tabs.panel(section, panel.element);
    panel.element.classList.add('panel');
    panels.append(panel.element);
    built.set(section, panel);
    return panel;
  }
}

function sectionName(section: ComparisonSection): string {
  switch (section) {
    case 'macroscale':
      return t('Macroscale');
    case 'microscale':
      return t('Microscale');
    case 'verification':
      return t('Verification');
    case 'inputs':
      return t('Inputs');
  }
}

function createSection(section: ComparisonSection, actions: Actions): View<ComparisonView> {
  switch (section) {
    case 'macroscale':
      return part(createComparedMacroscale(actions), ({ macroscale }) => macroscale);
    case 'microscale':
      return part(createComparedMicroscale(actions), ({ microscale }) => microscale);
    case 'verification':
      return part(createComparedVerification(actions), ({ pair }) => pair);
    case 'inputs':
      return part(createInputChanges(actions), ({ comparison }) => comparison);
  }
}

function part<T>(view: View<T>, pick: (comparison: ComparisonView) => T | null): View<ComparisonView> {
  return {
    element: view.element,
    update(comparison, theme) {
      const content = pick(comparison);
      if (content !== null) view.update(content, theme);
    },
  };
}
