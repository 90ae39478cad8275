/** Image formats that the decoder reads on every platform. SVG is left out: in a folder of faces it is a logo. */
export const imageExtensions = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'tif', 'tiff'] as const;

/** Formats that face data sets also come in, and that are not read: named rather than passed over. */
const unreadExtensions = ['bmp', 'heic', 'heif', 'jp2', 'pgm', 'ppm', 'svg'];

const imagePattern = new RegExp(`\\.(${imageExtensions.join('|')})$`, 'i');
const unreadPattern = new RegExp(`\\.(${unreadExtensions.join('|')})$`, 'i');

export function isImageName(name: string): boolean {
  return imagePattern.test(name);
}

export function isUnreadImageName(name: string): boolean {
  return unreadPattern.test(name);
}

/** A path without its image extension: `000001.jpg`, `000001.PNG` and `000001` share the stem `000001`. */
export function stemOf(path: string): string {
  return path.replace(imagePattern, '');
}

/** Most names of images: nothing to normalise. */
const plainName = /^[\w-]+\.\w+$/;

/** A path as tables write it, with forward slashes and without a leading `./`. */
export function normalisePath(path: string): string {
  if (plainName.test(path)) return path;
  return path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(\.\/+)+/, '');
}

/** Order of code units: the same on every machine, whatever its language. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
