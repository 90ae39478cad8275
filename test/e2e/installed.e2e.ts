import assert from 'node:assert/strict';
import { lstat, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { librariesOf, processRunning } from './processes.ts';
import type { Scenario } from './stage.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'page, engine and native libraries are those of the installed package, not of the development folder',
    play: async (stage) => {
      assert.ok((await lstat(stage.extension)).isDirectory());
      assert.equal(await realpath(stage.extension), stage.extension);
      const workbench = await stage.openWorkbench(stage.sample('installed', 12, 6));
      await workbench.explorerItem('img_align_celeba').waitFor();
      await workbench.runCommand('Attribute Lens: Analyze Attributes…');
      await workbench.tab('.attrlens.json').waitFor({ timeout: 120_000 });
      await workbench.webview.getByRole('option').first().waitFor();

      const scripts = workbench.webview.locator('script[src$="report.js"]');
      assert.ok(
        (await scripts.first().getAttribute('src'))?.endsWith(`${stage.extension}/dist/webview/report.js`),
      );
      const loaded = await librariesOf(await processRunning(stage.engine));
      for (const library of ['libonnxruntime', 'onnxruntime_binding', 'libvips-cpp', 'sharp-']) {
        const paths = loaded.filter((path) => path.includes(library));
        assert.ok(paths.length > 0, `${library} is not among ${loaded.join(', ')}.`);
        for (const path of paths) assert.ok(path.startsWith(stage.extension), path);
      }
      assert.deepEqual(
        loaded.filter((path) => path.startsWith(resolve('.'))),
        [],
      );
    },
  },
];
