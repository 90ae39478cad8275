import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  codedColumnToAttributes,
  columnToAttributes,
  splitAtMedian,
  splitCircular,
} from '../../../src/datasets/attributeRules.ts';
import { codeCells } from '../../../src/datasets/codedColumn.ts';

function only(cells: readonly string[], name = 'x') {
  const { attributes, ...rest } = columnToAttributes(name, cells);
  assert.equal(attributes.length, 1, JSON.stringify(rest));
  return { ...attributes[0]!, values: [...attributes[0]!.values], ...rest };
}

describe('binary columns', () => {
  test('−1 and 1 are negative and positive, without a word', () => {
    const { name, values, rule, note } = only(['-1', '1', ' 1 ', '-1.0', '+1']);
    assert.deepEqual(values, [-1, 1, 1, -1, 1]);
    assert.deepEqual([name, rule, note], ['x', { kind: 'binary' }, null]);
  });

  test('0 beside −1 is unknown, as in MAAD-Face', () => {
    const { values, note } = only(['-1', '0', '1']);
    assert.deepEqual(values, [-1, 0, 1]);
    assert.equal(note, 'x: 0 is unknown');
  });

  test('0 without any −1 is negative', () => {
    const { values, note } = only(['0', '1', '']);
    assert.deepEqual(values, [-1, 1, 0]);
    assert.equal(note, 'x: 0 is negative');
  });

  test('what 0 means follows from all rows, also where the chosen ones hold no −1', () => {
    const column = codeCells(['-1', '0', '1']);
    const { attributes } = codedColumnToAttributes('x', column, Int32Array.of(1, 2));
    assert.deepEqual([...attributes[0]!.values], [0, 1]);
  });

  for (const [yes, no] of [
    ['true', 'false'],
    ['True', 'FALSE'],
    ['yes', 'no'],
    ['Y', 'n'],
    ['T', 'F'],
  ] as const) {
    test(`${yes} and ${no} are words for positive and negative`, () => {
      const { values, rule } = only([yes, no, '', yes]);
      assert.deepEqual(values, [1, -1, 0, 1]);
      assert.deepEqual(rule, { kind: 'binary' });
    });
  }

  for (const missing of ['', 'NA', 'n/a', 'NaN', 'null', 'Unknown', '?']) {
    test(`«${missing}» is unknown and not invalid`, () => {
      const { values, invalid } = only(['-1', missing, '1']);
      assert.deepEqual(values, [-1, 0, 1]);
      assert.deepEqual(invalid, []);
    });
  }

  test('one odd text among twenty numbers is invalid and unknown', () => {
    const { values, invalid } = only([...Array<string>(10).fill('1'), ...Array<string>(9).fill('-1'), 'x']);
    assert.equal(values[19], 0);
    assert.deepEqual(invalid, ['x']);
  });
});

describe('columns of two other values', () => {
  for (const [cells, positive] of [
    [['female', 'male'], 'male'],
    [['Female', 'Male'], 'Male'],
    [['glasses', 'no glasses'], 'glasses'],
    [['with', 'without'], 'with'],
    [['none', 'hat'], 'hat'],
    [['absent', 'present'], 'present'],
    [['north', 'south'], 'south'],
    [['1', '2'], '2'],
    [['10', '9'], '10'],
  ] as const) {
    test(`of ${cells.join(' and ')} the positive one is ${positive}, in one attribute`, () => {
      const { name, values, rule } = only([...cells, '']);
      assert.equal(name, `x=${positive}`);
      assert.deepEqual(rule, { kind: 'oneVsRest', column: 'x', value: positive });
      assert.deepEqual(values, [...cells.map((cell) => (cell === positive ? 1 : -1)), 0]);
    });
  }

  test('a lone «f» is no «false»', () => {
    assert.equal(columnToAttributes('gender', ['f', 'f']).attributes.length, 0);
    assert.equal(only(['f', 'm']).name, 'x=m');
  });

  test('the same number written in two ways is one value', () => {
    assert.deepEqual(only(['1', '2', '2.0', '1.00']).values, [-1, 1, 1, -1]);
  });
});

