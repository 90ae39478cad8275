import { element } from '../dom.ts';
import type { Figure } from '../verificationFacts.ts';

/** A number under its name, with what belongs to it. */
export function figureElement({ term, value, interval, note, warning }: Figure): HTMLElement {
  const line = (className: string, text: string | null) =>
    text === null ? null : element('dd', { class: className, text });
  return element(
    'div',
    { class: 'figure-of' },
    element('dt', { text: term }),
    element('dd', { class: 'value', text: value }),
    line('interval', interval),
    line('note', note),
    line('unsure', warning),
  );
}
