/** Takes the README's screenshots of the sample workspace in a real VS Code: `npm run screenshots`. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stage } from './stage.ts';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;
const pictures = join('media', 'screenshots');

const stage = await Stage.set();
try {
  const sample = stage.sample('sample', 200, 10);
  const settings = join('.vscode', 'settings.json');
  stage.commandLine('analyze', '--settings', join(sample, settings));
  const [report] = await readdir(join(sample, 'attribute-lens'));
  await mkdir(pictures, { recursive: true });
  for (const [name, theme] of Object.entries(themes)) {
    // A folder of its own for each: a window remembers what was open in a folder.
    const folder = join(stage.folder, name, 'sample');
    await cp(sample, folder, { recursive: true });
    const own = JSON.parse(await readFile(join(folder, settings), 'utf8')) as Record<string, unknown>;
    const look = { 'workbench.colorTheme': theme, 'workbench.activityBar.location': 'hidden' };
    await writeFile(join(folder, settings), JSON.stringify({ ...own, ...look }));
    const workbench = await stage.openWorkbench(folder);
    await workbench.page.setViewportSize({ width: 1480, height: 900 });
    await workbench.explorerItem('attribute-lens').click();
    await workbench.explorerItem(report!).dblclick();
    await workbench.webview.getByRole('option').filter({ hasText: 'Eyeglasses' }).click();
    await workbench.webview.locator('canvas').nth(1).waitFor();
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.webview.getByRole('heading', { name: 'Eyeglasses', exact: true }).waitFor();
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    // The palette fades out, and so does the pointer's tooltip.
    await workbench.page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished))');
    await workbench.page.screenshot({ path: join(pictures, `report-${name}.png`) });
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.close();
  }
} finally {
  await stage.strike();
}
