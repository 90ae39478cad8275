import { maxThumbnails } from '../src/protocol/thumbnailLimit.ts';
import type { PageMessage, Thumbnail } from '../src/protocol/webviewMessages.ts';

/** Pictures of a report's images, asked of the host once each. */
export interface Thumbnails {
  /** `undefined` while nothing is known, `null` where there is no picture. */
  uriOf(image: string): string | null | undefined;
  /** Asks for those that were not asked for yet. */
  request(images: readonly string[]): void;
}

/** Without an answer in this time an image counts as one that is not to be had; a late answer still counts. */
export const answerTimeoutMs = 15_000;

export class ThumbnailLoader implements Thumbnails {
  readonly #post: (message: PageMessage) => void;
  readonly #onChange: () => void;
  readonly #uris = new Map<string, string | null>();
  readonly #asked = new Set<string>();
  #nextId = 1;
  #source = '';

  constructor(post: (message: PageMessage) => void, onChange: () => void) {
    this.#post = post;
    this.#onChange = onChange;
  }

  /** Of which data set the images are; those of another one are forgotten. */
  setSource(digest: string): void {
    if (digest === this.#source) return;
    this.#source = digest;
    this.#uris.clear();
    this.#asked.clear();
  }

  uriOf(image: string): string | null | undefined {
    return this.#uris.get(image);
  }

  request(images: readonly string[]): void {
    const missing = [...new Set(images)].filter((image) => image !== '' && !this.#asked.has(image));
    for (let start = 0; start < missing.length; start += maxThumbnails) {
      this.#ask(missing.slice(start, start + maxThumbnails));
    }
  }

  receive(thumbnails: readonly Thumbnail[]): void {
    for (const { image, uri } of thumbnails) if (this.#asked.has(image)) this.#uris.set(image, uri);
    this.#onChange();
  }

  #ask(images: string[]): void {
    const source = this.#source;
    for (const image of images) this.#asked.add(image);
    this.#post({ type: 'requestThumbnails', id: this.#nextId++, images, model: null });
    setTimeout(() => {
      const unanswered = images.filter((image) => !this.#uris.has(image));
      if (source !== this.#source || unanswered.length === 0) return;
      for (const image of unanswered) this.#uris.set(image, null);
      this.#onChange();
    }, answerTimeoutMs);
  }
}
