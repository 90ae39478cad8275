import { byCodeUnits } from './imageFiles.ts';

/** What a folder of images without annotations is. */
export type FolderLayout =
  | {
      readonly kind: 'identityFolders';
      /** Folder that the rest is relative to, '' for the folder itself. */
      readonly base: string;
      readonly images: readonly string[];
      /** Who is on each image; `undefined` for images that lie beside the folders. */
      readonly identities: readonly (string | undefined)[];
    }
  | { readonly kind: 'imageFolder'; readonly base: string; readonly images: readonly string[] };

/** Folders of these names part a data set; they name no person. */
const partNames = new Set([
  'train',
  'training',
  'val',
  'valid',
  'validation',
  'test',
  'testing',
  'eval',
  'data',
  'image',
  'images',
  'img',
  'imgs',
  'faces',
]);

/** Share of images in folders from which on images beside them are strays. */
const minShareInFolders = 0.9;

/**
 * Tells a folder for each person from a plain folder of images, from paths alone:
 *
 * 1. The base is the folder in which images, or two folders with images, first lie: `lfw/images/NAME/…` is
 *    read the same, whether `lfw` or `lfw/images` was opened.
 * 2. The person of an image is its folder below the base, without `train`, `test`, `images` and the like, so
 *    that `train/ann/1.jpg` and `test/ann/2.jpg` show the same one.
 * 3. With at least two people, and at least 90 % of the images in folders of people, it is a folder for each
 *    person; else all images below the base are a plain folder and nothing says who is who.
 */
export function folderLayout(images: readonly string[]): FolderLayout {
  const base = baseOf(images);
  const relative = images.map((path) => (base === '' ? path : path.slice(base.length + 1)));
  const identities = relative.map(personOf);
  const people = new Set(identities.filter((name) => name !== undefined));
  const nInFolders = identities.filter((name) => name !== undefined).length;
  if (people.size >= 2 && nInFolders >= minShareInFolders * images.length) {
    return { kind: 'identityFolders', base, images: relative, identities };
  }
  return { kind: 'imageFolder', base, images: relative };
}

/** The longest folder that all images lie below. */
export function baseOf(images: readonly string[]): string {
  // Of sorted paths the first and the last share the least.
  const sorted = images.toSorted(byCodeUnits);
  const first = (sorted[0] ?? '').split('/').slice(0, -1);
  const last = (sorted.at(-1) ?? '').split('/').slice(0, -1);
  const differ = first.findIndex((part, i) => part !== last[i]);
  return (differ < 0 ? first : first.slice(0, differ)).join('/');
}

function personOf(path: string): string | undefined {
  const parts = path
    .split('/')
    .slice(0, -1)
    .filter((part) => !partNames.has(part.toLowerCase()));
  return parts.length === 0 ? undefined : parts.join('/');
}
