import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { RuntimeModule } from './runtimeModules.ts';

/** Gives the folder that holds a package. */
export type FindModule = (module: RuntimeModule) => Promise<string>;

/**
 * The installed package. Throws where it is not there, as those of other platforms are not, or not in the version
 * of the lock file.
 */
export async function installedModule({ name, version }: RuntimeModule): Promise<string> {
  const folder = resolve('node_modules', name);
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null);
  if (text === null) throw new Error(`${name} is not installed: run «npm ci».`);
  const installed = (JSON.parse(text) as { version: string }).version;
  if (installed !== version)
    throw new Error(
      `${name} is installed as ${installed}, but package-lock.json says ${version}: run «npm ci».`,
    );
  return folder;
}

/** The installed package, or else the one of the registry, unpacked into `folder`. */
export function installedOrFetched(folder: string): FindModule {
  return (module) => installedModule(module).catch(() => fetchModule(module, folder));
}

const run = promisify(execFile);

async function fetchModule({ name, version, integrity }: RuntimeModule, folder: string): Promise<string> {
  const target = join(folder, name);
  await mkdir(target, { recursive: true });
  const { stdout } = await run(
    'npm',
    ['pack', `${name}@${version}`, '--json', '--ignore-scripts', '--pack-destination', target],
    // On Windows npm is a batch file.
    { shell: process.platform === 'win32' },
  );
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>);
  const archive = join(target, packed!.filename);
  checkIntegrity(name, await readFile(archive), integrity);
  await run('tar', ['-xzf', archive, '-C', target]);
  return join(target, 'package');
}

/** Throws where bytes do not have the digest of `package-lock.json`, `sha512-<base64>`. */
export function checkIntegrity(name: string, bytes: Uint8Array, integrity: string): void {
  const digest = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (digest !== integrity)
    throw new Error(
      `${name} from the registry has the digest ${digest}; package-lock.json says ${integrity}.`,
    );
}
