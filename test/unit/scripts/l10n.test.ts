import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleProblems, languageScript, textsOf } from '../../../scripts/l10n.ts';

test('texts are gathered from the calls that name them, whatever they are called on', () => {
  const source = `
    const a = t('One {0}', n);
    const b = vscode.l10n.t("Two");
    const c = this.#t(\`Three\`);
    other('Four');`;
  assert.deepEqual(textsOf('a.ts', source, ['t', '#t']), ['One {0}', 'Two', 'Three']);
});

test('a text that is put together is refused at its place', () => {
  assert.throws(() => textsOf('a.ts', `\n\nt('One ' + n)`, ['t']), /a\.ts:3/);
  assert.throws(() => textsOf('a.ts', 't(`One ${n}`)', ['t']), /a\.ts:1/);
});

test('a translation that lacks a text, has one too many, or other placeholders is told', () => {
  assert.deepEqual(bundleProblems({ 'a {0}': 'b {0}', c: 'd' }, ['a {0}', 'c']), []);
  assert.deepEqual(bundleProblems({ 'a {0}': 'b {1}', e: 'f' }, ['a {0}', 'c']), [
    'not translated: c',
    'used nowhere: e',
    'other placeholders: a {0}',
  ]);
});

test('the script of a language holds the texts of the page alone', () => {
  assert.equal(languageScript({ a: 'b', c: 'd' }, ['a', 'x']), 'globalThis.attributeLensBundle={"a":"b"};\n');
});
