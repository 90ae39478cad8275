import { writeSync } from 'node:fs';

/** How the process ends after an error that nothing caught; the supervisor tells it from a signal. */
export const crashExitCode = 70;

/**
 * Says on stderr what nothing caught, then ends the process: its state is unknown, and the store is made for
 * sudden ends. Written synchronously, since a message through the channel would not leave before the end.
 */
export function endAfterCrash(
  error: unknown,
  write: (text: string) => void = (text) => writeSync(process.stderr.fd, text),
  exit: (code: number) => void = (code) => process.exit(code),
): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    write(`Uncaught error in the engine: ${text}\n`);
  } catch {
    // The reader of stderr is gone; the exit code still speaks.
  }
  exit(crashExitCode);
}
