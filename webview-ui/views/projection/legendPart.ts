import { element, phraseNodes } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { phrase, t } from '../../l10n.ts';
import type { Colouring, PointGroup } from '../../projection/colouring.ts';
import { attributeGroupNames, numberName, rampEnds } from '../../projection/projectionWording.ts';
import type { ShownProjection } from '../../projection/projectionState.ts';
import type { Theme } from '../../theme.ts';
import type { Phrase } from '../../wording.ts';
import type { View } from '../view.ts';
import { groupColours } from './pointCanvas.ts';

/** What colours and symbols mean, with how many points have each. */
export function createLegendPart(): View<ShownProjection> {
  const root = element('div', { class: 'legend plot-legend' });
  let shown: { readonly colouring: Colouring; readonly theme: Theme } | null = null;
  return {
    element: root,
    update(view, theme) {
      const { colouring, ruleOf } = view;
      if (shown?.colouring === colouring && shown.theme === theme) return;
      shown = { colouring, theme };
      root.replaceChildren(...entries(colouring, ruleOf, theme));
    },
  };
}

function entries(colouring: Colouring, ruleOf: ShownProjection['ruleOf'], theme: Theme): HTMLElement[] {
  const { choice, groups } = colouring;
  switch (choice.kind) {
    case 'none':
      return [entry('plain', phrase('image'), groups[0]!)];
    case 'attribute': {
      const names = attributeGroupNames(choice.name, ruleOf);
      const marks = ['positive', 'negative', 'unknown'] as const;
      return marks.flatMap((mark, i) =>
        mark === 'unknown' && groups[i]!.count === 0 ? [] : [entry(mark, names[i]!, groups[i]!)],
      );
    }
    case 'number': {
      const unknown = groups.at(-1)!;
      return [
        ...rampEntry(choice.name, colouring, theme),
        ...(unknown.count > 0 ? [entry('unknown', phrase('not known'), unknown)] : []),
      ];
    }
  }
}

function entry(mark: string, name: Phrase, { count }: PointGroup): HTMLElement {
  return element(
    'span',
    { class: 'legend-entry' },
    element('span', { class: `dot ${mark}`, attributes: { 'aria-hidden': true } }),
    element('span', {}, ...phraseNodes(phrase('{0}: {1}', name, { number: formatCount(count) }))),
  );
}

function rampEntry(name: string, colouring: Colouring, theme: Theme): HTMLElement[] {
  const ends = rampEnds(colouring);
  if (!ends) return [];
  const strip = element('span', { class: 'ramp', attributes: { 'aria-hidden': true } });
  strip.append(
    ...groupColours(colouring, theme)
      .slice(0, -1)
      .map((rgb) => {
        const step = element('span');
        step.style.backgroundColor = `rgb(${rgb.join(' ')})`;
        return step;
      }),
  );
  const count = colouring.groups.slice(0, -1).reduce((sum, group) => sum + group.count, 0);
  return [
    element(
      'span',
      {
        class: 'legend-entry',
        attributes: {
          role: 'img',
          'aria-label': t('{0}, from {1} to {2}: {3} images', numberName(name), ...ends, formatCount(count)),
        },
      },
      element('bdi', { class: 'name', text: numberName(name) }),
      element('span', { class: 'ramp-end', text: ends[0] }),
      strip,
      element('span', { class: 'ramp-end', text: ends[1] }),
      element('strong', { class: 'figure', text: formatCount(count) }),
    ),
  ];
}
