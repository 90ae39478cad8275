import type { ModelProjection } from '../../src/protocol/projectionSchema.ts';
import type { ProjectionMethod } from '../../src/protocol/webviewMessages.ts';
import { indexPoints, type PointIndex } from './pointIndex.ts';

/** Points of one drawing, found by number and by place. */
export interface PointSet {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly index: PointIndex;
}

/** Made once for each model and method: a state is derived anew with every choice. */
export function pointSetOf(model: ModelProjection, method: ProjectionMethod): PointSet {
  const ofModel = made.get(model) ?? new Map<ProjectionMethod, PointSet>();
  made.set(model, ofModel);
  let set = ofModel.get(method);
  if (!set) {
    const x = Float64Array.from(model[method].x);
    const y = Float64Array.from(model[method].y);
    set = { x, y, index: indexPoints(x, y) };
    ofModel.set(method, set);
  }
  return set;
}

const made = new WeakMap<ModelProjection, Map<ProjectionMethod, PointSet>>();
