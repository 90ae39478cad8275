import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, repositoryFiles } from '../support/repository.ts';

const maxLines = 350;
const files = repositoryFiles();
const code = files.filter((path) => /^(src|webview-ui|test|scripts)\/.*\.ts$/.test(path));

test('no source file is longer than one idea', () => {
  const long = code
    .filter((path) => /^(src|webview-ui)\//.test(path))
    .map((path) => [path, readText(path).split('\n').length - 1] as const)
    .filter(([, lines]) => lines > maxLines);
  assert.deepEqual(long, []);
});

test('no check is silenced and no test is skipped', () => {
  // Assembled, so that this file does not find itself.
  const silencers = new RegExp(
    [
      String.raw`\b(it|test|describe|suite)\.(skip|only|todo)\b`,
      String.raw`\bas a` + 'ny\\b',
      '@ts-' + '(ignore|nocheck|expect-error)',
      'eslint-' + 'disable',
      'prettier-' + 'ignore',
    ].join('|'),
  );
  const silenced = code.filter((path) => silencers.test(readText(path)));
  assert.deepEqual(silenced, []);
});

test('no path of a developer’s machine and no registry host is written down', () => {
  const foreign = new RegExp(
    ['/' + 'work/', '/' + 'root/', '/home/' + '[a-z]', 'registry\\.' + 'npmjs'].join('|'),
  );
  const text = files.filter((path) => /\.(ts|md|json|js|css|yml)$|^\.ci\//.test(path));
  assert.deepEqual(
    text.filter((path) => foreign.test(readText(path))),
    [],
  );
});
