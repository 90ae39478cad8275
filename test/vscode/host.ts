/** What a suite can find out about the extension host it runs in. */
import { readdir, readFile } from 'node:fs/promises';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

export interface ExtensionUnderTest {
  readonly isActive: boolean;
  readonly manifest: Manifest;
  /** Loads and activates it; milliseconds. */
  readonly activate: () => Promise<number>;
}

const id = 'attribute-lens.attribute-lens';

export function extension(): Promise<ExtensionUnderTest> {
  const found = vscode.extensions.getExtension<unknown>(id);
  if (!found) return Promise.reject(new Error(`${id} is not installed.`));
  return Promise.resolve({
    isActive: found.isActive,
    manifest: found.packageJSON as Manifest,
    activate: async () => {
      const start = performance.now();
      await found.activate();
      return performance.now() - start;
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

/** Waits until the host has done what it does at its start: its event loop keeps time for a quarter of a second. */
export async function hostAtRest(): Promise<void> {
  const tickMs = 10;
  const deadline = performance.now() + 30_000;
  for (let calm = 0; calm < 25 && performance.now() < deadline;) {
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, tickMs));
    calm = performance.now() - start < tickMs + 5 ? calm + 1 : 0;
  }
}
