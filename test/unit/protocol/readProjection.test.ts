import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../../src/domain/appError.ts';
import type { Projection } from '../../../src/protocol/projectionSchema.ts';
import { projectionFileOf, readProjection } from '../../../src/protocol/readProjection.ts';
import { sampleProjection } from '../../support/sampleProjection.ts';

const projection = sampleProjection({ nPoints: 60, nAttributes: 2 });

test('a projection is read as it was written', () => {
  assert.deepEqual(readProjection(JSON.stringify(projection), 'x.projection.json'), projection);
});

test('a projection lies beside its report', () => {
  assert.equal(projectionFileOf('/a/x.attrlens.json'), '/a/x.projection.json');
  assert.equal(projectionFileOf('C:\\a\\x.y.attrlens.json'), 'C:\\a\\x.y.projection.json');
  assert.equal(projectionFileOf('/a/report.json'), '/a/report.projection.json');
});

test('what is no projection is named, with what is wrong and what to do', () => {
  for (const [change, problem] of [
    [(p: Projection) => ({ ...p, seed: 1 }), /seed/],
    [
      (p: Projection) => ({ ...p, numbers: [{ name: 'n', values: [1] }] }),
      /number n has 1 entries for 60 points/,
    ],
    [
      (p: Projection) => ({ ...p, numbers: [{ name: 'n', values: ['1'] }] }),
      /numbers\.0\.values: must be a list of/,
    ],
    [(p: Projection) => withPoints(p, { identities: [-1] }), /points\.identities: must be a list of whole/],
    [
      (p: Projection) => withModel(p, { umap: { x: [null!], y: [] } }),
      /models\.0\.umap\.x: must be a list of/,
    ],
    [(p: Projection) => ({ ...p, attributes: [{ name: 'a', codes: '+' }] }), /attribute a has 1 entries/],
    [
      (p: Projection) => withPoints(p, { identities: p.points.identities.slice(1) }),
      /points\.identities has 59/,
    ],
    [(p: Projection) => withPoints(p, { identityNames: [] }), /identity \d+ is none of the 0 named/],
    [(p: Projection) => withModel(p, { umap: { ...p.models[0]!.umap, y: [] } }), /umap\.y has 0 entries/],
    [
      (p: Projection) => withModel(p, { neighbours: { k: 1, index: [], distance: [] } }),
      /neighbours\.index has 0/,
    ],
    [
      (p: Projection) => {
        const { k, index, distance } = p.models[0]!.neighbours;
        return withModel(p, { neighbours: { k, index: index.map(() => 60), distance } });
      },
      /none of the 60 points/,
    ],
  ] as const) {
    const text = JSON.stringify(change(projection));
    assert.throws(() => readProjection(text, 'x.projection.json'), is('reportInvalid', problem));
  }
  assert.throws(() => readProjection('{"', 'x.projection.json'), is('reportInvalid', /^x\.projection\.json/));
});

test('a projection of a later version says so', () => {
  const later = JSON.stringify({ ...projection, version: 2 });
  assert.throws(() => readProjection(later, 'x.projection.json'), is('reportVersion', /Update/));
});

function withPoints(p: Projection, points: Partial<Projection['points']>): Projection {
  return { ...p, points: { ...p.points, ...points } };
}

function withModel(p: Projection, model: Partial<Projection['models'][number]>): Projection {
  return { ...p, models: [{ ...p.models[0]!, ...model }] };
}

function is(code: AppError['code'], problem: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof AppError && error.code === code && problem.test(error.message);
}
