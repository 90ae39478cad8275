import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionAnchors } from '../../../src/protocol/definitions.ts';
import { pageMessageSchema } from '../../../src/protocol/webviewMessages.ts';
import { readText } from '../../support/repository.ts';

/** As Markdown previews make anchors of headings. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/\s/g, '-');
}

test('what a page may open is defined, and what is defined may be opened', () => {
  const headings = [...readText('docs/definitions.md').matchAll(/^## (.+)$/gm)].map(([, text]) =>
    anchorOf(text!),
  );
  assert.deepEqual([...headings].sort(), [...definitionAnchors].sort());
});

test('definitions lead to each other by anchors that are there', () => {
  const links = [...readText('docs/definitions.md').matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
  assert.ok(links.length > 0);
  assert.deepEqual(
    links.filter((anchor) => !definitionAnchors.some((one) => one === anchor)),
    [],
  );
});

test('a page may open no other section, and no other file', () => {
  const isAllowed = (anchor: string) =>
    pageMessageSchema.safeParse({ type: 'openDefinition', anchor }).success;
  assert.equal(isAllowed('null-band'), true);
  for (const anchor of ['', 'nowhere', '../README.md', 'null-band?x', 'Null-Band']) {
    assert.equal(isAllowed(anchor), false, anchor);
  }
});
