import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's package puts it here; `CHROMIUM` names another. */
export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Installs Debian's chromium where it is missing and this user may; otherwise says what to install. */
export function ensureBrowser(): Promise<void> {
  if (existsSync(chromiumPath)) return Promise.resolve();
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    console.log('Installing chromium …');
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ]) {
      const done = spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      if (done.status !== 0) break;
    }
    if (existsSync(chromiumPath)) return Promise.resolve();
  }
  return Promise.reject(
    new Error(
      `The tests in a real VS Code need Chromium at ${chromiumPath}: run «apt-get install chromium» as root, or set CHROMIUM to its path.`,
    ),
  );
}
