/** Writes what is derived from the contracts. A test fails where it was forgotten. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as prettier from 'prettier';
import {
  comparisonJsonSchema,
  configurationTexts,
  fileJsonSchema,
  isConfigurationText,
  manifestConfiguration,
  reportJsonSchema,
  restrictedSettings,
  settingsTable,
} from './generated.ts';
import { commandsTable, type Contributions, platformsTable } from './readmeTables.ts';
import { wasmModules } from './wasmModules.ts';

interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: Contributions & { configuration: unknown };
}

export async function generatedFiles(): Promise<Map<string, string>> {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
  manifest.contributes.configuration = manifestConfiguration();
  manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedSettings();
  const readme = await readFile('README.md', 'utf8');
  const texts = await manifestTexts();
  const files = new Map([
    ['package.json', JSON.stringify(manifest)],
    ['package.nls.json', JSON.stringify(texts)],
    ['schemas/report.schema.json', JSON.stringify(reportJsonSchema())],
    ['schemas/comparison.schema.json', JSON.stringify(comparisonJsonSchema())],
    ['schemas/attrlens.schema.json', JSON.stringify(fileJsonSchema())],
    [
      'README.md',
      Object.entries({
        settings: settingsTable(),
        commands: commandsTable(manifest.contributes, texts),
        platforms: platformsTable(),
      }).reduce((text, [name, table]) => replaceBlock(text, name, table), readme),
    ],
  ]);
  for (const [path, text] of await wasmModules()) files.set(path, text);
  const options = await prettier.resolveConfig('package.json');
  for (const [path, text] of files)
    files.set(path, await prettier.format(text, { ...options, filepath: path }));
  return files;
}

/** The manifest's texts by their keys: those written by hand, then those of the configuration. */
async function manifestTexts(): Promise<Record<string, string>> {
  const texts = JSON.parse(await readFile('package.nls.json', 'utf8')) as Record<string, string>;
  const byHand = Object.entries(texts).filter(([key]) => !isConfigurationText(key));
  return { ...Object.fromEntries(byHand), ...configurationTexts() };
}

/** Replaces what stands between `<!-- name:begin -->` and `<!-- name:end -->`. */
function replaceBlock(text: string, name: string, content: string): string {
  const block = new RegExp(`(<!-- ${name}:begin -->)[^]*(<!-- ${name}:end -->)`);
  if (!block.test(text)) throw new Error(`README.md has no block «${name}».`);
  return text.replace(block, (_, begin: string, end: string) => `${begin}\n\n${content}\n\n${end}`);
}

if (import.meta.main) {
  await mkdir('schemas', { recursive: true });
  for (const [path, text] of await generatedFiles()) await writeFile(path, text);
}
