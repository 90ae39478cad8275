/** Takes the README's screenshots of the sample workspace in a real VS Code: `npm run screenshots`. */
import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stage } from './stage.ts';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;

const stage = await Stage.set();
try {
  const folder = stage.sample('people', 200, 10);
  const settings = join(folder, '.vscode', 'settings.json');
  const analysis = spawnSync(process.execPath, ['dist/cli.cjs', 'analyze', '--settings', settings], {
    stdio: 'inherit',
  });
  if (analysis.status !== 0) throw new Error('The sample could not be analysed.');
  const reports = await readdir(join(folder, 'attribute-lens'));
  const own = JSON.parse(await readFile(settings, 'utf8')) as Record<string, unknown>;
  for (const [name, theme] of Object.entries(themes)) {
    await writeFile(
      settings,
      JSON.stringify({ ...own, 'workbench.colorTheme': theme, 'workbench.activityBar.location': 'hidden' }),
    );
    const workbench = await stage.openWorkbench(folder);
    await workbench.page.setViewportSize({ width: 1480, height: 900 });
    await workbench.explorerItem('attribute-lens').click();
    await workbench.explorerItem(reports[0]!).dblclick();
    await workbench.report.getByRole('option').filter({ hasText: 'Eyeglasses' }).click();
    await workbench.report.locator('canvas').nth(1).waitFor();
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.report.getByRole('heading', { name: 'Eyeglasses' }).waitFor();
    await workbench.page.screenshot({ path: join('media', 'screenshots', `report-${name}.png`) });
    await workbench.close();
  }
} finally {
  await stage.strike();
}
