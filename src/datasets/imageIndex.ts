import { stemOf } from './imageFiles.ts';

/**
 * Finds the row of an image by its name alone, whatever its folder and extension: annotations that come
 * beside a table name `000001.jpg` where the image is `img/000001.png`.
 */
export class ImageIndex {
  /** −1: several images have this name. */
  readonly #rows = new Map<string, number>();

  /** @param isMeant images that it does not hold for are not looked at. */
  constructor(images: readonly string[], isMeant: (image: string) => boolean = () => true) {
    images.forEach((image, row) => {
      if (!isMeant(image)) return;
      const key = imageStem(image);
      this.#rows.set(key, this.#rows.has(key) ? -1 : row);
    });
  }

  /** −1 where no image has this name, or several have. */
  rowOf(image: string): number {
    return this.#rows.get(imageStem(image)) ?? -1;
  }
}

/** The name of an image without folders and extension. */
export function imageStem(path: string): string {
  return stemOf(path.slice(path.lastIndexOf('/') + 1));
}
