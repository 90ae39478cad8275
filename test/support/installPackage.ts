import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installedModule } from '../../scripts/packaging/moduleFolder.ts';
import { packageExtension } from '../../scripts/packaging/packageExtension.ts';
import { targetOf } from '../../scripts/packaging/targets.ts';
import { serverProgram } from './vscodeServer.ts';

/**
 * Packages the product for this platform into `folder` and has a VS Code server install it, as a person does with a
 * file that came by mail. Gives the folder that the server made in `extensionsFolder`.
 */
export async function installPackage(folder: string, extensionsFolder: string): Promise<string> {
  const target = targetOf(process.platform, process.arch);
  if (target === null) throw new Error(`There is no package for ${process.platform}-${process.arch}.`);
  const { path, id } = await packageExtension(target, folder, () => installedModule);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      await serverProgram(),
      `--install-extension=${path}`,
      `--extensions-dir=${extensionsFolder}`,
      `--server-data-dir=${join(folder, 'installer')}`,
      '--accept-server-license-terms',
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The package could not be installed:\n${stdout}\n${stderr}`);
  const installed = JSON.parse(
    await readFile(join(extensionsFolder, 'extensions.json'), 'utf8'),
  ) as readonly { readonly identifier: { readonly id: string }; readonly relativeLocation: string }[];
  const found = installed.find(({ identifier }) => identifier.id === id);
  if (found === undefined) throw new Error(`The server did not list ${id} among ${stdout}`);
  return join(extensionsFolder, found.relativeLocation);
}
