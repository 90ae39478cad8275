/** What a suite can find out about the extension host it runs in. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

export interface ExtensionUnderTest {
  readonly isActive: boolean;
  readonly manifest: Manifest;
  readonly folder: string;
  /** Loads it, too. */
  readonly activate: () => Promise<void>;
}

const id = 'attribute-lens.attribute-lens';

export function extension(): Promise<ExtensionUnderTest> {
  const found = vscode.extensions.getExtension<unknown>(id);
  if (!found) return Promise.reject(new Error(`${id} is not installed.`));
  return Promise.resolve({
    isActive: found.isActive,
    manifest: found.packageJSON as Manifest,
    folder: found.extensionPath,
    activate: async () => {
      await found.activate();
    },
  });
}

/** Process ids of this process' children that run the engine. */
export async function engineProcesses(): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [stat, command] = await Promise.all([read(`/proc/${name}/stat`), read(`/proc/${name}/cmdline`)]);
    // The name in parentheses may hold anything; the parent is the second field behind it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === process.pid && command.includes('engine.cjs')) found.push(Number(name));
  }
  return found;
}

/** Empty where the process has ended meanwhile. */
function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

/** Native libraries of the engine that are mapped into this process. */
export async function nativeLibraries(): Promise<string[]> {
  const maps = await readFile('/proc/self/maps', 'utf8');
  const files = maps.split('\n').map((line) => line.slice(line.indexOf('/')));
  return [...new Set(files)].filter((file) => /sharp|libvips|onnxruntime/.test(file));
}

/** Modules in this process that were read from a folder's `dist`. */
export function loadedFiles(folder: string): string[] {
  return Object.keys(require.cache).filter((file) => file.startsWith(join(folder, 'dist')));
}
