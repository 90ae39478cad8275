/** Processes of this machine, as Linux tells of them. */
import { readdir, readFile } from 'node:fs/promises';

/** Id of the process that runs a program, by the program's path among its arguments. */
export async function processRunning(program: string): Promise<number> {
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (command.split('\0').includes(program)) return Number(id);
  }
  throw new Error(`No process runs ${program}.`);
}

/** Native libraries in the memory of a process. */
export async function librariesOf(id: number): Promise<string[]> {
  const maps = await readFile(`/proc/${id}/maps`, 'utf8');
  const paths = maps.split('\n').flatMap((line) => /(\/.*\.(?:node|so)(?:\.[\d.]+)?)$/.exec(line)?.[1] ?? []);
  return [...new Set(paths)];
}

/** Stops a process while something is done, so that it takes as long as it likes. */
export async function whilePaused(id: number, act: () => Promise<void>): Promise<void> {
  process.kill(id, 'SIGSTOP');
  try {
    await act();
  } finally {
    process.kill(id, 'SIGCONT');
  }
}