describe('categories', () => {
  test('three values become one attribute each, in the order of code units; unknown stays unknown', () => {
    const { attributes, note } = columnToAttributes('mood', ['sad', 'happy', '', 'calm', 'sad']);
    assert.deepEqual(
      attributes.map(({ name, values }) => [name, ...values]),
      [
        ['mood=calm', -1, -1, 0, 1, -1],
        ['mood=happy', -1, 1, 0, -1, -1],
        ['mood=sad', 1, -1, 0, -1, 1],
      ],
    );
    assert.equal(note, 'mood: «calm», «happy», «sad» against the rest');
  });

  test('values that the chosen rows do not hold make no attribute, and two left make one', () => {
    const column = codeCells(['sad', 'happy', 'calm', 'sad']);
    const { attributes } = codedColumnToAttributes('mood', column, Int32Array.of(0, 1));
    assert.deepEqual(
      attributes.map(({ name }) => name),
      ['mood=sad'],
    );
  });

  const words = (n: number) => Array.from({ length: n }, (_, i) => `w${String(i)}`);

  test('twenty categories are used, twenty-one are not', () => {
    assert.equal(columnToAttributes('x', [...words(20), 'w0']).attributes.length, 20);
    const { attributes, ignored } = columnToAttributes('x', [...words(21), 'w0']);
    assert.equal(attributes.length, 0);
    assert.match(ignored!, /21 different values/);
  });

  for (const [cells, why] of [
    [['', 'NA'], /holds no values/],
    [['a', 'a', ''], /one value only, «a»/],
    [['a', 'b', 'c'], /a value of its own in each row/],
    [['7', '7', '7'], /one value only, 7/],
    [['0', '0'], /holds only 0/],
    [['5', '6', '7', '8'], /numbers the rows/],
  ] as const) {
    test(`the column ${cells.join(', ')} is ignored with a word`, () => {
      const { attributes, ignored } = columnToAttributes('x', cells);
      assert.equal(attributes.length, 0);
      assert.match(ignored!, why);
    });
  }
});

describe('codes of categories', () => {
  for (const name of ['race', 'Race_Code', 'raceCode', 'ethnicity (self)', 'emotion', 'facial.expression']) {
    test(`small integers called ${name} are categories, one attribute each`, () => {
      const { attributes, note } = columnToAttributes(name, ['0', '2', '1', '0', '']);
      assert.deepEqual(
        attributes.map((attribute) => [attribute.name, [...attribute.values]]),
        [
          [`${name}=0`, [1, -1, -1, 1, 0]],
          [`${name}=1`, [-1, -1, 1, -1, 0]],
          [`${name}=2`, [-1, 1, -1, -1, 0]],
        ],
      );
      assert.deepEqual(attributes[0]!.rule, { kind: 'oneVsRest', column: name, value: '0' });
      assert.equal(note, `${name}: «0», «1», «2» against the rest`);
    });
  }

  for (const name of ['age', 'age_group', 'grace', 'x', 'embrace score']) {
    test(`small integers called ${name} are amounts, split at their median`, () => {
      assert.equal(only(['0', '2', '1', '0'], name).rule.kind, 'medianSplit');
    });
  }

  for (const [what, cells] of [
    ['more than ten', Array.from({ length: 11 }, (_, i) => String(i))],
    ['large ones', ['1', '2', '21']],
    ['fractions', ['1', '2', '2.5']],
    ['below −1', ['-2', '1', '2', '3']],
  ] as const) {
    test(`${what} are no codes, whatever their name`, () => {
      assert.equal(only([...cells, cells[0]], 'race').rule.kind, 'medianSplit');
    });
  }

  test('−1 beside codes is unknown, other text invalid; 2 and 2.0 are one; 10 comes after 9', () => {
    const cells = ['9', '10', '2', '2.0', '-1', ...Array<string>(20).fill('9'), 'x'];
    const { attributes, invalid } = columnToAttributes('race', cells);
    assert.deepEqual(
      attributes.map(({ name }) => name),
      ['race=2', 'race=9', 'race=10'],
    );
    assert.deepEqual([...attributes[0]!.values.subarray(0, 5)], [-1, -1, 1, 1, 0]);
    assert.equal(attributes[0]!.values.at(-1), 0);
    assert.deepEqual(invalid, ['x']);
  });

  test('two codes are left among the chosen rows: the larger is the positive one', () => {
    const column = codeCells(['9', '10', '2']);
    const { attributes } = codedColumnToAttributes('race', column, Int32Array.of(0, 1));
    assert.deepEqual(
      attributes.map(({ name, values }) => [name, ...values]),
      [['race=10', -1, 1]],
    );
  });
});

