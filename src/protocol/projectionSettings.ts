import { z } from 'zod';
import type { SettingDefinition } from './settingDefinition.ts';

/** How embeddings are shown in two dimensions. */
export const projectionSettings = {
  projectionPoints: {
    schema: z.int().min(10).max(50_000),
    default: 50_000,
    scope: 'resource',
    description:
      'Images that a projection shows, at most; of more, as many are drawn by `#attributeLens.seed#`, each equally likely.',
    flag: 'projection-points',
  },
  projectionNeighbours: {
    schema: z.int().min(2).max(200),
    default: 15,
    scope: 'resource',
    description:
      'Neighbours that UMAP keeps near each image, itself counted (`n_neighbors`): few show fine structure, many the whole.',
    flag: 'projection-neighbours',
  },
  projectionMinDistance: {
    schema: z.number().min(0).max(1),
    default: 0.1,
    scope: 'resource',
    description:
      'How near UMAP may put neighbours (`min_dist`), in units of the picture: 0 packs clusters tight, 1 spreads them.',
    flag: 'projection-min-distance',
  },
} as const satisfies Record<string, SettingDefinition>;
