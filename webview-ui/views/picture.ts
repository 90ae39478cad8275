import { element } from '../dom.ts';
import { inEditor } from '../editor.ts';
import { t } from '../l10n.ts';
import type { WantedPicture } from '../thumbnails.ts';
import type { Actions } from './view.ts';

/**
 * An image of the data set with its name, of one size whether it is there or not; it is asked for when it comes near
 * the visible part. A click opens it; Shift and a click or Enter, or the small button, shows its row in the
 * annotation file. In a group of `pictureKeys`, the arrow keys go from one to the next.
 */
export function picture({ image, model }: WantedPicture, actions: Actions): HTMLElement {
  if (!inEditor()) return nameAlone(image);
  const { hasRows } = actions.thumbnails;
  const frame = element('span', { class: 'frame' });
  const name = baseName(image);
  const openRow = () => actions.post({ type: 'openRow', image });
  const open = element(
    'button',
    {
      class: 'picture',
      attributes: {
        type: 'button',
        title: image,
        'aria-label': t('Open {0}', image),
        ...(hasRows ? { 'aria-keyshortcuts': 'Shift+Enter' } : {}),
      },
    },
    frame,
    element('bdi', { class: 'picture-name', text: name }),
  );
  open.addEventListener('click', (event) => {
    if (event.shiftKey && hasRows) openRow();
    else actions.post({ type: 'openImage', path: image });
  });
  actions.thumbnails.watch(open, { image, model, show: showIn(frame) });
  return element('div', { class: 'picture-cell' }, open, hasRows ? rowButton(image, openRow) : null);
}

/** In an exported page, which holds no images and opens none. */
function nameAlone(image: string): HTMLElement {
  const name = element('bdi', { class: 'picture-name', text: baseName(image) });
  return element('div', { class: 'picture-cell', attributes: { title: image } }, name);
}

/** Not among the stops of the Tab key: each picture would be two. Shift+Enter on the picture does the same. */
function rowButton(image: string, openRow: () => void): HTMLElement {
  const button = element('button', {
    class: 'picture-row',
    text: t('row'),
    attributes: {
      type: 'button',
      tabindex: -1,
      title: t('Show its row in the annotation file (Shift+Enter)'),
      'aria-label': t('Show the row of {0}', image),
    },
  });
  button.addEventListener('click', openRow);
  return button;
}

function showIn(frame: HTMLElement): (uri: string | null | undefined) => void {
  let shown: string | null | undefined;
  return (uri) => {
    if (uri === shown) return;
    shown = uri;
    if (typeof uri !== 'string') {
      frame.replaceChildren(...(uri === null ? [noPicture(t('no image'))] : []));
      return;
    }
    const node = element('img', { attributes: { alt: '', draggable: false } });
    node.addEventListener('error', () => frame.replaceChildren(noPicture(t('no image'))));
    node.src = uri;
    frame.replaceChildren(node);
  };
}

/** Stands where an image would: a crossed frame and a word, so that it is no loading image and no black one. */
export function noPicture(text = t('no image')): HTMLElement {
  return element('span', { class: 'no-picture' }, element('span', { text }));
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
