/** The README's first command: a sample workspace, the analysis of it, and where to look next. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const folder = 'sample-workspace';

lens('sample', folder);
lens('analyze', '--settings', join(folder, '.vscode', 'settings.json'));
console.log(`\nOpen ${folder} in VS Code, and in it the report, to look around.`);

function lens(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, ['dist/cli.cjs', ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
