import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import type { FindModule } from './moduleFolder.ts';
import { bundledPackages, thirdPartyNotices } from './notices.ts';
import { type Lockfile, papers, type RuntimeModule, runtimeModules } from './runtimeModules.ts';
import { type Manifest, shippedManifest, shippedReadme } from './shipped.ts';
import type { Target } from './targets.ts';

/**
 * Lays an extension for one platform out in an empty folder: a production build, what `.vscodeignore` names, and the
 * libraries that cannot be bundled. They lie in `dist/node_modules`, because vsce passes over a `node_modules` at the
 * top unless npm agrees that nothing is missing there, and ONNX Runtime names packages that only its installation needs.
 */
export async function stageExtension(
  folder: string,
  target: Target,
  find: FindModule,
  picturesUrl: string | null,
): Promise<Manifest> {
  const inputs = await build(join(folder, 'dist'), `${folder}-inputs.txt`);
  for (const path of await allowedFiles()) await copy(path, join(folder, path));
  const modules = runtimeModules(target, await json<Lockfile>('package-lock.json'));
  for (const module of modules) {
    await copyModule(await find(module), join(folder, 'dist', 'node_modules', module.name), module);
  }
  const manifest = shippedManifest(
    await json<Manifest>('package.json'),
    modules.map(({ name }) => name),
  );
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  const readme = await readFile('README.md', 'utf8');
  await writeFile(join(folder, 'README.md'), shippedReadme(readme, picturesUrl));
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(bundledPackages(inputs)));
  await copy('.vscodeignore', join(folder, '.vscodeignore'));
  return manifest;
}

async function build(dist: string, inputsFile: string): Promise<string[]> {
  const options = ['--production', '--outdir', dist, '--inputs', inputsFile];
  await promisify(execFile)(process.execPath, ['scripts/build.ts', ...options]);
  return (await readFile(inputsFile, 'utf8')).split('\n');
}

/** What `.vscodeignore` names outside `dist`, which is built anew. */
async function allowedFiles(): Promise<string[]> {
  const lines = (await readFile('.vscodeignore', 'utf8')).split('\n').map((line) => line.trim());
  const patterns = lines.flatMap((line) => (/^!(?!dist\/)/.test(line) ? [line.slice(1)] : []));
  const paths = globSync(patterns);
  const isFile = await Promise.all(paths.map(async (path) => (await stat(path)).isFile()));
  return paths.filter((_, index) => isFile[index]);
}

/** Throws where a pattern matches nothing: the package has changed, and what is loaded of it has to be looked at. */
async function copyModule(from: string, to: string, { name, keep }: RuntimeModule): Promise<void> {
  const paths = (await readdir(from, { recursive: true })).map((path) => path.replaceAll(sep, '/'));
  const unmatched = keep.find((pattern) => !paths.some((path) => pattern.test(path)));
  if (unmatched !== undefined) throw new Error(`${name} has no file like ${String(unmatched)}.`);
  const wanted = [...papers, ...keep];
  for (const path of paths.filter((one) => wanted.some((pattern) => pattern.test(one)))) {
    await copy(join(from, path), join(to, path));
  }
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

async function json<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
