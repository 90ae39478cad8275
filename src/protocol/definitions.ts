/** Sections of `docs/definitions.md` that a page may open, by the anchors of their headings. */
export const definitionAnchors = [
  'ks-distance',
  'permutation-p',
  'adjusted-p',
  'naive-p',
  'null-band',
  'effective-n',
  'auc-and-cliffs-delta',
  'mean-difference',
  'energy-distance',
  'bootstrap-interval',
  'conditional-ks',
  'exhaustive-bound',
  'global-average',
  'intra-entropy',
  'inter-entropy',
  'spearman-correlation',
  'phi',
  'association-of-columns',
  'discriminative-power',
  'identity-leakage',
] as const;
export type DefinitionAnchor = (typeof definitionAnchors)[number];
