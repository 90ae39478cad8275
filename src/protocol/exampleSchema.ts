import { z } from 'zod';

/** Two images of the data set, and the distance of their embeddings. */
export const pairExampleSchema = z.strictObject({
  left: z.string(),
  right: z.string(),
  distance: z.number(),
});

/** Images of each modality to look at, each of another person, drawn by seed: 12 at most. */
export const faceExamplesSchema = z.strictObject({
  attribute: z.string(),
  positive: z.array(z.string()),
  negative: z.array(z.string()),
});

/** What the ends of the distributions look like: among the points the KS distance was measured on, 6 pairs each at most. */
export const extremePairsSchema = z.strictObject({
  model: z.string(),
  attribute: z.string(),
  /** One image of each modality, of two people, by rising distance. */
  closestCross: z.array(pairExampleSchema),
  /** Both images of the modality, of two people, by falling distance. */
  farthestPositive: z.array(pairExampleSchema),
  farthestNegative: z.array(pairExampleSchema),
});

export type PairExample = z.infer<typeof pairExampleSchema>;
export type FaceExamples = z.infer<typeof faceExamplesSchema>;
export type ExtremePairs = z.infer<typeof extremePairsSchema>;
