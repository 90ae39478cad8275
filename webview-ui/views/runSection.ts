import type { ModelInput, Report } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { inEditor } from '../editor.ts';
import { methodsSentence } from '../export/methods.ts';
import { paperBibtex } from '../export/paper.ts';
import { formatDuration } from '../format.ts';
import { t } from '../l10n.ts';
import { button } from './controls.ts';
import { factsTable } from './factsTable.ts';
import { provenance } from './provenance.ts';
import type { Actions, View } from './view.ts';

/** Everything that is needed to make the same report again, and how long it took. */
export function createRunSection({
  post,
}: Pick<Actions, 'post'>): View<{ readonly report: Report; readonly input: ModelInput | null }> {
  const content = element('div');
  let shown: { readonly report: Report; readonly input: ModelInput | null } | null = null;
  const copyMethods = button(t('Copy Methods'), () => {
    if (shown) post({ type: 'copy', text: methodsSentence(shown.report) });
  });
  copyMethods.title = t('How this was made, as a paragraph for a paper, with versions and seed');
  const copyCitation = button(t('Copy BibTeX'), () => post({ type: 'copy', text: paperBibtex }), true);
  copyCitation.title = t('The paper whose methods these are');
  const exportAll = inEditor() ? button(t('Export all…'), () => post({ type: 'exportReport' }), true) : null;
  return {
    element: element(
      'div',
      { class: 'run' },
      element('h2', { text: t('How this was made') }),
      element('div', { class: 'buttons' }, copyMethods, copyCitation, exportAll),
      content,
    ),
    update(value) {
      if (shown?.report === value.report && shown.input === value.input) return;
      shown = value;
      const { phases } = value.report.times;
      content.replaceChildren(
        provenance(value.report, value.input),
        ...(phases.length > 0
          ? [
              element('h3', { text: t('Time') }),
              factsTable(
                [t('Phase'), t('time')],
                phases.map(({ phase, ms }) => [phase, formatDuration(ms)]),
                { rowHeaders: true, label: t('Time of each phase') },
              ),
            ]
          : []),
      );
    },
  };
}
