import { element, phraseNodes } from '../dom.ts';
import { formatCount } from '../format.ts';
import { t } from '../l10n.ts';
import type { Phrase } from '../wording.ts';
import { button } from './controls.ts';
import { picture } from './picture.ts';
import { pictureKeys } from './pictureKeys.ts';
import type { Actions } from './view.ts';

export interface FaceGridItem {
  /** Named as in the report, or in its projection. */
  readonly image: string;
  /** What is said below its name; may be empty. */
  readonly caption: Phrase;
  /** What a click on the caption does, and its tooltip. */
  readonly choose?: { readonly title: string; readonly act: () => void };
}

export interface FaceGrid {
  readonly element: HTMLElement;
  /** Shows these images as the model saw them; `null`: whole. */
  show(items: readonly FaceGridItem[], model: string | null): void;
}

/**
 * Faces in a grid, each a picture that opens its image. Of many, the first, and the others when asked for.
 * @param pageSize So many at first, and with each click on «more»: an element for each of thousands would be slow.
 */
export function createFaceGrid(actions: Actions, pageSize = 60): FaceGrid {
  const list = element('ul', { class: 'face-grid' });
  const keys = pictureKeys(list);
  const moreFrame = element('p', { class: 'face-grid-more' });
  const root = element('div', {}, list, moreFrame);
  let drawn = '';
  let shown: { readonly items: readonly FaceGridItem[]; readonly model: string | null } | null = null;

  const append = () => {
    const { items, model } = shown!;
    const start = list.childElementCount;
    list.append(...items.slice(start, start + pageSize).map((item) => cell(item, model, actions)));
    keys.refresh();
    const nLeft = items.length - list.childElementCount;
    moreFrame.hidden = nLeft <= 0;
    if (nLeft > 0) {
      const text = t('Show {0} more of {1}', Math.min(pageSize, nLeft), formatCount(nLeft));
      moreFrame.replaceChildren(button(text, showMore, true));
    }
  };
  const showMore = () => {
    const first = list.childElementCount;
    append();
    list.children[first]?.querySelector<HTMLElement>('.picture')?.focus();
  };

  return {
    element: root,
    show(items, model) {
      const key = JSON.stringify([items, model, actions.thumbnails.hasRows]);
      if (key === drawn) return;
      drawn = key;
      shown = { items, model };
      list.replaceChildren();
      append();
    },
  };
}

function cell({ image, caption, choose }: FaceGridItem, model: string | null, actions: Actions): HTMLElement {
  return element(
    'li',
    {},
    picture({ image, model }, actions),
    caption.length === 0
      ? null
      : element(
          'p',
          { class: 'face-caption muted' },
          ...(choose ? [jump(caption, choose)] : phraseNodes(caption)),
        ),
  );
}

function jump(caption: Phrase, { title, act }: NonNullable<FaceGridItem['choose']>): HTMLElement {
  const node = element(
    'button',
    { class: 'jump', attributes: { type: 'button', title } },
    ...phraseNodes(caption),
  );
  node.addEventListener('click', act);
  return node;
}
