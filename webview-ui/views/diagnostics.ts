import { t } from '../l10n.ts';
import type { Report } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { formatCount } from '../format.ts';

const shownItems = 10;

/** What was left out or remarked: count, sentence and the first items of each. */
export function diagnosticList(diagnostics: Report['diagnostics']): HTMLElement {
  if (diagnostics.length === 0) {
    return element('p', { class: 'muted', text: t('Every image and every attribute was used.') });
  }
  return element(
    'ul',
    { class: 'diagnostics' },
    ...diagnostics.map(({ message, count, items }) =>
      element('li', {}, element('span', { text: message }), items.length > 0 ? itemLine(items, count) : null),
    ),
  );
}

function itemLine(items: readonly string[], count: number): HTMLElement {
  const first = items.slice(0, shownItems);
  const more = Math.max(count, items.length) - first.length;
  return element(
    'div',
    { class: 'items muted' },
    ...first.flatMap((item, index) => [index > 0 ? ' · ' : '', element('bdi', { text: item })]),
    more > 0 ? ` · ${t('and {0} more', formatCount(more))}` : null,
  );
}
