import type { Projection } from '../protocol/projectionSchema.ts';

/** What a projection holds, without its points. */
export function projectionSummary({
  points,
  nImages,
  nMissing,
  options,
  models,
  attributes,
  numbers,
}: Projection) {
  return {
    nPoints: points.images.length,
    nImages,
    nMissing,
    nIdentities: points.identityNames.length,
    options,
    attributes: attributes.map(({ name }) => name),
    numbers: numbers.map(({ name }) => name),
    models: models.map(({ model, metric, pca, neighbours }) => ({
      model,
      metric,
      explained: pca.explained,
      neighbours: neighbours.k,
    })),
  };
}

export function projectionText(projection: Projection): string {
  const { nPoints, nImages, nMissing, options, models } = projectionSummary(projection);
  const { neighbours, minDistance, epochs, seed } = options;
  return [
    `${nPoints} of ${nImages} images${nMissing > 0 ? `; the embeddings of ${nMissing} more are not stored` : ''}`,
    `UMAP: ${neighbours} neighbours, minimum distance ${minDistance}, ${epochs} epochs, seed ${seed}`,
    ...models.map(
      ({ model, metric, explained: [first, second] }) =>
        `${model} (${metric}): the first two principal components hold ${percent(first)} and ${percent(second)} of the variance`,
    ),
  ].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
