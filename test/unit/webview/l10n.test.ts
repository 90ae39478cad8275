import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { phrase, t } from '../../../webview-ui/l10n.ts';

afterEach(() => {
  globalThis.attributeLensBundle = undefined;
});

test('without a translation the English text is shown, with its arguments', () => {
  assert.equal(t('{0} of {1}', 3, 'ten'), '3 of ten');
  assert.equal(t('{0} {0} {2}', 'a'), 'a a {2}');
});

test('a translation may order its arguments as its language wants', () => {
  globalThis.attributeLensBundle = { '{0} of {1}': 'di {1}, {0}' };
  assert.equal(t('{0} of {1}', 3, 10), 'di 10, 3');
  assert.deepEqual(phrase('{0} of {1}', { number: '3' }, { name: 'Ada' }), [
    'di ',
    { name: 'Ada' },
    ', ',
    { number: '3' },
  ]);
});

test('a phrase in a phrase is taken up part by part, and names stay apart', () => {
  assert.deepEqual(phrase('{0} and {1}.', phrase('with {0}', { name: '<b>' }), 'more'), [
    'with ',
    { name: '<b>' },
    ' and ',
    'more',
    '.',
  ]);
});

test('names that an object inherits are no translations', () => {
  globalThis.attributeLensBundle = {};
  assert.equal(t('toString'), 'toString');
});
