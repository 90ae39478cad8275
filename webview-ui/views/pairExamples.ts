import type { VerificationResult } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { distanceOfPairs, worstPairsCaveat, worstPairsInWords } from '../verificationWording.ts';
import { picture } from './picture.ts';
import type { Actions, View } from './view.ts';

type Pair = VerificationResult['worstMatched'][number];

/** The worst pairs as images. Thumbnails are asked for once the pairs come near the visible part of the page. */
export function createPairExamples(actions: Actions): View<VerificationResult> {
  const far = createGroup('One person, far apart', 'These would be rejected first.', actions);
  const near = createGroup('Two people, close together', 'These would be accepted first.', actions);
  const root = element(
    'section',
    { class: 'examples', attributes: { 'aria-label': 'Worst pairs' } },
    element('h2', { text: 'Worst pairs' }),
    element('p', { text: worstPairsInWords }),
    element('p', { class: 'muted', text: worstPairsCaveat }),
    far.element,
    near.element,
  );
  let shown: VerificationResult | null = null;
  let isNear = false;
  const request = () => {
    if (!isNear || !shown) return;
    const pairs = [...shown.worstMatched, ...shown.worstUnmatched];
    actions.thumbnails.request(pairs.flatMap(({ left, right }) => [left, right]));
  };
  new IntersectionObserver(
    (entries) => {
      isNear = entries.at(-1)?.isIntersecting ?? false;
      request();
    },
    { rootMargin: '400px' },
  ).observe(root);

  return {
    element: root,
    update(result, theme) {
      shown = result;
      root.hidden = result.worstMatched.length + result.worstUnmatched.length === 0;
      far.update({ pairs: result.worstMatched, result }, theme);
      near.update({ pairs: result.worstUnmatched, result }, theme);
      request();
    },
  };
}

interface GroupContent {
  readonly pairs: readonly Pair[];
  readonly result: VerificationResult;
}

function createGroup(title: string, note: string, actions: Actions): View<GroupContent> {
  const list = element('ul', { class: 'pair-list' });
  const root = element(
    'div',
    {},
    element('h3', { text: title }),
    element('p', { class: 'muted', text: note }),
    list,
  );
  let drawn: readonly Pair[] | null = null;
  let pictures: readonly ReturnType<typeof picture>[] = [];
  return {
    element: root,
    update({ pairs, result }) {
      root.hidden = pairs.length === 0;
      if (drawn !== pairs) {
        drawn = pairs;
        const open = (path: string) => actions.post({ type: 'openImage', path });
        const couples = pairs.map(({ left, right }) => [picture(left, open), picture(right, open)] as const);
        pictures = couples.flat();
        list.replaceChildren(
          ...couples.map(([left, right], index) =>
            element(
              'li',
              { class: 'pair' },
              element('div', { class: 'couple' }, left.element, right.element),
              element(
                'p',
                { class: 'pair-distance' },
                `${result.metric} distance `,
                element('span', { class: 'figure', text: distanceOfPairs(pairs[index]!.distance, result) }),
              ),
            ),
          ),
        );
      }
      for (const one of pictures) one.show(actions.thumbnails.uriOf(one.image));
    },
  };
}
