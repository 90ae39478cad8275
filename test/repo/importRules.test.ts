import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importViolations } from '../support/importRules.ts';
import { readText, repositoryFiles } from '../support/repository.ts';

test('every import keeps the rules of the layers', () => {
  const sources = new Map(
    repositoryFiles()
      .filter((path) => /^(src|webview-ui)\/.*\.ts$/.test(path) && !path.endsWith('.d.ts'))
      .map((path) => [path, readText(path)]),
  );
  assert.ok(sources.size > 50, 'the sources were found');
  assert.deepEqual(importViolations(sources), []);
});

const planted: readonly [path: string, source: string][] = [
  ['src/numerics/x.ts', "import { AppError } from '../domain/appError.ts';"],
  ['src/numerics/x.ts', "import { readFile } from 'node:fs';"],
  ['src/domain/x.ts', "import type { Report } from '../protocol/report.ts';"],
  ['src/analyses/x.ts', "import { readFile } from 'node:fs/promises';"],
  ['src/models/x.ts', "import sharp from 'sharp';"],
  ['src/models/x.ts', "const sharp = await import('sharp');"],
  ['src/engine/x.ts', "export { InferenceSession } from 'onnxruntime-node';"],
  ['src/engine/x.ts', "import * as vscode from 'vscode';"],
  ['src/extension/x.ts', "import { runJob } from '../engine/jobs/runJob.ts';"],
  ['src/cli/x.ts', "const runtime = require('onnxruntime-node');"],
  ['webview-ui/x.ts', "import { readFile } from 'node:fs';"],
  ['src/engine/x.ts', "import { createPage } from '../../webview-ui/views/page.ts';"],
  ['src/cli/x.ts', "import { reportFigures } from '../../webview-ui/figures/reportFigures.ts';"],
  ['src/elsewhere/x.ts', ''],
];

for (const [path, source] of planted) {
  test(`a planted violation in ${path} is found: ${source}`, () => {
    assert.equal(importViolations(new Map([[path, source]])).length, 1);
  });
}

test('a permitted import of each kind is not a violation', () => {
  const sources = new Map([
    ['src/models/decoder.ts', "import type sharp from 'sharp'; import { x } from '../domain/appError.ts';"],
    ['src/extension/x.ts', "import * as vscode from 'vscode'; import { spawn } from 'node:child_process';"],
    ['src/cli/x.ts', "import { x } from '../engine/jobs/runJob.ts'; import { parse } from 'jsonc-parser';"],
    ['src/engine/x.ts', "import { reportFigures } from '../../webview-ui/figures/reportFigures.ts';"],
  ]);
  assert.deepEqual(importViolations(sources), []);
});
