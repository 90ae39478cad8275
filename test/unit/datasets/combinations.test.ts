import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCombination, parseCombination } from '../../../src/domain/combinationExpression.ts';
import { checkCombinations, combineAttributes } from '../../../src/datasets/combinations.ts';
import { nearNames } from '../../../src/datasets/nearNames.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import type { AttributeColumn } from '../../../src/domain/attributeColumn.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';

const signs = [-1, 0, 1];
/** All nine pairs of false, unknown and true. */
const pairs = signs.flatMap((a) => signs.map((b) => [a, b] as const));
const nine = [
  column(
    'A',
    pairs.map(([a]) => a),
  ),
  column(
    'B',
    pairs.map(([, b]) => b),
  ),
];

test('three values: an unknown part matters only where it could change the outcome', () => {
  assert.deepEqual(valuesOf('A & B'), [-1, -1, -1, -1, 0, 0, -1, 0, 1]);
  assert.deepEqual(valuesOf('A | B'), [-1, 0, 1, 0, 0, 1, 1, 1, 1]);
  assert.deepEqual(valuesOf('!A'), [1, 1, 1, 0, 0, 0, -1, -1, -1]);
});

test('De Morgan’s laws hold for the unknown, too', () => {
  assert.deepEqual(valuesOf('!(A & B)'), valuesOf('!A | !B'));
  assert.deepEqual(valuesOf('!(A | B)'), valuesOf('!A & !B'));
  assert.deepEqual(valuesOf('A'), [...nine[0]!.values]);
});

test('not binds before and, and before or; parentheses before all', () => {
  const abc = [column('A', [1, -1]), column('B', [-1, 1]), column('C', [-1, 1])];
  assert.deepEqual(valuesOf('A | B & C', abc), [1, 1]);
  assert.deepEqual(valuesOf('(A | B) & C', abc), [-1, 1]);
  assert.deepEqual(valuesOf('!A & B', abc), [-1, 1]);
  assert.deepEqual(valuesOf('!(A & B)', abc), [1, 1]);
});

test('a combination is called by its expression in the plainest form, which reads the same again', () => {
  for (const [text, plain] of [
    [' Male&Eyeglasses ', 'Male & Eyeglasses'],
    ['Young & !(Male|Bald)', 'Young & !(Male | Bald)'],
    ['((A)) | (B & C)', 'A | B & C'],
    ['A & (B | C)', 'A & (B | C)'],
    ['A & (B & C)', 'A & B & C'],
    ['! ( ! A )', '!!A'],
    ['"emotion: happy vs sad"&"A"', '"emotion: happy vs sad" & A'],
    ['"say ""yes"""', '"say ""yes"""'],
    ['5_o_Clock_Shadow | emotion=happy', '5_o_Clock_Shadow | emotion=happy'],
  ] as const) {
    assert.equal(formatCombination(parseCombination(text)), plain);
    assert.equal(formatCombination(parseCombination(plain)), plain);
  }
  const [made] = combineAttributes(['A&B'], nine, new DiagnosticLog());
  assert.equal(made!.name, 'A & B');
  assert.deepEqual(made!.rule, { kind: 'combination', expression: 'A & B' });
});

test('names in quotes may hold blanks, signs and quotes', () => {
  const odd = [column('a & b', [1, -1]), column('"', [1, 1]), column('née (x)', [-1, 1])];
  assert.deepEqual(valuesOf('"a & b" & """"', odd), [1, -1]);
  assert.deepEqual(valuesOf('"née (x)"', odd), [-1, 1]);
});

