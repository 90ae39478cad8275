import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, version } from 'node:os';
import { join } from 'node:path';
import type { MachineFacts, NvidiaFacts, VulkanFacts } from '../../protocol/hardwareJobs.ts';

export function machineFacts(): MachineFacts {
  const distribution = valueIn(readText('/etc/os-release'), /^PRETTY_NAME="?([^"\n]+)"?$/m);
  return {
    platform: `${process.platform}-${process.arch}`,
    system: [distribution ?? version(), release()].join(', '),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    nCores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}

/** Asks a program for its output. Rejects where it is not there, or fails. */
export type Ask = (command: string, args: readonly string[]) => Promise<string>;

export const askProgram: Ask = (command, args) =>
  new Promise((resolve, reject) => {
    execFile(command, args, { timeout: 20_000 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(Object.assign(new Error(error.message), { code: error.code }));
    });
  });

/** @param root folder that stands for `/`. */
export async function nvidiaFacts(hasDevice: boolean, root: string, ask: Ask): Promise<NvidiaFacts> {
  const driver = valueIn(
    readText(join(root, 'proc/driver/nvidia/version')),
    /Kernel Module.*?\s(\d+\.[\d.]+)\s/,
  );
  try {
    const text = await ask('nvidia-smi', [
      '--query-gpu=name,memory.total,driver_version',
      '--format=csv,noheader',
    ]);
    return { hasDevice, driver, devices: devicesIn(text), note: null };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const isQuiet = isMissing && !hasDevice && driver === null;
    const why = isMissing ? 'it is not installed, or not on the PATH' : firstLine(error);
    return {
      hasDevice,
      driver,
      devices: [],
      note: isQuiet ? null : `nvidia-smi did not answer: ${why}.`,
    };
  }
}

/** Lines such as «NVIDIA H100, 81559 MiB, 570.12». */
export function devicesIn(text: string): NvidiaFacts['devices'] {
  return text.split('\n').flatMap((line) => {
    const [name, memory, driver] = line.split(',').map((cell) => cell.trim());
    return name && memory && driver ? [{ name, memory, driver }] : [];
  });
}

export function vulkanFacts(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  loader: string | null,
): VulkanFacts {
  const named = [env['VK_DRIVER_FILES'], env['VK_ICD_FILENAMES']].find((text) => text);
  const folders = ['etc/vulkan/icd.d', 'usr/share/vulkan/icd.d', 'usr/local/share/vulkan/icd.d'];
  const drivers = named
    ? named.split(':')
    : folders.flatMap((folder) =>
        names(join(root, folder))
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(root, folder, name)),
      );
  const devices = names(join(root, 'dev/dri')).map((name) => join(root, 'dev/dri', name));
  return { loader, drivers: drivers.filter((path) => existsSync(path)), devices };
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function valueIn(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1] ?? null;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1)!.replace(/\.$/, '');
}
