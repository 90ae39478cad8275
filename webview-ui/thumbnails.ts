import { maxThumbnails } from '../src/protocol/thumbnailLimit.ts';
import type { PageMessage, Thumbnail } from '../src/protocol/webviewMessages.ts';

/** An image of the report, as one of its models saw it, or whole (`null`). */
export interface WantedPicture {
  readonly image: string;
  readonly model: string | null;
}

/** `undefined`: nothing is known yet; `null`: there is no picture. */
export type PictureUri = string | null | undefined;

/** What is told of a picture. */
export interface PictureWatch extends WantedPicture {
  show(uri: PictureUri): void;
}

/** Without an answer in this time a picture counts as one that is not to be had; a late answer still counts. */
export const answerTimeoutMs = 60_000;

/** Of 112 × 112 pixels, some 4 kB each. */
const maxKept = 2_000;

/** Pictures of a report's images, asked of the host once each, and kept, but for those that were not used for long. */
export class ThumbnailLoader {
  readonly #post: (message: PageMessage) => void;
  readonly #onFailureChange: () => void;
  readonly #limit: number;
  /** Least recently used first. */
  readonly #uris = new Map<string, string | null>();
  readonly #asked = new Set<string>();
  readonly #watches = new Map<string, Set<PictureWatch>>();
  #nextId = 1;
  #source = '';
  #hasRows = false;
  #failure: string | null = null;

  constructor(post: (message: PageMessage) => void, onFailureChange: () => void, limit = maxKept) {
    this.#post = post;
    this.#onFailureChange = onFailureChange;
    this.#limit = limit;
  }

  get hasRows(): boolean {
    return this.#hasRows;
  }

  get failure(): string | null {
    return this.#failure;
  }

  /**
   * Of which data set the images are; pictures of another one are forgotten. Those that were not to be had are asked
   * for again: a folder may be back, a workspace trusted by now.
   */
  setSource({ digest, hasRows }: { readonly digest: string; readonly hasRows: boolean }): void {
    const isNew = digest !== this.#source;
    this.#source = digest;
    this.#hasRows = hasRows;
    this.#failure = null;
    for (const key of isNew ? [...this.#asked] : this.#missing()) this.#forget(key);
    this.request([...this.#watches.values()].flatMap(([watch]) => (watch ? [watch] : [])));
  }

  uriOf(picture: WantedPicture): PictureUri {
    return this.#uris.get(keyOf(picture));
  }

  /** Tells of the picture now and whenever it changes, until the function that is returned is called. */
  subscribe(watch: PictureWatch): () => void {
    const key = keyOf(watch);
    const watches = this.#watches.get(key) ?? new Set();
    this.#watches.set(key, watches.add(watch));
    watch.show(this.#uris.get(key));
    return () => {
      watches.delete(watch);
      if (watches.size === 0) this.#watches.delete(key);
    };
  }

  /** Asks for those that were not asked for yet. */
  request(pictures: readonly WantedPicture[]): void {
    const missing = new Map<string | null, Set<string>>();
    for (const { image, model } of pictures) {
      const key = keyOf({ image, model });
      if (image === '' || this.#asked.has(key)) {
        this.#touch(key);
        continue;
      }
      this.#asked.add(key);
      missing.set(model, (missing.get(model) ?? new Set()).add(image));
    }
    for (const [model, images] of missing) {
      for (let start = 0; start < images.size; start += maxThumbnails) {
        this.#ask([...images].slice(start, start + maxThumbnails), model);
      }
    }
  }

  receive(thumbnails: readonly Thumbnail[], failure: string | null): void {
    for (const { image, model, uri } of thumbnails) {
      const key = keyOf({ image, model });
      if (this.#asked.has(key)) this.#know(key, uri);
    }
    this.#makeRoom();
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.#onFailureChange();
  }

  #ask(images: string[], model: string | null): void {
    const source = this.#source;
    this.#post({ type: 'requestThumbnails', id: this.#nextId++, images, model });
    setTimeout(() => {
      if (source !== this.#source) return;
      for (const image of images) {
        const key = keyOf({ image, model });
        if (this.#asked.has(key) && !this.#uris.has(key)) this.#know(key, null);
      }
    }, answerTimeoutMs);
  }

  #know(key: string, uri: string | null): void {
    this.#uris.delete(key);
    this.#uris.set(key, uri);
    this.#tell(key);
  }

  #tell(key: string): void {
    const uri = this.#uris.get(key);
    for (const watch of this.#watches.get(key) ?? []) watch.show(uri);
  }

  #touch(key: string): void {
    const uri = this.#uris.get(key);
    if (uri === undefined) return;
    this.#uris.delete(key);
    this.#uris.set(key, uri);
  }

  /** What is being looked at stays, however much that is. */
  #makeRoom(): void {
    for (const key of this.#uris.keys()) {
      if (this.#uris.size <= this.#limit) return;
      if (!this.#watches.has(key)) this.#forget(key);
    }
  }

  #forget(key: string): void {
    this.#uris.delete(key);
    this.#asked.delete(key);
    this.#tell(key);
  }

  #missing(): readonly string[] {
    return [...this.#uris].flatMap(([key, uri]) => (uri === null ? [key] : []));
  }
}

function keyOf({ image, model }: WantedPicture): string {
  return JSON.stringify([image, model]);
}
