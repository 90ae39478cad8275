import type { ModelInput, Report } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { formatDuration } from '../format.ts';
import { factsTable } from './factsTable.ts';
import { provenance } from './provenance.ts';
import type { View } from './view.ts';

/** Everything that is needed to make the same report again, and how long it took. */
export function createRunSection(): View<{ readonly report: Report; readonly input: ModelInput | null }> {
  const content = element('div');
  let shown: { readonly report: Report; readonly input: ModelInput | null } | null = null;
  return {
    element: element('div', { class: 'run' }, element('h2', { text: 'How this was made' }), content),
    update(value) {
      if (shown?.report === value.report && shown.input === value.input) return;
      shown = value;
      const { phases } = value.report.times;
      content.replaceChildren(
        provenance(value.report, value.input),
        ...(phases.length > 0
          ? [
              element('h3', { text: 'Time' }),
              factsTable(
                ['Phase', 'time'],
                phases.map(({ phase, ms }) => [phase, formatDuration(ms)]),
                { rowHeaders: true, label: 'Time of each phase' },
              ),
            ]
          : []),
      );
    },
  };
}
