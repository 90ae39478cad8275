#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { AppError } from '../domain/appError.ts';
import type { LogLevel } from '../domain/progress.ts';
import { threadPoolSize, threadPoolVariable } from '../domain/threadPool.ts';
import { version } from '../domain/version.ts';
import { runJob } from '../engine/jobs/runJob.ts';
import { helpText } from './help.ts';
import { jobOf } from './jobs.ts';
import { parseCommandLine } from './parseCommandLine.ts';
import { printResult } from './printResult.ts';
import { ProgressLine } from './progressLine.ts';
import { answerQuery } from './queries.ts';
import { opensModels, runWithCuda } from './withCuda.ts';

const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

// Read when the pool starts, which is with the first file; Windows reads it when the process starts.
process.env[threadPoolVariable] ??= String(threadPoolSize(availableParallelism()));

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

async function main(args: readonly string[]): Promise<number> {
  const progress = new ProgressLine({
    isTTY: process.stderr.isTTY,
    columns: process.stderr.columns,
    write: (text) => process.stderr.write(text),
  });
  const log = (level: LogLevel, message: string): void => {
    if (level === 'debug') return;
    progress.clear();
    process.stderr.write(level === 'info' ? `${message}\n` : `${level}: ${message}\n`);
  };
  try {
    const line = parseCommandLine(args);
    if (line.kind === 'help') return print(helpText(line.command));
    if (line.kind === 'version') return print(version);
    const answer = await answerQuery(line, process.cwd());
    if (answer !== null) return print(answer);
    const job = await jobOf(line, process.cwd());
    const elsewhere = opensModels(job) ? await runWithCuda((message) => log('warning', message)) : null;
    if (elsewhere !== null) return elsewhere;
    const result = await runJob(job, {
      signal: abortOnInterrupt(),
      progress: (update) => progress.update(update),
      log,
    });
    progress.clear();
    print(await printResult(result, line.json));
    return result.kind === 'check' && result.freshness.state !== 'current'
      ? exitCodes.failed
      : exitCodes.done;
  } catch (error) {
    progress.clear();
    if (!(error instanceof AppError)) {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return exitCodes.failed;
    }
    process.stderr.write(`${error.message}\n`);
    if (error.code === 'usage' || error.code === 'settingInvalid') return exitCodes.usage;
    return error.code === 'cancelled' ? exitCodes.cancelled : exitCodes.failed;
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return exitCodes.done;
}

/** The first interrupt lets the batch at hand finish, so that the store stays whole; the second ends at once. */
function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitCodes.cancelled);
      controller.abort();
    });
  }
  return controller.signal;
}
