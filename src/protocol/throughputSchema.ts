import { z } from 'zod';

const share = z.number().min(0).max(1);

/** How fast a model embeds; shares of the time: waiting for pixels, for aligned faces, and the model's runs. */
export const throughputSchema = z.strictObject({
  imagesPerSecond: z.number().min(0),
  shares: z.strictObject({ decode: share, align: share, inference: share }),
});
