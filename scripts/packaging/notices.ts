import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Names of the packages that bundled files belong to, by the files' paths. */
export function bundledPackages(inputs: readonly string[]): string[] {
  const names = inputs.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** The licences of packages in `node_modules` whose code is in the bundles, where they lie no more. */
export async function thirdPartyNotices(names: readonly string[]): Promise<string> {
  const notices = await Promise.all(names.map(notice));
  return ['Attribute Lens contains code of these packages.', ...notices].join(`\n\n${'-'.repeat(79)}\n\n`);
}

async function notice(name: string): Promise<string> {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Package;
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)(\.(md|txt))?$/i.test(file));
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version}, licence ${license}`, ...texts.map((text) => text.trim())].join('\n\n');
}
