import { element } from '../dom.ts';

export interface Picture {
  readonly image: string;
  readonly element: HTMLElement;
  /** `undefined`: not there yet; `null`: not to be had. */
  show(uri: string | null | undefined): void;
}

/** An image of the data set with its name, of one size whether it is there or not. A click opens it. */
export function picture(image: string, open: (image: string) => void): Picture {
  const frame = element('span', { class: 'frame' });
  const name = baseName(image);
  const root = element(
    'button',
    { class: 'picture', attributes: { type: 'button', title: image, 'aria-label': `Open ${image}` } },
    frame,
    element('bdi', { class: 'picture-name', text: name }),
  );
  root.addEventListener('click', () => open(image));
  let shown: string | null | undefined;
  return {
    image,
    element: root,
    show(uri) {
      if (uri === shown && frame.hasChildNodes()) return;
      shown = uri;
      if (typeof uri !== 'string') {
        frame.replaceChildren(uri === null ? noPicture() : '');
        return;
      }
      const node = element('img', { attributes: { alt: '', draggable: false } });
      node.addEventListener('error', () => frame.replaceChildren(noPicture()));
      node.src = uri;
      frame.replaceChildren(node);
    },
  };
}

/** Stands where an image would: a crossed frame and a word, so that it is no loading image and no black one. */
export function noPicture(text = 'no image'): HTMLElement {
  return element('span', { class: 'no-picture' }, element('span', { text }));
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
