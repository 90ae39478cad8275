import type { EntropyMeasure, KsAggregate } from '../src/protocol/macroscaleSchema.ts';
import type {
  AssociationMeasure,
  AssociationOrder,
  ComparedMeasure,
  PageState,
  PKind,
  ProjectionMethod,
  Score,
} from '../src/protocol/webviewMessages.ts';

/**
 * What an earlier page left, field by field: a field that this version does not understand is dropped, the
 * others are kept. Written out, since schema libraries compile with `eval`, which the page's policy forbids.
 */
export function parsePageState(value: unknown): PageState {
  if (!isRecord(value)) return {};
  const { model, attribute, filter, sort, view, signed, section, far, tarSort } = value;
  const { pKind, pSort, modelX, modelY, measure, differenceSort } = value;
  const { dataSort, ksAggregate, entropy, association, associationOrder, other, score, scoreSort } = value;
  const { neighbours, latticeAttribute, latticeFilter, energySort, byModel } = value;
  const { fieldIdentity, comparedModel } = value;
  const { projectionMethod, projectionColour, projectionView } = value;
  return {
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof attribute === 'string' ? { attribute } : {}),
    ...(typeof filter === 'string' ? { filter } : {}),
    ...sortOf('sort', sort),
    ...(view === 'chart' || view === 'table' ? { view } : {}),
    ...(typeof signed === 'boolean' ? { signed } : {}),
    ...(typeof section === 'string' ? { section } : {}),
    ...(typeof far === 'number' ? { far } : {}),
    ...sortOf('tarSort', tarSort),
    ...(isOneOf(pKinds, pKind) ? { pKind } : {}),
    ...sortOf('pSort', pSort),
    ...(typeof modelX === 'string' ? { modelX } : {}),
    ...(typeof modelY === 'string' ? { modelY } : {}),
    ...(isOneOf(measures, measure) ? { measure } : {}),
    ...sortOf('differenceSort', differenceSort),
    ...sortOf('dataSort', dataSort),
    ...(isOneOf(aggregates, ksAggregate) ? { ksAggregate } : {}),
    ...(isOneOf(entropies, entropy) ? { entropy } : {}),
    ...(isOneOf(associations, association) ? { association } : {}),
    ...(isOneOf(orders, associationOrder) ? { associationOrder } : {}),
    ...(typeof other === 'string' ? { other } : {}),
    ...(isOneOf(scores, score) ? { score } : {}),
    ...sortOf('scoreSort', scoreSort),
    ...(typeof neighbours === 'string' ? { neighbours } : {}),
    ...(typeof latticeAttribute === 'string' ? { latticeAttribute } : {}),
    ...(typeof latticeFilter === 'string' ? { latticeFilter } : {}),
    ...sortOf('energySort', energySort),
    ...(typeof byModel === 'boolean' ? { byModel } : {}),
    ...(typeof fieldIdentity === 'string' ? { fieldIdentity } : {}),
    ...(typeof comparedModel === 'string' ? { comparedModel } : {}),
    ...(isOneOf(projections, projectionMethod) ? { projectionMethod } : {}),
    ...(typeof projectionColour === 'string' ? { projectionColour } : {}),
    ...(isOneOf(views, projectionView) ? { projectionView } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

// Complete by type; the schema's own lists would bring its library along.
const pKinds = { adjusted: 1, permutation: 1, holm: 1, naive: 1 } satisfies Record<PKind, 1>;
const measures = { max: 1, positive: 1, negative: 1 } satisfies Record<ComparedMeasure, 1>;
const aggregates = { ksMax: 1, ksMean: 1, ksWeightedSum: 1, ksWeightedMean: 1 } satisfies Record<
  KsAggregate,
  1
>;
const entropies = { intraEntropy: 1, interEntropy: 1 } satisfies Record<EntropyMeasure, 1>;
const associations = { phi: 1, phiOfPeople: 1 } satisfies Record<AssociationMeasure, 1>;
const orders = { similarity: 1, name: 1 } satisfies Record<AssociationOrder, 1>;
const projections = { umap: 1, pca: 1 } satisfies Record<ProjectionMethod, 1>;
const views = { chart: 1, table: 1 } satisfies Record<NonNullable<PageState['projectionView']>, 1>;
const scores = { balancedAccuracy: 1, accuracy: 1, auc: 1 } satisfies Record<Score, 1>;

function isOneOf<Key extends string>(keys: Readonly<Record<Key, 1>>, value: unknown): value is Key {
  return typeof value === 'string' && Object.hasOwn(keys, value);
}

type SortKey = 'sort' | 'tarSort' | 'pSort' | 'differenceSort' | 'dataSort' | 'scoreSort' | 'energySort';

function sortOf(key: SortKey, value: unknown): PageState {
  if (!isRecord(value)) return {};
  const { column, descending } = value;
  return typeof column === 'string' && typeof descending === 'boolean'
    ? { [key]: { column, descending } }
    : {};
}
