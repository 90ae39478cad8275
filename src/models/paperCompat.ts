import type { ModelProfile } from '../domain/preprocessing.ts';
import type { EmbedderNote } from './embedderNote.ts';

export interface SwappedProfile {
  readonly profile: ModelProfile;
  readonly note: EmbedderNote;
}

/**
 * The profile with red and blue changed over, whichever order it says: the paper's scripts handed RGB to functions
 * that expect BGR, so its models saw the wrong order. For reproducing its figures only.
 */
export function withSwappedChannels(profile: ModelProfile): SwappedProfile {
  const right = profile.preprocessing.channels;
  const swapped = right === 'RGB' ? 'BGR' : 'RGB';
  const clause = `«paperCompat» swaps its channels from ${right} to ${swapped}, as the paper's scripts did`;
  return {
    profile: {
      ...profile,
      why: `${profile.why.replace(/\.$/, '')}; ${clause}.`,
      preprocessing: { ...profile.preprocessing, channels: swapped },
    },
    note: { code: 'modelNote', text: `${clause}.` },
  };
}
