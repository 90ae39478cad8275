import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import type { FoundNode } from './engineExecutable.ts';

const timeoutMs = 10_000;

/** Asks an executable who it is; `null` where it is not there, does not answer in time or is no Node. */
export function findNode(command: string): Promise<FoundNode | null> {
  const question = 'JSON.stringify([process.execPath, process.versions.node])';
  // Not the workspace as the working folder: a file named `node` in it must not be what answers.
  const options = { cwd: homedir(), timeout: timeoutMs, windowsHide: true };
  return new Promise((resolve) => {
    execFile(command, ['-p', question], options, (error, stdout) => {
      resolve(error === null ? parseAnswer(stdout) : null);
    });
  });
}

function parseAnswer(stdout: string): FoundNode | null {
  const match = /^\["(.+)","(\d+\.\d+\.\d+[^"]*)"\]\s*$/.exec(stdout);
  return match === null ? null : { execPath: JSON.parse(`"${match[1]!}"`) as string, version: match[2]! };
}
