import { createVSIX } from '@vscode/vsce';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { contentFaults, maxPackageBytes } from './contents.ts';
import type { FindModule } from './moduleFolder.ts';
import { stageExtension } from './stage.ts';
import type { Target } from './targets.ts';
import { zipEntries } from './zip.ts';

export interface ExtensionPackage {
  readonly path: string;
  /** `publisher.name`. */
  readonly id: string;
  readonly bytes: number;
  readonly nFiles: number;
}

/**
 * Makes `<name>-<target>-<version>.vsix` in a folder, by way of a temporary one, which `moduleFinder` may use, too.
 * `picturesUrl` ends in a slash; the pictures of the README are under it, or there are none on the extension's page.
 * Throws where the package holds what it should not, lacks what it should hold, or is too large; then none is left.
 */
export async function packageExtension(
  target: Target,
  outFolder: string,
  moduleFinder: (temporary: string) => FindModule,
  picturesUrl: string | null = null,
): Promise<ExtensionPackage> {
  const temporary = await mkdtemp(join(tmpdir(), 'attribute-lens-package-'));
  try {
    const staged = join(temporary, 'extension');
    await mkdir(staged);
    const find = moduleFinder(join(temporary, 'modules'));
    const { name, publisher, version } = await stageExtension(staged, target, find, picturesUrl);
    const path = resolve(outFolder, `${name}-${target}-${version}.vsix`);
    await mkdir(outFolder, { recursive: true });
    await createVSIX({
      cwd: staged,
      target,
      packagePath: path,
      dependencies: false,
      // Links of the page were dealt with when it was laid out.
      rewriteRelativeLinks: false,
      allowMissingRepository: true,
    });
    return { path, id: `${publisher}.${name}`, ...(await checked(path, target)) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function checked(path: string, target: Target): Promise<{ bytes: number; nFiles: number }> {
  const archive = await readFile(path);
  const entries = zipEntries(archive);
  const faults = contentFaults(entries, target);
  if (archive.length >= maxPackageBytes)
    faults.push(`It has ${archive.length} bytes; ${maxPackageBytes} are too many.`);
  if (faults.length === 0) return { bytes: archive.length, nFiles: entries.length };
  await rm(path);
  throw new Error(`The package for ${target} is not fit to be shipped:\n${faults.join('\n')}`);
}
