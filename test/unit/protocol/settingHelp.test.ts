import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHelpPlace, settingHelp } from '../../../src/protocol/settingHelp.ts';
import { readText } from '../../support/repository.ts';

test('every setting is explained under a heading that exists', () => {
  for (const [name, place] of Object.entries(settingHelp)) {
    const [page, anchor] = place.split('#');
    assert.ok(anchorsOf(readText(page!)).includes(anchor!), `${name}: ${place} does not exist.`);
  }
});

test('no other page is taken for help', () => {
  assert.ok(isHelpPlace('README.md#privacy'));
  for (const other of ['README.md', '../etc/passwd#privacy', 'README.md#limits', 1, null]) {
    assert.ok(!isHelpPlace(other));
  }
});

/** As Markdown previews make them of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
