/** Embeddings of `rows` images, `dim` numbers each, row by row; as the model gave them, not normalised. */
export interface EmbeddingMatrix {
  readonly rows: number;
  readonly dim: number;
  readonly data: Float32Array;
}

export type Metric = 'cosine' | 'euclidean';

export const metrics = ['cosine', 'euclidean'] as const satisfies readonly Metric[];
