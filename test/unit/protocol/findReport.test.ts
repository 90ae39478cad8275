import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findReport } from '../../../src/protocol/findReport.ts';

const file = (relative: string, folder = '/study') => ({ path: `${folder}/${relative}`, relative });
const deep = file('attribute-lens/a.attrlens.json');
const top = file('a.attrlens.json');
const other = file('old/b.attrlens.json');

test('a relative path means that file, even where another of its name comes first', () => {
  assert.equal(findReport('a.attrlens.json', [deep, top]), top);
  assert.equal(findReport('attribute-lens/a.attrlens.json', [top, deep]), deep);
});

test('an absolute path comes before everything else', () => {
  const odd = { path: '/x', relative: '/study/a.attrlens.json' };
  assert.equal(findReport('/study/a.attrlens.json', [odd, top]), top);
});

test('the last part of a path is enough where one file has it', () => {
  assert.equal(findReport('b.attrlens.json', [deep, top, other]), other);
});

test('several files of one name are listed, not guessed between', () => {
  const older = file('old/a.attrlens.json');
  assert.throws(() => findReport('a.attrlens.json', [deep, older]), {
    code: 'usage',
    message:
      'Several reports are called «a.attrlens.json»: attribute-lens/a.attrlens.json, old/a.attrlens.json. Name one of them by its path.',
  });
});

test('workspace folders of one name are told apart by absolute paths', () => {
  const twin = file('a.attrlens.json', '/elsewhere');
  assert.throws(() => findReport('a.attrlens.json', [top, twin]), {
    message: /\/study\/a\.attrlens\.json, \/elsewhere\/a\.attrlens\.json/,
  });
});

test('a name that no report has is told with those there are, forty at most', () => {
  assert.throws(() => findReport('/etc/passwd', [top, other]), {
    message:
      'There is no report «/etc/passwd» in the workspace. Reports: a.attrlens.json, old/b.attrlens.json.',
  });
  const many = Array.from({ length: 43 }, (_, i) => file(`${i}.attrlens.json`));
  assert.throws(() => findReport('x', many), { message: /, 39\.attrlens\.json and 3 more\.$/ });
  assert.throws(() => findReport('x', []), { message: 'There is no report «x»: the workspace holds none.' });
});
