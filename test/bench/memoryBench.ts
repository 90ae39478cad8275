/**
 * Memory, which must not grow with what has been done, only with what is held:
 *
 * - 1,000 batches through one session: resident memory after 1,000 at most 5 % above that after 200.
 * - 20 changes of the model: each gets an engine process of its own, the one before is gone, and the last five take
 *   at most 10 % more than the first five. Drives the built engine (`npm run build`) through the editor's client.
 * - A folder of 200,000 files, hard links of a few JPEGs under names of their own: what is held for an image by the
 *   list, the content index and the store is the same as with 50,000 (within 10 %) and at most 1 kB; the peak grows
 *   by at most 4 kB an image.
 *
 * Each part has a process of its own. Prints one line for each; exits 1 where a bound is missed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineClient } from '../../src/extension/engineClient.ts';
import { renderSvgAsJpeg } from '../../src/models/decoder.ts';
import { encodeModel } from '../../src/models/onnxProto.ts';
import type { EmbedJob } from '../../src/protocol/jobs.ts';
import { engineFile } from '../support/forkEngine.ts';
import { embedDefaults } from '../support/jobDefaults.ts';
import { smallConvNet } from '../support/onnxNets.ts';
import { tellFigure } from './figures.ts';

const wanted = process.argv[2] ?? '';
const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-bench-'));
try {
  const parts = { batches, models, files };
  for (const [name, measure] of Object.entries(parts)) {
    if (name.includes(wanted)) await measure();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function batches(): Promise<void> {
  const seen = inProcess('batches', await writeNet('batches', 1));
  const growth = seen['1000']! / seen['200']! - 1;
  console.log(
    `1,000 batches: resident ${Object.entries(seen)
      .map(([batch, bytes]) => `${mega(bytes)} MB after ${batch}`)
      .join(', ')}: ${percent(growth)} more from 200 to 1,000`,
  );
  tell('growth from 200 to 1,000 batches', 100 * growth, '%', 5);
}

async function models(): Promise<void> {
  if (!existsSync(engineFile)) throw new Error(`${engineFile} is missing: npm run build makes it.`);
  const data = join(folder, 'faces');
  await mkdir(data);
  for (let i = 0; i < 16; i++) await writeFile(join(data, `${i}.jpg`), await tinyJpeg(i));
  const nets = [await writeNet('a', 2), await writeNet('b', 3)];
  const pids: number[] = [];
  const engine = new EngineClient({
    enginePath: engineFile,
    client: 'bench',
    chooseExecutable: () => Promise.resolve({ execPath: process.execPath, env: {}, why: 'this one' }),
    log: (_, message) => {
      const pid = /runs as process (\d+)/.exec(message)?.[1];
      if (pid !== undefined) pids.push(Number(pid));
    },
    nowMs: () => performance.now(),
    waitMs: (ms) => wait(ms),
  });
  const resident: number[] = [];
  try {
    for (let change = 0; change <= 20; change++) {
      const job: EmbedJob = {
        ...embedDefaults,
        kind: 'embed',
        data,
        models: [{ path: nets[change % 2]! }],
        // Another each time, so that there is always something to compute.
        storeFolder: join(folder, `store${change}`),
      };
      await engine.runJob(job, { signal: new AbortController().signal, onEvent: () => undefined });
      resident.push(residentBytesOf(pids.at(-1)!));
    }
    const nAlive = pids.filter(isAlive).length;
    const growth = Math.max(...resident.slice(-5)) / Math.max(...resident.slice(0, 5)) - 1;
    console.log(
      `20 changes of the model: ${new Set(pids).size} engines, ${nAlive} alive; resident ` +
        `${mega(Math.min(...resident))} to ${mega(Math.max(...resident))} MB each, the last five ${percent(growth)} more`,
    );
    if (new Set(pids).size !== 21)
      throw new Error(`20 changes of the model made ${new Set(pids).size} engines, not 21.`);
    tell('engines alive after 20 changes of the model', nAlive, '', 1);
    tell('growth over 20 changes of the model', 100 * growth, '%', 10);
  } finally {
    await engine.dispose();
  }
}

async function files(): Promise<void> {
  const few = inProcess('files', await linkedFolder(50_000), join(folder, 'few'));
  const many = inProcess('files', await linkedFolder(200_000), join(folder, 'many'));
  const anImage = (of: Readonly<Record<string, number>>): number =>
    (of['listed']! + of['stored']!) / of['images']!;
  const more = many['images']! - few['images']!;
  const peakAnImage = (many['peak']! - few['peak']!) / more;
  const growth = anImage(many) / anImage(few) - 1;
  console.log(
    `200,000 files: list and content index ${Math.round(many['listed']! / many['images']!)}, store ` +
      `${Math.round(many['stored']! / many['images']!)} bytes an image, ${percent(growth)} more than with 50,000; ` +
      `peak ${mega(many['peak']!)} MB against ${mega(few['peak']!)}, ${Math.round(peakAnImage)} bytes an image`,
  );
  tell('growth an image from 50,000 to 200,000 files', 100 * growth, '%', 10);
  tell('held an image', anImage(many), 'bytes', 1024);
  tell('peak an image', peakAnImage, 'bytes', 4096);
}

function tell(name: string, value: number, unit: string, atMost: number): void {
  tellFigure({ bench: 'memory', name, value, unit, bound: { atMost } });
}

/** Files of a few contents, in folders of a hundred as people's are. */
async function linkedFolder(n: number): Promise<string> {
  const root = join(folder, `faces${n}`);
  const originals = join(folder, `originals${n}`);
  await mkdir(originals, { recursive: true });
  // File systems allow some ten thousand links of a file.
  const nOriginals = Math.ceil(n / 20_000);
  for (let i = 0; i < nOriginals; i++) await writeFile(join(originals, `${i}.jpg`), await tinyJpeg(i));
  for (let from = 0; from < n; from += 100) {
    const person = join(root, `person ${from / 100}`);
    await mkdir(person, { recursive: true });
    const links = Array.from({ length: 100 }, (_, i) =>
      link(join(originals, `${(from + i) % nOriginals}.jpg`), join(person, `photo ${from + i}.jpg`)),
    );
    await Promise.all(links);
  }
  return root;
}

function tinyJpeg(i: number): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><circle cx="16" cy="16" r="12" fill="hsl(${i * 20} 80% 50%)"/></svg>`;
  return renderSvgAsJpeg(svg, 80);
}

async function writeNet(name: string, seed: number): Promise<string> {
  const path = join(folder, `${name}.onnx`);
  await writeFile(path, encodeModel(smallConvNet({ seed, extraLayers: 4 })));
  return path;
}

function inProcess(...args: readonly string[]): Readonly<Record<string, number>> {
  const program = join(import.meta.dirname, 'memoryProgram.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', program, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout) as Record<string, number>;
}

/** Of another process: what Linux tells of it, elsewhere `ps`. */
function residentBytesOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]
    : spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return Number(kilobytes) * 1024;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function mega(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
