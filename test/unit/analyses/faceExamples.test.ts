import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faceExamples } from '../../../src/analyses/faceExamples.ts';
import { attributes, identities, images } from '../../support/macroscaleFixture.ts';
import { column } from '../../support/runMacroscale.ts';

test('few people give few faces, one of each, and who is unknown none', () => {
  const people = Int32Array.of(0, 0, 1, 1, 2, 3);
  const hat = column('Hat', Int8Array.of(1, 1, 1, -1, -1, 0));
  const [faces] = faceExamples(people, [hat], ['a0', 'a1', 'b0', 'b1', 'c0', 'd0'], 1);
  assert.equal(faces!.attribute, 'Hat');
  assert.deepEqual(faces!.positive.map((name) => name[0]).toSorted(), ['a', 'b']);
  assert.equal(faces!.positive.includes('b0'), true, 'the only image with a hat of this person');
  assert.deepEqual(faces!.negative.toSorted(), ['b1', 'c0']);
});

test('of many people twelve are drawn, each once, of the right modality', () => {
  const rowOf = new Map(images.map((image, row) => [image, row]));
  const all = faceExamples(identities, attributes, images, 1);
  assert.deepEqual(
    all.map(({ attribute }) => attribute),
    attributes.map(({ name }) => name),
  );
  for (const [i, faces] of all.entries()) {
    for (const [modality, sign] of [
      ['positive', 1],
      ['negative', -1],
    ] as const) {
      const rows = faces[modality].map((image) => rowOf.get(image)!);
      const people = new Set(rows.map((row) => identities[row]));
      const shown = [...identities.keys()].filter((row) => attributes[i]!.values[row] === sign);
      const nPeople = new Set(shown.map((row) => identities[row])).size;
      assert.equal(rows.length, Math.min(12, nPeople));
      assert.equal(people.size, rows.length);
      assert.ok(rows.every((row) => attributes[i]!.values[row] === sign));
    }
  }
});

test('a seed draws the same faces, whatever other attributes there are; another seed draws others', () => {
  const all = faceExamples(identities, attributes, images, 1);
  assert.deepEqual(faceExamples(identities, attributes.slice(1, 2), images, 1), all.slice(1, 2));
  assert.notDeepEqual(faceExamples(identities, attributes, images, 2), all);
});

test('every person is drawn equally often, however many images they have', () => {
  // Person 0 has 20 images, the 19 others one each: of 12 places for 20 people each gets 60 %.
  const people = Int32Array.from({ length: 39 }, (_, row) => Math.max(0, row - 19));
  const names = Array.from(people, (person, row) => `${person}/${row}`);
  const hat = column('Hat', new Int8Array(39).fill(1));
  let drawn = 0;
  for (let seed = 0; seed < 500; seed++) {
    const [faces] = faceExamples(people, [hat], names, seed);
    if (faces!.positive.some((name) => name.startsWith('0/'))) drawn++;
  }
  // Binomial of 500 and 0.6: mean 300, standard deviation 11.
  assert.ok(Math.abs(drawn - 300) < 44, `${drawn}`);
});
