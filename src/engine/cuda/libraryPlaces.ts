import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LibraryPlaces } from './cudaLibraries.ts';

/** What the places depend on. */
export interface LibrarySurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Folder that stands for `/`. */
  readonly root: string;
  /** What `ldconfig -p` prints; empty where there is none. */
  readonly cacheText: string;
  /** As Node names it. */
  readonly arch: string;
}

/** How the loader's cache and Debian's folders call an architecture. */
const archNames: Readonly<Record<string, { readonly kind: string; readonly folder: string }>> = {
  x64: { kind: 'x86-64', folder: 'usr/lib/x86_64-linux-gnu' },
  arm64: { kind: 'AArch64', folder: 'usr/lib/aarch64-linux-gnu' },
};

/**
 * Where CUDA's libraries may lie: what the user names, the loader's path, Python environments that are active, the
 * system's Python, CUDA's own folders, and the system's.
 */
export function libraryPlaces(
  { env, home, root, cacheText, arch }: LibrarySurroundings,
  named: readonly string[],
): LibraryPlaces {
  const environments = [env['VIRTUAL_ENV'], env['CONDA_PREFIX'], join(home, '.local')].filter(
    (path): path is string => path !== undefined && path !== '',
  );
  const toolkits = [
    env['CUDA_HOME'],
    env['CUDA_PATH'],
    ...children(join(root, 'usr/local'), /^cuda(-12(\.\d+)?)?$/),
    ...children(join(root, 'opt'), /^cuda(-12(\.\d+)?)?$/),
  ].filter((path): path is string => path !== undefined && path !== '');
  const folders = [
    ...named.flatMap(foldersOfEnvironment),
    ...(env['LD_LIBRARY_PATH'] ?? '').split(':').filter((path) => path !== ''),
    ...environments.flatMap(foldersOfEnvironment),
    ...['usr/local', 'usr'].flatMap((path) => foldersOfWheels(join(root, path))),
    ...toolkits.flatMap((path) => [
      join(path, 'lib64'),
      join(path, 'targets/x86_64-linux/lib'),
      join(path, 'lib'),
    ]),
    ...[archNames[arch]?.folder ?? 'usr/lib', 'usr/lib64', 'usr/lib', 'usr/lib/wsl/lib'].map((path) =>
      join(root, path),
    ),
  ];
  return {
    folders: [...new Set(folders)].filter((path) => existsSync(path)),
    cache: parseCache(cacheText, arch),
  };
}

/** A folder that a person names: an environment, its site-packages, or one that holds the libraries themselves. */
function foldersOfEnvironment(environment: string): readonly string[] {
  return [...foldersOfWheels(environment), environment, join(environment, 'lib')];
}

/** Where pip puts NVIDIA's libraries; as root on Debian and Ubuntu that is below dist-packages. */
function foldersOfWheels(environment: string): readonly string[] {
  const sites = [
    environment,
    ...children(join(environment, 'lib'), /^python3/).flatMap((python) => [
      join(python, 'site-packages'),
      join(python, 'dist-packages'),
    ]),
    join(environment, 'Lib/site-packages'),
  ];
  const wheels = sites.flatMap((site) =>
    children(join(site, 'nvidia'), /^\w/).map((library) => join(library, 'lib')),
  );
  return [...wheels, ...sites.map((site) => join(site, 'tensorrt_libs'))];
}

/** Lines such as «libcudart.so.12 (libc6,x86-64) => /usr/lib/libcudart.so.12»; the first of a name counts. */
export function parseCache(text: string, arch: string): ReadonlyMap<string, string> {
  const ours = archNames[arch]?.kind;
  const cache = new Map<string, string>();
  for (const [, name, kind, path] of text.matchAll(/^\s*(\S+) \(([^)]*)\) => (\S.*)$/gm)) {
    if (ours !== undefined && kind!.includes(ours) && !cache.has(name!)) cache.set(name!, path!);
  }
  return cache;
}

/** What the loader's cache holds; empty where it cannot be asked. */
export async function readCache(): Promise<string> {
  for (const command of ['ldconfig', '/sbin/ldconfig', '/usr/sbin/ldconfig']) {
    const text = await new Promise<string>((resolve) => {
      execFile(command, ['-p'], { timeout: 10_000, maxBuffer: 1 << 24 }, (error, stdout) =>
        resolve(error === null ? stdout : ''),
      );
    });
    if (text !== '') return text;
  }
  return '';
}

function children(folder: string, pattern: RegExp): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .sort()
      .reverse()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
