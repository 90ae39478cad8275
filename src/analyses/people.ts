import { median } from '../numerics/quantiles.ts';

/** How many images people have. */
export interface PeopleSummary {
  readonly nIdentities: number;
  readonly imagesPerIdentity: {
    readonly min: number;
    readonly median: number;
    readonly mean: number;
    readonly max: number;
  };
  /** Ascending; numbers of images that nobody has are left out. */
  readonly histogram: { readonly nImages: number; readonly nIdentities: number }[];
}

/** `identities`: a number ≥ 0 for each image; numbers without an image are nobody. `null` without images. */
export function describePeople(identities: Int32Array): PeopleSummary | null {
  if (identities.length === 0) return null;
  const imagesOf = new Map<number, number>();
  for (const identity of identities) imagesOf.set(identity, (imagesOf.get(identity) ?? 0) + 1);
  const counts = Float64Array.from(imagesOf.values()).sort();
  const nIdentities = counts.length;
  const histogram = new Map<number, number>();
  for (const nImages of counts) histogram.set(nImages, (histogram.get(nImages) ?? 0) + 1);
  return {
    nIdentities,
    imagesPerIdentity: {
      min: counts[0]!,
      median: median(counts),
      mean: identities.length / nIdentities,
      max: counts[nIdentities - 1]!,
    },
    histogram: Array.from(histogram, ([nImages, people]) => ({ nImages, nIdentities: people })),
  };
}
