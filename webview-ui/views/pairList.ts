import type { PairExample } from '../../src/protocol/exampleSchema.ts';
import { element, phraseNodes } from '../dom.ts';
import type { Phrase } from '../wording.ts';
import { picture } from './picture.ts';
import { pictureKeys } from './pictureKeys.ts';
import type { Actions } from './view.ts';

export interface PairListContent {
  readonly pairs: readonly PairExample[];
  /** As which the pictures are shown; `null`: whole. */
  readonly model: string | null;
  /** What is said below a pair. */
  readonly caption: (pair: PairExample) => Phrase;
}

export interface PairList {
  readonly element: HTMLElement;
  show(content: PairListContent): void;
}

/** Pairs of images side by side, each with its distance. */
export function createPairList(actions: Actions): PairList {
  const list = element('ul', { class: 'pair-list' });
  const keys = pictureKeys(list);
  let drawn = '';
  return {
    element: list,
    show({ pairs, model, caption }) {
      const captions = pairs.map(caption);
      const key = JSON.stringify([pairs, model, captions, actions.thumbnails.hasRows]);
      if (key === drawn) return;
      drawn = key;
      list.replaceChildren(
        ...pairs.map(({ left, right }, i) =>
          element(
            'li',
            { class: 'pair' },
            element(
              'div',
              { class: 'couple' },
              picture({ image: left, model }, actions),
              picture({ image: right, model }, actions),
            ),
            element('p', { class: 'pair-distance' }, ...phraseNodes(captions[i]!)),
          ),
        ),
      );
      keys.refresh();
    },
  };
}
