import { type AlignmentRecord, describeAlignment } from '../src/domain/alignment.ts';
import type { FacePolicy } from '../src/domain/face.ts';
import { capital } from './wording.ts';

/** How faces were brought to where the model expects them, and which face of an image counts; in sentences. */
export function alignmentInWords(alignment: AlignmentRecord): string {
  const how = `${capital(describeAlignment(alignment))}.`;
  const detection = detectionInWords(alignment);
  return detection === null ? how : `${how} ${detection}`;
}

/** Which face is taken, and whether a second look is; `null` where no detector looks. */
export function detectionInWords(alignment: AlignmentRecord): string | null {
  if (alignment.kind !== 'detected') return null;
  const retry = alignment.retryPadded ? ' A second look with a border where none was found.' : '';
  return `${policies[alignment.faces]}${retry}`;
}

const policies = {
  single: 'Images with no face, or with more than one, are left out.',
  largest: 'Of several faces the largest is taken.',
  central: 'Of several faces the one nearest to the centre is taken.',
} as const satisfies Record<FacePolicy, string>;