test('a broken expression is told with the setting, the expression and the character', () => {
  for (const [text, position, why] of [
    ['', 1, 'the name of an attribute is expected, but it ends there'],
    ['A &', 4, 'the name of an attribute is expected, but it ends there'],
    ['A && B', 4, 'the name of an attribute is expected, but «&» stands there'],
    ['A B', 3, '«&» or «|» is expected, but «B» stands there'],
    ['(A | B', 7, '«)» is expected, but it ends there'],
    ['A)', 2, '«&» or «|» is expected, but «)» stands there'],
    ['A & "B', 5, 'a name in quotes has no end'],
    ['""', 1, 'a name in quotes has no end'],
    ['!'.repeat(200) + 'A', 101, 'more than 100 parts'],
  ] as const) {
    assert.throws(
      () => combineAttributes([text], nine, new DiagnosticLog()),
      (error) =>
        isAppError(error, 'settingInvalid') &&
        error.data['key'] === 'attributeLens.combinations' &&
        error.data['value'] === text &&
        error.data['position'] === position &&
        error.message.includes(`«${text}», which breaks at character ${position}: ${why}`),
      text,
    );
  }
});

test('an unknown name is told with its place and with the names that are near', () => {
  const celeba = ['Male', 'Eyeglasses', 'Young', 'Wearing_Hat', 'Wearing_Lipstick'].map((name) =>
    column(name, [1]),
  );
  const messageOf = (text: string): string => {
    try {
      combineAttributes([text], celeba, new DiagnosticLog());
    } catch (error) {
      assert.ok(isAppError(error, 'settingInvalid'));
      return error.message;
    }
    return assert.fail('Nothing was thrown.');
  };
  assert.match(
    messageOf('Young & Mael'),
    /^The setting attributeLens\.combinations holds «Young & Mael», but the data set has no attribute «Mael» \(character 9\)\. Is it Male\?$/,
  );
  assert.match(messageOf('eyeglasses'), /Is it Eyeglasses\?$/);
  assert.match(messageOf('Xyzzy'), /It has Male, Eyeglasses, Young, Wearing_Hat, Wearing_Lipstick\.$/);
  assert.throws(() => combineAttributes(['A'], [], new DiagnosticLog()), /It has no attributes at all/);
});

test('names are checked before there are values, those that come later among them', () => {
  checkCombinations(['A & brightness'], ['A'], (name) => name === 'brightness');
  assert.throws(
    () => checkCombinations(['A & brightnes'], ['A'], (name) => name === 'brightness'),
    /«brightnes»/,
  );
});

test('what is given twice is made once, and what is a name already is not made at all', () => {
  const log = new DiagnosticLog();
  const made = combineAttributes(['A&B', 'A & B', 'A'], nine, log);
  assert.deepEqual(
    made.map(({ name }) => name),
    ['A & B'],
  );
  assert.deepEqual(log.toArray()[0]!.items, [
    'A & B: another attribute has this name',
    'A: another attribute has this name',
  ]);
});

test('the attributes that are combined stay as they are', () => {
  const a = column('A', [1, 0, -1]);
  combineAttributes(['!A', 'A & !A'], [a], new DiagnosticLog());
  assert.deepEqual([...a.values], [1, 0, -1]);
});

test('near names: the likest first, and none that is nothing like it', () => {
  const names = ['No_Beard', 'Bald', 'Bangs', 'Big_Nose', 'Wearing_Hat'];
  assert.deepEqual(nearNames('no beard', names), ['No_Beard']);
  assert.deepEqual(nearNames('Hat', names), ['Wearing_Hat']);
  assert.deepEqual(nearNames('Bold', names), ['Bald']);
  assert.deepEqual(nearNames('Smiling', names), []);
  assert.deepEqual(nearNames('', names), []);
});

function valuesOf(expression: string, attributes: readonly AttributeColumn[] = nine): number[] {
  // A lone name is an attribute already, and is not made: doubly denied it is.
  return [...combineAttributes([`!!(${expression})`], attributes, new DiagnosticLog())[0]!.values];
}

function column(name: string, values: readonly number[]): AttributeColumn {
  return { name, values: Int8Array.from(values), rule: { kind: 'binary' } };
}
