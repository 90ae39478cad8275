/** What benchmarks share that hold a whole process of ours against one of Python. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { median } from '../../src/numerics/quantiles.ts';

export const python = process.env['PYTHON'] ?? 'python3';

export function pythonHas(modules: string): boolean {
  return spawnSync(python, ['-c', `import ${modules}`]).status === 0;
}

/** What is compared: its seconds, round by round, and what it wrote last. */
export class Side<Outcome extends { readonly maxRssBytes?: number }> {
  readonly seconds: number[] = [];
  outcome: Outcome | undefined;
  readonly #outFile: string;
  readonly #command: readonly [string, ...string[]];

  /** The command writes its outcome to `outFile` as JSON. */
  constructor(outFile: string, ...command: [string, ...string[]]) {
    this.#outFile = outFile;
    this.#command = command;
  }

  /** Whose time does not count: files come into the cache. */
  warmUp(): void {
    this.run();
    this.seconds.length = 0;
  }

  run(): Outcome {
    const [program, ...args] = this.#command;
    rmSync(this.#outFile, { force: true });
    const start = performance.now();
    const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.seconds.push((performance.now() - start) / 1000);
    assert.equal(status, 0, `${program} failed.`);
    this.outcome = JSON.parse(readFileSync(this.#outFile, 'utf8')) as Outcome;
    return this.outcome;
  }

  get median(): number {
    return median(Float64Array.from(this.seconds));
  }

  toString(): string {
    const megabytes = Math.round((this.outcome?.maxRssBytes ?? 0) / 1e6);
    const range = `${Math.min(...this.seconds).toFixed(2)} to ${Math.max(...this.seconds).toFixed(2)}`;
    return `${this.median.toFixed(2)} s (${range})${megabytes > 0 ? `, ${megabytes} MB` : ''}`;
  }
}

/** A folder that `<scale>_inputs.py` fills, once, among those for temporary files. */
export function inputsOf(scale: string, seed: number, env: Readonly<Record<string, string>> = {}): string {
  const folder = join(tmpdir(), `attribute-lens-${scale}-inputs-${seed}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial);
  const script = join(import.meta.dirname, `${scale}_inputs.py`);
  const { status } = spawnSync(python, [script, '--out', partial, '--seed', String(seed)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  assert.equal(status, 0, 'The inputs could not be made.');
  renameSync(partial, folder);
  return folder;
}

/** `<scale>Program.ts` as scripts/build.ts bundles the engine, to where ONNX Runtime is found. */
export async function bundledProgram(scale: string): Promise<string> {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/attribute-lens-bench');
  await build({
    entryPoints: [join(import.meta.dirname, `${scale}Program.ts`)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    external: ['onnxruntime-node'],
    logLevel: 'warning',
  });
  return join(folder, `${scale}Program.cjs`);
}

export function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
