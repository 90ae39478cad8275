import { z } from 'zod';

const count = z.int().min(0);

/** How often two attributes, or two columns, occur together. */
export const associationSchema = z.strictObject({
  /** `column`: all values of a column that became several attributes, with another such one or a lone attribute. */
  kind: z.enum(['attribute', 'column']),
  a: z.string(),
  b: z.string(),
  /** Images where both are known. */
  nImages: count,
  /** Pearson's correlation of two binary attributes; `null` for columns, and where one never varies. */
  phi: z.number().min(-1).max(1).nullable(),
  /** 0 to 1; |phi| for two binary attributes. */
  cramersV: z.number().min(0).max(1).nullable(),
  /** Correlation of the people's mean values: what makes one attribute the other again between people. */
  phiOfPeople: z.number().min(-1).max(1).nullable(),
});

/** How many images people have. */
export const peopleSchema = z.strictObject({
  nIdentities: count,
  imagesPerIdentity: z.strictObject({ min: count, median: z.number(), mean: z.number(), max: count }),
  /** Ascending; numbers of images that nobody has are left out. */
  histogram: z.array(z.strictObject({ nImages: count, nIdentities: count })),
});

export type Association = z.infer<typeof associationSchema>;
export type People = z.infer<typeof peopleSchema>;