test('a column keeps each of more values than a byte counts apart', () => {
  const cells = Array.from({ length: 3000 }, (_, i) => `v${String(i % 300)}`);
  const { codes, values } = codeCells(cells);
  assert.deepEqual(
    Array.from(codes, (code) => values[code]),
    cells,
  );
  assert.ok(codeCells(cells.slice(0, 256)).codes instanceof Uint8Array);
});

describe('numbers', () => {
  test('a column of numbers is split at its median, which the rule records', () => {
    const { name, values, rule, note } = only(['30', '20', '', '40', '25']);
    assert.equal(name, 'x');
    assert.deepEqual(values, [1, -1, 0, 1, -1]);
    assert.deepEqual(rule, { kind: 'medianSplit', column: 'x', median: 27.5 });
    assert.equal(note, 'x above its median 27.5');
  });

  test('the median is that of the chosen rows', () => {
    const column = codeCells(['1', '2', '3', '100', '200']);
    const { attributes } = codedColumnToAttributes('x', column, Int32Array.of(2, 3, 4));
    assert.deepEqual(attributes[0]!.rule, { kind: 'medianSplit', column: 'x', median: 100 });
    assert.deepEqual([...attributes[0]!.values], [-1, -1, 1]);
  });

  test('ties at the median are negative', () => {
    assert.deepEqual([...splitAtMedian('x', Float64Array.of(1, 2, 2, 2, 3)).values], [-1, -1, -1, -1, 1]);
  });

  test('numbers that are not finite are unknown and do not move the median', () => {
    const { values, rule } = splitAtMedian('x', Float64Array.of(NaN, 1, Infinity, 3));
    assert.deepEqual([...values], [0, -1, 0, 1]);
    assert.deepEqual(rule, { kind: 'medianSplit', column: 'x', median: 2 });
  });

  test('no numbers at all are all unknown, with a rule that JSON can hold', () => {
    const { values, rule } = splitAtMedian('x', Float64Array.of(NaN, NaN));
    assert.deepEqual([...values], [0, 0]);
    assert.deepEqual(rule, { kind: 'medianSplit', column: 'x', median: 0 });
  });
});

describe('angles', () => {
  test('angles past the circular median are positive, over the jump at 360° too', () => {
    const { values, rule } = splitCircular('hue', Float64Array.of(350, 355, 0, 5, 20, NaN));
    // The median of the five is 0: 5 and 20 lie past it.
    assert.deepEqual([...values], [-1, -1, -1, 1, 1, 0]);
    assert.deepEqual(rule, { kind: 'circularSplit', column: 'hue', centre: 90 });
  });

  test('the rule says it all: positive lies within 90° of the centre', () => {
    const degrees = Float64Array.of(10, 12, 15, 16, 22, 31, 100, 190, 280);
    const { values, rule } = splitCircular('hue', degrees);
    assert.ok(rule.kind === 'circularSplit');
    const distance = (a: number, b: number) => Math.abs(((a - b + 540) % 360) - 180);
    assert.deepEqual(
      [...values],
      Array.from(degrees, (angle) => (distance(angle, rule.centre) < 90 ? 1 : -1)),
    );
  });

  test('hues that lie close together are split in halves', () => {
    const { values } = splitCircular('hue', Float64Array.of(18, 19, 20, 21, 22, 23));
    assert.deepEqual([...values], [-1, -1, -1, 1, 1, 1]);
  });

  test('turning all angles turns the centre and changes no value', () => {
    const degrees = Float64Array.of(1, 4, 9, 33, 40);
    const turned = splitCircular(
      'hue',
      degrees.map((angle) => (angle + 340) % 360),
    );
    assert.deepEqual([...turned.values], [...splitCircular('hue', degrees).values]);
    assert.deepEqual(turned.rule, { kind: 'circularSplit', column: 'hue', centre: (9 + 340 + 90) % 360 });
  });

  test('opposite angles have no mean and are still split', () => {
    assert.deepEqual([...splitCircular('hue', Float64Array.of(90, 270)).values].sort(), [-1, 1]);
  });

  test('no angles are all unknown', () => {
    assert.deepEqual([...splitCircular('hue', Float64Array.of(NaN)).values], [0]);
  });
});
