import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identitiesFromNames } from '../../../src/domain/datasetTable.ts';
import { latticeAxes } from '../../../src/domain/latticeAttribute.ts';
import type { FramedRef } from '../../../src/embedding/cropFaces.ts';
import { type LatticeOptions, planLattice } from '../../../src/embedding/latticePlan.ts';

const people = ['Ann', 'Bob', 'Bob', 'Ann', 'Bob', 'Cid'];
const images = people.map((name, i) => `${name}/${i}.png`);
const identities = identitiesFromNames(people, images);
const refs = images.map((name, i): FramedRef => ({
  path: `/faces/${name}`,
  key: i.toString(16).padStart(64, '0'),
  name,
  framing: { kind: 'whole' },
}));
const options: LatticeOptions = {
  attributes: ['brightness', 'blur'],
  steps: { brightness: 5 },
  pointsPerIdentity: 4,
  maxIdentities: 2,
  seed: 1,
};

test('the identities with the most images come first, as many as are asked for', () => {
  const { curves, images: used } = planLattice(refs, identities, options);
  assert.deepEqual(curves.identities, ['Bob', 'Ann']);
  assert.deepEqual([...used], [0, 1, 2, 3, 4]);
});

test('images of an identity take turns, and all points of one image come together', () => {
  const { refs: planned, curves } = planLattice(refs, identities, options);
  const ofBob = planned.slice(0, curves.firstPoint[1]).map(({ name }) => name);
  const changes = ofBob.filter((name, i) => name !== ofBob[i - 1]);
  assert.deepEqual(new Set(changes), new Set(['Bob/1.png', 'Bob/2.png', 'Bob/4.png']));
  assert.equal(changes.length, 3);
});

test('a centred stencil is one step to either side of its lattice point, a one-sided one above it', () => {
  const { refs: planned, curves } = planLattice(refs, identities, options);
  assert.equal(curves.attribute.length, 2 * 4 * 2);
  curves.attribute.forEach((attribute, c) => {
    const [start, base, end] = Array.from(
      curves.points.subarray(curves.offset[c], curves.offset[c + 1]),
      (point) => planned[point]!,
    );
    const name = options.attributes[attribute]!;
    const other = options.attributes[1 - attribute]!;
    const step = name === 'brightness' ? 5 : latticeAxes.blur.step;
    for (const [a, b] of [
      [start!, base!],
      [base!, end!],
    ] as const) {
      assert.ok(Math.abs(b.point[name]! - a.point[name]! - step) < 1e-12);
      assert.equal(a.point[other], b.point[other]);
      assert.equal(a.noiseSeed, b.noiseSeed);
      assert.equal(a.path, b.path);
    }
    const middle = name === 'brightness' ? base!.point.brightness! : start!.point.blur!;
    const { range, oneSided } = latticeAxes[name];
    assert.ok(middle >= (oneSided ? 0 : -range) && middle <= range);
  });
  assert.deepEqual(curves.steps, [
    ['−5', '0', '+5'],
    ['0', '+0.7', '+1.4'],
  ]);
});

test('stencils around one lattice point share its image, which the model sees once', () => {
  const { refs: planned, curves } = planLattice(refs, identities, {
    ...options,
    attributes: ['brightness', 'hue', 'roll'],
  });
  // Two for each of three attributes, and the point itself.
  assert.equal(planned.length, 2 * 4 * 7);
  const bases = Array.from(curves.attribute, (_, c) => curves.points[curves.offset[c]! + 1]!);
  const pairs = new Set(bases.map((base, c) => `${curves.basePoint[c]} ${base}`));
  assert.equal(pairs.size, 2 * 4);
});

test('the draw of an identity does not depend on who else is there', () => {
  const both = planLattice(refs, identities, options);
  const only = [1, 2, 4];
  const bob = planLattice(
    only.map((i) => refs[i]!),
    { ...identities, index: Int32Array.from(only, (i) => identities.index[i]!) },
    options,
  );
  assert.deepEqual(
    bob.refs.map(({ key }) => key),
    both.refs.slice(0, both.curves.firstPoint[1]).map(({ key }) => key),
  );
  const otherSeed = planLattice(refs, identities, { ...options, seed: 2 });
  assert.notDeepEqual(
    otherSeed.refs.map(({ key }) => key),
    both.refs.map(({ key }) => key),
  );
});
