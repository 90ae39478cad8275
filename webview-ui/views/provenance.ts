import type { ModelInput, Report } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { provenanceFacts } from '../provenanceFacts.ts';

export function provenance(report: Report, model: ModelInput | null): HTMLElement {
  return element(
    'dl',
    { class: 'provenance' },
    ...provenanceFacts(report, model).flatMap(([term, value]) => [
      element('dt', { text: term }),
      element('dd', {}, element('bdi', { text: value })),
    ]),
  );
}
