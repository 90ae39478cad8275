import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../support/repository.ts';

test('where no font is installed, texts count as not drawn', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const config = join(folder, 'fonts.conf');
  await writeFile(config, `<fontconfig><cachedir>${folder}</cachedir></fontconfig>`);
  const decoder = pathToFileURL(join(repositoryRoot, 'src/models/decoder.ts')).href;
  const script = `console.log(await (await import('${decoder}')).drawsText())`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, FONTCONFIG_FILE: config },
  });
  assert.equal(stdout.trim(), 'false');
});
