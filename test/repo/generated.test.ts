import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedFiles } from '../../scripts/generate.ts';
import { version } from '../../src/domain/version.ts';
import { readText } from '../support/repository.ts';

test('manifest, report schema, README tables and WebAssembly modules are what their sources say; `npm run generate` mends it', async () => {
  for (const [path, text] of await generatedFiles()) assert.equal(readText(path), text, path);
});

test('the version that reports carry is the manifest’s', () => {
  const manifest = JSON.parse(readText('package.json')) as { version: string };
  assert.equal(version, manifest.version);
});
