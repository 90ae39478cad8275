import { type AlignmentRecord, describeAlignment } from '../src/domain/alignment.ts';
import type { AlignmentPreview, PreviewedImage } from '../src/protocol/jobs.ts';
import type { PreviewPageState } from '../src/protocol/webviewMessages.ts';
import { formatCount, formatFixed } from './format.ts';
import { capital } from './wording.ts';

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
    { title: `Left out: ${formatCount(failed.length)}`, images: failed },
    ...(failuresOnly
      ? []
      : [{ title: `What the model will see: ${formatCount(passed.length)}`, images: passed }]),
  ];
  return { preview, failuresOnly, groups: groups.filter(({ images }) => images.length > 0) };
}

export function parsePreviewState(value: unknown): PreviewPageState {
  if (typeof value !== 'object' || value === null || !('failuresOnly' in value)) return {};
  return typeof value.failuresOnly === 'boolean' ? { failuresOnly: value.failuresOnly } : {};
}

/** «40 images checked, 3 left out. Aligned by …; crops of 112 × 112 pixels.» */
export function previewSummary({ nChecked, nFailed, alignment, width, height }: AlignmentPreview): string {
  const checked = `${formatCount(nChecked)} ${nChecked === 1 ? 'image' : 'images'} checked`;
  const failed = nFailed === 0 ? 'none left out' : `${formatCount(nFailed)} left out`;
  return `${checked}, ${failed}. ${capital(describeAlignment(alignment))}; crops of ${width} × ${height} pixels.`;
}

/** «3 faces · score 0.87»; empty where no detector looked, or could not. */
export function facesInWords({ faces, original }: PreviewedImage, alignment: AlignmentRecord): string {
  if (alignment.kind !== 'detected' || original === null) return '';
  if (faces.length === 0) return 'no face';
  const score = (faces.find((face) => face.chosen) ?? (faces.length === 1 ? faces[0] : undefined))?.score;
  return [
    ...(faces.length === 1 ? [] : [`${formatCount(faces.length)} faces`]),
    ...(typeof score === 'number' ? [`score ${formatFixed(score, 2)}`] : []),
  ].join(' · ');
}

/** What a screen reader says of the original. */
export function originalInWords(image: PreviewedImage, alignment: AlignmentRecord): string {
  const { name, width, height, original, faces } = image;
  const nMarked = faces.filter(({ landmarks }) => landmarks !== null).length;
  const facts = [
    ...(original === null ? ['cannot be decoded'] : [`${width} × ${height} pixels`]),
    ...[facesInWords(image, alignment)].filter((text) => text !== ''),
    ...(nMarked > 0 ? [`landmarks of ${formatCount(nMarked)}`] : []),
  ];
  return `Open \u2068${name}\u2069: ${facts.join(', ')}`;
}
