import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** For scenarios in which the numbers do not matter. */
export const quickSettings = {
  'attributeLens.permutations': 20,
  'attributeLens.bootstraps': 20,
  'attributeLens.confounders': 0,
  'attributeLens.discriminativeImages': 0,
};

export function settingsFile(folder: string): string {
  return join(folder, '.vscode', 'settings.json');
}

/** Those that the folder has stay, where they are not named. */
export async function addSettings(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = settingsFile(folder);
  const own = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...own, ...settings }));
}
