import type { VerificationResult } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { phrase, t } from '../l10n.ts';
import { distanceOfPairs, worstPairsCaveat, worstPairsInWords } from '../verificationWording.ts';
import { createPairList } from './pairList.ts';
import { createPictureNotice } from './pictureNotice.ts';
import type { Actions, View } from './view.ts';

/** The worst pairs as images. Thumbnails are asked for once the pairs come near the visible part of the page. */
export function createPairExamples(actions: Actions): View<VerificationResult> {
  const notice = createPictureNotice(actions);
  const far = createGroup(t('One person, far apart'), t('These would be rejected first.'), actions);
  const near = createGroup(t('Two people, close together'), t('These would be accepted first.'), actions);
  const root = element(
    'section',
    { class: 'examples', attributes: { 'aria-label': t('Worst pairs') } },
    element('h2', { text: t('Worst pairs') }),
    element('p', { text: worstPairsInWords() }),
    element('p', { class: 'muted', text: worstPairsCaveat() }),
    notice.element,
    far.element,
    near.element,
  );
  return {
    element: root,
    update(result, theme) {
      root.hidden = result.worstMatched.length + result.worstUnmatched.length === 0;
      notice.update();
      far.update({ pairs: result.worstMatched, result }, theme);
      near.update({ pairs: result.worstUnmatched, result }, theme);
    },
  };
}

interface GroupContent {
  readonly pairs: VerificationResult['worstMatched'];
  readonly result: VerificationResult;
}

function createGroup(title: string, note: string, actions: Actions): View<GroupContent> {
  const list = createPairList(actions);
  const root = element(
    'div',
    {},
    element('h3', { text: title }),
    element('p', { class: 'muted', text: note }),
    list.element,
  );
  return {
    element: root,
    update({ pairs, result }) {
      root.hidden = pairs.length === 0;
      list.show({
        pairs,
        model: result.model,
        caption: ({ distance }) => {
          const number = { number: distanceOfPairs(distance, result) };
          return result.metric === 'cosine'
            ? phrase('cosine distance {0}', number)
            : phrase('euclidean distance {0}', number);
        },
      });
    },
  };
}
