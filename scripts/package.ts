/**
 * Makes a package (VSIX) for this platform, or for those that `--target` names, in the current folder or `--out`.
 * Libraries of other platforms come from the npm registry.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { installedOrFetched } from './packaging/moduleFolder.ts';
import { packageExtension } from './packaging/packageExtension.ts';
import { chooseTargets, targetOf } from './packaging/targets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: '.' },
    /** Address, with a slash at its end, that this folder is published at. */
    pictures: { type: 'string' },
  },
});

const names = [...values.target, ...positionals].flatMap((text) => text.split(','));
const packages = [];
for (const target of chooseTargets(names, targetOf(process.platform, process.arch))) {
  packages.push(await packageExtension(target, values.out, installedOrFetched, values.pictures ?? null));
}
console.log('');
for (const { path, bytes, nFiles } of packages) {
  console.log(`${basename(path)}: ${(bytes / 1e6).toFixed(1)} MB, ${nFiles} files`);
}
