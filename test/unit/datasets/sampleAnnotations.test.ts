import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  celebaAttributeList,
  celebaIdentityList,
  sampleAttributes,
  samplePictures,
} from '../../../src/datasets/sampleAnnotations.ts';

const pictures = samplePictures(1, 200, 10);
const names = Object.keys(sampleAttributes) as (keyof typeof sampleAttributes)[];
const valuesOf = (name: keyof typeof sampleAttributes) =>
  pictures.map(({ person, shot }) => sampleAttributes[name](person, shot));

test('a smaller sample is the beginning of a larger one with the same seed', () => {
  assert.deepEqual(samplePictures(1, 3, 10), pictures.slice(0, 30));
  assert.notDeepEqual(samplePictures(2, 3, 10), pictures.slice(0, 30));
});

test('the lists are in the layout of CelebA', () => {
  const few = samplePictures(1, 2, 2);
  const lines = celebaAttributeList(few).split('\n');
  assert.equal(lines[0], '4');
  assert.deepEqual(lines[1]!.split(' '), names);
  assert.equal(lines.length, 7);
  assert.equal(lines[6], '');
  few.forEach(({ fileName, person, shot }, row) => {
    const [first, ...values] = lines[row + 2]!.split(/ +/);
    assert.equal(first, fileName);
    assert.deepEqual(
      values,
      names.map((name) => (sampleAttributes[name](person, shot) ? '1' : '-1')),
    );
  });
  assert.equal(celebaIdentityList(few), '000001.jpg 1\n000002.jpg 1\n000003.jpg 2\n000004.jpg 2\n');
});

test('each attribute has at least 10 identities of either modality', () => {
  for (const name of names) {
    const values = valuesOf(name);
    for (const modality of [true, false]) {
      const identities = new Set(pictures.filter((_, i) => values[i] === modality).map((p) => p.identity));
      assert.ok(identities.size >= 10, `${name} is ${modality} for ${identities.size} identities`);
    }
  }
});

test('what belongs to a person is the same in all pictures, what belongs to a picture is not', () => {
  const varying = names.filter((name) => {
    const values = valuesOf(name);
    return pictures.some(({ identity }, i) => values[i] !== values[identity * 10]);
  });
  assert.deepEqual(varying, [
    'Bright',
    'Coin_Flip',
    'Dark_Background',
    'Eyeglasses',
    'Head_Roll_Left',
    'Lit_From_Left',
    'Mouth_Slightly_Open',
    'No_Beard',
    'Smiling',
    'Wearing_Earrings',
    'Wearing_Hat',
    'Wearing_Lipstick',
  ]);
});

test('beards are worn by men only, and the coin is fair', () => {
  for (const { person, shot } of pictures) assert.ok(person.male || !shot.beard);
  const heads = valuesOf('Coin_Flip').filter(Boolean).length;
  assert.ok(Math.abs(heads - 1000) < 100, `${heads} heads in 2000`);
});
