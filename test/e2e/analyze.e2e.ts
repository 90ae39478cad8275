import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReport } from '../../src/protocol/readReport.ts';
import { processRunning, whilePaused } from './processes.ts';
import { settingsFile } from './settings.ts';
import type { Scenario } from './stage.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a person makes the sample workspace, opens it, analyzes it from the palette and sees the report beside',
    play: async (stage) => {
      const empty = join(stage.folder, 'my-experiments');
      await mkdir(empty);
      const first = await stage.openWorkbench(empty);
      await first.runCommand('Attribute Lens: Create Sample Workspace…');
      await first.answerFileDialog(`${empty}/`);
      await first.running(/Drawing [\d,]+ of 2,000/).waitFor();
      await first.screenshot('1-sample-progress');
      await first.notification('The sample workspace holds 2,000 faces').waitFor({ timeout: 120_000 });
      await first.screenshot('2-sample-done');
      await first.close();

      const workbench = await stage.openWorkbench(empty);
      await workbench.explorerItem('img_align_celeba').waitFor();
      await workbench.runCommand('Attribute Lens: Analyze Attributes…');
      await workbench.running(/Embedding [\d,]+ of 2,000/).click();
      await workbench.job(/Analyzing my-experiments.*(Embedding|Analyzing) [\d,]+ of /).waitFor();
      await workbench.screenshot('3-analyze-progress');
      await workbench.tab('.attrlens.json').waitFor({ timeout: 120_000 });
      await workbench.webview.getByRole('option').first().waitFor();
      await workbench.screenshot('4-report-beside');

      const [name] = await readdir(join(empty, 'attribute-lens'));
      const report = readReport(JSON.parse(await readFile(join(empty, 'attribute-lens', name!), 'utf8')));
      assert.equal(report.inputs.dataset.nImages, 2000);
      assert.equal(report.inputs.dataset.nIdentities, 200);
    },
  },
  {
    name: 'quick picks ask what settings leave open; the explorer menu of a folder starts it, too',
    play: async (stage) => {
      const folder = stage.sample('asked', 12, 6);
      await writeFile(settingsFile(folder), '{}');
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('img_align_celeba').waitFor();
      await workbench.runCommand('Attribute Lens: Analyze Attributes…');
      await workbench.quickPickTitle.filter({ hasText: 'Faces to analyze' }).waitFor();
      await workbench.screenshot('5-ask-for-faces');
      await workbench.pick('Faces to analyze', 'asked');
      await workbench.quickPickTitle.filter({ hasText: 'Model to analyze' }).waitFor();
      await workbench.screenshot('6-ask-for-model');
      await workbench.pick('Model to analyze', 'fisherfaces.onnx');
      await workbench.tab('asked-fisherfaces.attrlens.json').waitFor();
      await workbench.webview.getByRole('option').first().waitFor();

      await workbench.runFromMenu('img_align_celeba', 'Analyze Attributes…', '7-explorer-menu');
      await workbench.pick('Model to analyze', 'Train Eigenfaces Baseline');
      await workbench.tab('img_align_celeba-img_align_celeba-eigenfaces.attrlens.json').waitFor();
    },
  },
  {
    name: 'cancelling says in the status bar what is kept, and running again goes on from there',
    play: async (stage) => {
      const folder = stage.sample('cancelled', 120, 10);
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('img_align_celeba').waitFor();
      await workbench.runCommand('Attribute Lens: Analyze Attributes…');
      const running = /Embedding [\d,]+ of 1,200/;
      await workbench.running(running).waitFor();
      await whilePaused(await processRunning(stage.engine), async () => {
        await workbench.running(running).click();
        await workbench.cancelJob(running);
      });
      const kept = workbench.statusBar.getByText(
        /Cancelled\. [\d,]+ of 1,200 images are embedded and kept\./,
      );
      await kept.waitFor();
      await workbench.screenshot('8-cancelled');
      const nKept = Number(/[\d,]+/.exec(await kept.innerText())![0].replace(',', ''));
      assert.ok(nKept < 1200, 'It was over before it could be cancelled.');
      assert.equal(await workbench.notification('Cancelled').count(), 0);

      await workbench.runCommand('Attribute Lens: Analyze Attributes…');
      await workbench.tab('.attrlens.json').waitFor();
    },
  },
  {
    name: 'a model that is none is told, with the way to the settings',
    play: async (stage) => {
      const folder = stage.sample('broken', 4, 3);
      await writeFile(join(folder, 'models', 'broken.onnx'), 'This is no model.');
      const settings = { 'attributeLens.dataset': '.', 'attributeLens.models': ['models/broken.onnx'] };
      await writeFile(settingsFile(folder), JSON.stringify(settings));
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('img_align_celeba').waitFor();
      await workbench.runCommand('Attribute Lens: Analyze Attributes…');
      await workbench.notification('no ONNX model').waitFor();
      await workbench.running('').waitFor({ state: 'detached' });
      await workbench.screenshot('9-broken-model');
      await workbench.pressInNotification('no ONNX model', 'Open Settings');
      await workbench.page.locator('.settings-editor').waitFor();
      await workbench.screenshot('9-settings');
    },
  },
  {
    name: 'in a folder that is not trusted the palette offers no analysis, but the log and the sample',
    play: async (stage) => {
      const folder = stage.sample('untrusted', 4, 3);
      const workbench = await stage.openUntrusted(folder);
      await workbench.statusBar.getByText('Restricted Mode').waitFor();
      const offered = await workbench.findCommands(
        'Attribute Lens: ',
        'Attribute Lens: Create Sample Workspace…',
      );
      await workbench.screenshot('10-untrusted');
      assert.ok(!offered.some((title) => /Analyze|Train/.test(title)), offered.join(', '));
      assert.ok(offered.some((title) => title.includes('Show Log')));
    },
  },
];
