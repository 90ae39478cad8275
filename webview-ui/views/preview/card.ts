import type { AlignmentRecord } from '../../../src/domain/alignment.ts';
import type { AlignmentPreview, PreviewedImage } from '../../../src/protocol/jobs.ts';
import { element, phraseNodes } from '../../dom.ts';
import { facesInWords, originalInWords } from '../../previewState.ts';
import { noPicture } from '../picture.ts';
import { faceOverlay } from './faceOverlay.ts';
import { t } from '../../l10n.ts';
import type { PreviewActions } from './previewPage.ts';

/** One image: the original with its faces, beside it the crop, or why there is none. */
export function createCard(
  image: PreviewedImage,
  { width, height, alignment }: Pick<AlignmentPreview, 'width' | 'height' | 'alignment'>,
  actions: PreviewActions,
): HTMLElement {
  const name = element('p', { class: 'card-name' }, ...phraseNodes([{ name: image.name }]));
  const facts = element('p', { class: 'muted card-facts', text: facesInWords(image, alignment) });
  return element(
    'li',
    { class: image.failure === null ? 'card' : 'card failed' },
    image.failure === null
      ? null
      : element(
          'p',
          { class: 'failure' },
          element('span', { class: 'strip-sign', text: '!', attributes: { 'aria-hidden': true } }),
          element('span', { text: image.failure }),
        ),
    element('div', { class: 'pictures' }, original(image, alignment, actions), crop(image, width / height)),
    element('div', { class: 'card-line' }, name, facts),
  );
}

function original(image: PreviewedImage, alignment: AlignmentRecord, actions: PreviewActions): HTMLElement {
  const button = element('button', {
    class: 'original',
    attributes: { type: 'button', title: image.path, 'aria-label': originalInWords(image, alignment) },
  });
  button.addEventListener('click', () => actions.post({ type: 'openImage', path: image.path }));
  if (image.original === null || !(image.width > 0 && image.height > 0)) {
    button.append(element('span', { class: 'canvas' }, noPicture(t('cannot be decoded'))));
    return button;
  }
  const canvas = element('span', { class: 'canvas' }, imageElement(image.original), faceOverlay(image));
  // The picture keeps its own proportions, so that what is drawn over it fits.
  canvas.style.aspectRatio = `${image.width} / ${image.height}`;
  canvas.style.setProperty('--aspect', String(image.width / image.height));
  button.append(canvas);
  return button;
}

function crop(image: PreviewedImage, aspect: number): HTMLElement {
  const frame = element(
    'div',
    { class: 'crop' },
    image.crop === null ? noPicture(t('left out')) : imageElement(image.crop, t('What the model will see')),
  );
  frame.style.aspectRatio = String(aspect);
  return frame;
}

function imageElement(uri: string, alt = ''): HTMLImageElement {
  const node = element('img', { attributes: { alt, draggable: false } });
  node.addEventListener('error', () => node.replaceWith(noPicture()));
  node.src = uri;
  return node;
}
