import type { AlignmentRecord } from '../src/domain/alignment.ts';
import type { FacePolicy } from '../src/domain/face.ts';
import { t } from './l10n.ts';

/** How faces were brought to where the model expects them, and which face of an image counts; in sentences. */
export function alignmentInWords(alignment: AlignmentRecord): string {
  const how = framingInWords(alignment);
  const detection = detectionInWords(alignment);
  return detection === null ? how : `${how} ${detection}`;
}

/** How faces were brought to where the model expects them; a sentence. */
export function framingInWords(alignment: AlignmentRecord): string {
  switch (alignment.kind) {
    case 'none':
      return t('Whole images, resized.');
    case 'landmarks':
      return alignment.source === 'table'
        ? t('Aligned by the landmarks of the data set.')
        : t('Aligned by the fixed landmarks of CelebA’s aligned images.');
    case 'detected':
      return t(
        'Aligned by the landmarks that {0} found ({1}, score at least {2}).',
        alignment.detector,
        alignment.family,
        String(alignment.scoreThreshold),
      );
  }
}

/** Which face is taken, and whether a second look is; `null` where no detector looks. */
export function detectionInWords(alignment: AlignmentRecord): string | null {
  if (alignment.kind !== 'detected') return null;
  const policy = policyInWords(alignment.faces);
  return alignment.retryPadded
    ? `${policy} ${t('A second look with a border where none was found.')}`
    : policy;
}

function policyInWords(policy: FacePolicy): string {
  switch (policy) {
    case 'single':
      return t('Images with no face, or with more than one, are left out.');
    case 'largest':
      return t('Of several faces the largest is taken.');
    case 'central':
      return t('Of several faces the one nearest to the centre is taken.');
  }
}
