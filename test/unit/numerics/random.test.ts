import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('the stream of a seed is fixed for ever (values of an independent implementation in Python)', () => {
  const expected: readonly (readonly [number, readonly number[]])[] = [
    [0, [1244996844, 2976602029, 3272359508, 3542316027, 453270338]],
    [1, [3584929023, 546070753, 2822713873, 4093908295, 3184298996]],
    [Number.MAX_SAFE_INTEGER, [3387742605, 3881594004, 1666717551, 1872844466, 528576052]],
  ];
  for (const [seed, values] of expected) {
    const random = new SeededRandom(seed);
    assert.deepEqual(
      values.map(() => random.nextUint32()),
      values,
    );
  }
});

test('a seed that is no integer from 0 to 2^53 − 1 is refused by name', () => {
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
    assert.throws(() => new SeededRandom(seed), { name: 'RangeError', message: new RegExp(`${seed}`) });
  }
});

test('integers below n are uniform and reach both ends', () => {
  const random = new SeededRandom(7);
  const counts = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < 60_000; i++) counts[random.nextInt(6)]!++;
  const chiSquare = counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
  assert.ok(chiSquare < 20.5, `chi² with 5 degrees of freedom is ${chiSquare}`); // p = 0.001
  for (const n of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1]) {
    assert.throws(() => random.nextInt(n), RangeError);
  }
  assert.equal(random.nextInt(1), 0);
});

test('floats lie in [0, 1) with mean 1/2 and use more than 32 bits', () => {
  const random = new SeededRandom(3);
  let sum = 0;
  let fine = 0;
  for (let i = 0; i < 20_000; i++) {
    const x = random.nextFloat();
    assert.ok(x >= 0 && x < 1);
    sum += x;
    if (!Number.isInteger(x * 2 ** 32)) fine++;
  }
  assert.ok(Math.abs(sum / 20_000 - 0.5) < 0.01);
  assert.ok(fine > 19_900);
});

test('normals have mean 0, variance 1 and a fourth moment of 3', () => {
  const random = new SeededRandom(11);
  const n = 100_000;
  const moments = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = random.nextNormal();
    moments[0]! += x / n;
    moments[1]! += x ** 2 / n;
    moments[2]! += x ** 4 / n;
  }
  assert.ok(Math.abs(moments[0]!) < 0.015);
  assert.ok(Math.abs(moments[1]! - 1) < 0.02);
  assert.ok(Math.abs(moments[2]! - 3) < 0.15);
});

test('shuffling keeps every element and makes every order equally likely', () => {
  const random = new SeededRandom(5);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const xs = Int32Array.of(0, 1, 2);
    random.shuffle(xs);
    const key = xs.join('');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort(), ['012', '021', '102', '120', '201', '210']);
  for (const n of counts.values()) assert.ok(Math.abs(n - 1000) < 110, `${n}`);
});

test('a fork depends on the seed and the label, not on what was drawn before', () => {
  const fresh = new SeededRandom(1).fork('Smiling').nextUint32();
  const used = new SeededRandom(1);
  used.nextUint32();
  used.nextNormal();
  assert.equal(used.fork('Smiling').nextUint32(), fresh);
  assert.notEqual(new SeededRandom(2).fork('Smiling').nextUint32(), fresh);
  assert.notEqual(new SeededRandom(1).fork('smiling').nextUint32(), fresh);
});

test('forks of many labels and seeds, and forks of forks, begin differently', () => {
  const firsts = new Set<number>();
  for (let seed = 0; seed < 20; seed++) {
    const root = new SeededRandom(seed);
    for (const label of ['', 'a', 'b', 'ab', 'ba', 'aa']) {
      firsts.add(root.fork(label).nextFloat());
      firsts.add(root.fork(label).fork('positive').nextFloat());
    }
  }
  assert.equal(firsts.size, 240);
});
