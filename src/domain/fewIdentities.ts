/**
 * Below so many people a side a large KS distance is mostly chance (two a side reach 1 easily), so summaries
 * mark such attributes or pass over them.
 */
export const fewIdentities = 20;
