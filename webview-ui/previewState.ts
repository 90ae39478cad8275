import type { AlignmentRecord } from '../src/domain/alignment.ts';
import type { AlignmentPreview, PreviewedImage } from '../src/protocol/jobs.ts';
import type { PreviewPageState } from '../src/protocol/webviewMessages.ts';
import { framingInWords } from './faceWording.ts';
import { formatCount, formatFixed } from './format.ts';
import { t } from './l10n.ts';

/** What the alignment preview draws. Pure. */
export interface PreviewView {
  readonly preview: AlignmentPreview;
  readonly failuresOnly: boolean;
  /** Each with its images, those left out first; empty ones are not there. */
  readonly groups: readonly PreviewGroup[];
}

export interface PreviewGroup {
  readonly title: string;
  readonly images: readonly PreviewedImage[];
}

export function viewPreview(preview: AlignmentPreview, state: PreviewPageState): PreviewView {
  const failuresOnly = state.failuresOnly ?? false;
  const failed = preview.images.filter(({ failure }) => failure !== null);
  const passed = preview.images.filter(({ failure }) => failure === null);
  const groups: readonly PreviewGroup[] = [
    { title: t('Left out: {0}', formatCount(failed.length)), images: failed },
    ...(failuresOnly
      ? []
      : [{ title: t('What the model will see: {0}', formatCount(passed.length)), images: passed }]),
  ];
  return { preview, failuresOnly, groups: groups.filter(({ images }) => images.length > 0) };
}

export function parsePreviewState(value: unknown): PreviewPageState {
  if (typeof value !== 'object' || value === null || !('failuresOnly' in value)) return {};
  return typeof value.failuresOnly === 'boolean' ? { failuresOnly: value.failuresOnly } : {};
}

/** «40 images checked, 3 left out. Aligned by …; crops of 112 × 112 pixels.» */
export function previewSummary({ nChecked, nFailed, alignment, width, height }: AlignmentPreview): string {
  const n = formatCount(nChecked);
  const checked =
    nFailed === 0
      ? nChecked === 1
        ? t('1 image checked, none left out.')
        : t('{0} images checked, none left out.', n)
      : nChecked === 1
        ? t('1 image checked and left out.')
        : t('{0} images checked, {1} left out.', n, formatCount(nFailed));
  return `${checked} ${framingInWords(alignment)} ${t('Crops of {0} × {1} pixels.', width, height)}`;
}

/** «3 faces · score 0.87»; empty where no detector looked, or could not. */
export function facesInWords({ faces, original }: PreviewedImage, alignment: AlignmentRecord): string {
  if (alignment.kind !== 'detected' || original === null) return '';
  if (faces.length === 0) return t('no face');
  const score = (faces.find((face) => face.chosen) ?? (faces.length === 1 ? faces[0] : undefined))?.score;
  return [
    ...(faces.length === 1 ? [] : [t('{0} faces', formatCount(faces.length))]),
    ...(typeof score === 'number' ? [t('score {0}', formatFixed(score, 2))] : []),
  ].join(' · ');
}

/** What a screen reader says of the original. */
export function originalInWords(image: PreviewedImage, alignment: AlignmentRecord): string {
  const { name, width, height, original, faces } = image;
  const nMarked = faces.filter(({ landmarks }) => landmarks !== null).length;
  const facts = [
    ...(original === null ? [t('cannot be decoded')] : [t('{0} × {1} pixels', width, height)]),
    ...[facesInWords(image, alignment)].filter((text) => text !== ''),
    ...(nMarked > 0
      ? [nMarked === 1 ? t('landmarks of 1 face') : t('landmarks of {0} faces', formatCount(nMarked))]
      : []),
  ];
  return t('Open {0}: {1}', `\u2068${name}\u2069`, facts.join(', '));
}
