import { stemOf } from './imageFiles.ts';

/**
 * Finds the row of an image by its name alone, whatever its folder and extension: annotations that come
 * beside a table name `000001.jpg` where the image is `img/000001.png`.
 */
export class ImageIndex {
  /** −1: several images have this name. */
  readonly #rows = new Map<string, number>();

  constructor(images: readonly string[]) {
    images.forEach((image, row) => {
      const key = nameOf(image);
      this.#rows.set(key, this.#rows.has(key) ? -1 : row);
    });
  }

  /** −1 where no image has this name, or several have. */
  rowOf(image: string): number {
    return this.#rows.get(nameOf(image)) ?? -1;
  }
}

function nameOf(path: string): string {
  return stemOf(path.slice(path.lastIndexOf('/') + 1));
}
