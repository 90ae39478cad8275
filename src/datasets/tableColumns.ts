import { isImageName } from './imageFiles.ts';

/** What each column of a table is for, by index. */
export interface TableColumns {
  readonly image: number;
  /** Columns that name people beyond doubt come first; `weakIdentity` counts only where its values repeat. */
  readonly identity: number | null;
  readonly weakIdentity: number | null;
  /** Says which rows are for training, validation and test. */
  readonly split: number | null;
  readonly attributes: readonly number[];
  /** Columns that are no attributes, and why. */
  readonly ignored: readonly string[];
}

/** Compared without case, spaces and punctuation, in this order. */
const imageNames = [
  'imageid',
  'image',
  'imagepath',
  'imagefile',
  'imagename',
  'filename',
  'filepath',
  'file',
  'path',
  'img',
  'imgpath',
  'photo',
];
const identityNames = [
  'identity',
  'identityid',
  'identityname',
  'person',
  'personid',
  'personname',
  'subject',
  'subjectid',
  'subjectname',
  'celebrity',
  'celebrityname',
  'classid',
];
const weakIdentityNames = ['id', 'name'];
/** `service_test` is FairFace's. */
const partitionNames = ['split', 'partition', 'subset', 'fold', 'servicetest'];

/**
 * The image column is the first of `image_id`, `image`, … `photo` in the header whose cells in `sample` look
 * like image files, else the first of these names, else the first column whose cells look so; `null` where
 * there is none. The identity column is the first of `identity`, `person`, `subject`, … or, where its values
 * repeat, `id` or `name`. All other named columns are attributes, but for those that part the data
 * set (`split`, `partition`, `subset`, `fold`, FairFace's `service_test`); the first of these is the split.
 */
export function findTableColumns(
  header: readonly string[],
  sample: readonly (readonly string[])[],
): TableColumns | null {
  const keys = header.map((name) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  const looksLikeImages = (column: number) => {
    const cells = sample.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '');
    return cells.length > 0 && cells.filter(isImageName).length * 2 > cells.length;
  };
  const indexOfNames = (names: readonly string[]) =>
    names.map((name) => keys.indexOf(name)).filter((column) => column >= 0);
  const named = indexOfNames(imageNames);
  const image =
    named.find(looksLikeImages) ?? named[0] ?? header.findIndex((_, column) => looksLikeImages(column));
  if (image < 0) return null;

  const identity = indexOfNames(identityNames).find((column) => column !== image) ?? null;
  const weak = indexOfNames(weakIdentityNames).filter((column) => column !== image);
  const ignored: string[] = [];
  const attributes: number[] = [];
  keys.forEach((key, column) => {
    if (column === image || column === identity || (identity === null && column === weak[0])) return;
    const name = header[column]!.trim();
    if (key === '' || /^unnamed\d+$/.test(key)) ignored.push(`column ${column + 1}: has no name`);
    else if (weak.includes(column)) ignored.push(`${name}: names rows or people`);
    else if (partitionNames.includes(key)) ignored.push(`${name}: parts the data set`);
    else attributes.push(column);
  });
  return {
    image,
    identity,
    weakIdentity: identity === null ? (weak[0] ?? null) : null,
    split: indexOfNames(partitionNames)[0] ?? null,
    attributes,
    ignored,
  };
}
