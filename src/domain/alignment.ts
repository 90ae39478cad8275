import type { FacePolicy } from './face.ts';
import type { ProviderRecord } from './provider.ts';

export const alignmentModes = ['auto', 'none', 'landmarks', 'detect'] as const;
export type AlignmentMode = (typeof alignmentModes)[number];

/** What a user asked for. */
export interface AlignmentOptions {
  readonly mode: AlignmentMode;
  /** Absolute path of the detector, where one is set. */
  readonly detector: string | null;
  /** Lowest score of a face; `null`: the detector's own. */
  readonly scoreThreshold: number | null;
  readonly retryPadded: boolean;
  readonly faces: FacePolicy;
}

/** Where the landmarks that a model's images were aligned by came from; written into the report. */
export type AlignmentRecord =
  | { readonly kind: 'none' }
  | { readonly kind: 'landmarks'; readonly source: 'table' | 'celebaAligned' }
  | {
      readonly kind: 'detected';
      readonly detector: string;
      readonly sha256: string;
      readonly family: 'scrfd' | 'yunet';
      readonly scoreThreshold: number;
      readonly retryPadded: boolean;
      readonly faces: FacePolicy;
      readonly provider: ProviderRecord;
    };

export function describeAlignment(record: AlignmentRecord): string {
  switch (record.kind) {
    case 'none':
      return 'whole images, resized';
    case 'landmarks':
      return record.source === 'table'
        ? 'aligned by the landmarks of the data set'
        : 'aligned by the fixed points of CelebA’s aligned images';
    case 'detected':
      return `aligned by the landmarks that ${record.detector} found (${record.family}, score at least ${record.scoreThreshold})`;
  }
}
