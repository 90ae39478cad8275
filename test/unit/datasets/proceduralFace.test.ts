import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faceSvg } from '../../../src/datasets/proceduralFace.ts';
import { drawPerson, hairStyles, type Person } from '../../../src/datasets/proceduralPeople.ts';
import { drawShot, type Shot } from '../../../src/datasets/proceduralShot.ts';

const people = Array.from({ length: 200 }, (_, index) => drawPerson(1, index));
const shots = people.map((person, index) => drawShot(person, 1, index, 0));

test('the same seed gives the same picture, another seed, person or image another', () => {
  const draw = (seed: number, index: number, image: number) => {
    const person = drawPerson(seed, index);
    return faceSvg(person, drawShot(person, seed, index, image));
  };
  assert.equal(draw(1, 3, 2), draw(1, 3, 2));
  const others = new Set([draw(1, 3, 2), draw(2, 3, 2), draw(1, 4, 2), draw(1, 3, 1)]);
  assert.equal(others.size, 4);
});

test('pictures are 178 × 218, well-formed, finite and without letters', () => {
  people.forEach((person, i) => {
    const text = faceSvg(person, shots[i]!);
    assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="178" height="218"/);
    assert.doesNotMatch(text, /NaN|Infinity|undefined|null|<text/);
    assertBalanced(text);
  });
});

test('the check of well-formedness itself fails on a tag left open', () => {
  assert.throws(() => assertBalanced('<svg><g><rect/></svg>'));
});

test('eyes and mouth lie where CelebA aligns them', () => {
  for (const person of people) {
    assert.ok(Math.abs(person.eyeX - 19.5) <= 3.01);
    assert.ok(Math.abs(person.eyeY - 111) <= 2.41);
    assert.ok(Math.abs(person.mouthHalf - 16.5) <= 3.81);
    assert.ok(Math.abs(person.mouthY - 152) <= 2.81);
    assert.ok(Math.abs(person.noseY - 137) <= 4.01);
  }
});

test('each visible attribute of a shot changes the picture', () => {
  const person: Person = { ...people[0]!, beardStyle: 'full' };
  const plain: Shot = {
    ...shots[0]!,
    eyeglasses: false,
    beard: false,
    smiling: false,
    smile: 0,
    mouthOpen: 0,
    hat: 'none',
    lipstick: false,
    earrings: false,
    rollDegrees: 0,
    lightSide: 1,
    brightness: 0.5,
  };
  const changes: readonly Partial<Shot>[] = [
    { eyeglasses: true },
    { beard: true },
    { smiling: true, smile: 1 },
    { mouthOpen: 4 },
    { hat: 'cap' },
    { hat: 'beanie' },
    { hat: 'brim' },
    { lipstick: true },
    { earrings: true },
    { rollDegrees: -5 },
    { lightSide: -1 },
    { brightness: -0.5 },
    { background: [1, 2, 3] },
  ];
  const pictures = changes.map((change) => faceSvg(person, { ...plain, ...change }));
  assert.equal(new Set([faceSvg(person, plain), ...pictures]).size, changes.length + 1);
});

test('the planted coin changes nothing in the picture', () => {
  people.forEach((person, i) => {
    const shot = shots[i]!;
    assert.equal(faceSvg(person, shot), faceSvg(person, { ...shot, coin: !shot.coin }));
  });
});

test('every hair style and each kind of hat, glasses and beard is drawn', () => {
  assert.deepEqual(new Set(people.map((person) => person.hairStyle)), new Set(hairStyles));
  const drawn = (values: readonly string[]) => [...new Set(values)].sort();
  assert.deepEqual(drawn(shots.map((shot) => shot.hat)), ['beanie', 'brim', 'cap', 'none']);
  assert.deepEqual(drawn(people.map((person) => person.glassesShape)), ['oval', 'round', 'square']);
  assert.deepEqual(drawn(people.map((person) => person.beardStyle)), [
    'full',
    'goatee',
    'moustache',
    'stubble',
  ]);
});

function assertBalanced(text: string): void {
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of text.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (closing === '/') assert.equal(open.pop(), name);
    else if (selfClosing !== '/') open.push(name!);
  }
  assert.deepEqual(open, []);
}
