import { constants, copyFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { AppError } from '../domain/appError.ts';
import type { LogLevel } from '../domain/progress.ts';

/** Locks that this process holds: a lock with our process number that is not among them is a leftover. */
const held = new Set<string>();

/** Time in which a new lock file may still be empty. */
const writingMs = 10_000;

/**
 * Takes the lock file for this process and returns what gives it back. A lock whose process on this machine
 * has ended is taken over. Throws `storeBusy` where another process, or another machine, holds it.
 */
export function acquireLock(file: string, log: (level: LogLevel, message: string) => void): () => void {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() });
  while (!tryCreate(file, mine)) {
    const found = readLock(file);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (isInUse(file, holder)) throw busy(file, holder);
    if (moveAway(file, found))
      log('warning', `Took over ${file}: process ${holder?.pid ?? 'unknown'} that held it has ended.`);
  }
  held.add(file);
  return () => {
    if (!held.delete(file)) return;
    if (readLock(file) === mine) rmSync(file, { force: true });
  };
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

function tryCreate(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseHolder(content: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('host' in value))
      return undefined;
    const { pid, host } = value;
    if (!Number.isSafeInteger(pid) || typeof host !== 'string') return undefined;
    return { pid: pid as number, host };
  } catch {
    return undefined;
  }
}

function isInUse(file: string, holder: Holder | undefined): boolean {
  // Created by a process that has not written its number yet, or never will.
  if (!holder) return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < writingMs;
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return held.has(file);
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

/** Removes a lock that still has the content judged stale; false where another process was quicker. */
function moveAway(file: string, stale: string): boolean {
  const away = `${file}.${process.pid}`;
  try {
    renameSync(file, away);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
  const same = readLock(away) === stale;
  // Between the reading and the renaming, another process took over: its lock goes back.
  if (!same) copyFileSync(away, file, constants.COPYFILE_EXCL);
  rmSync(away, { force: true });
  return same;
}

function busy(file: string, holder: Holder | undefined): AppError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
  return new AppError(
    'storeBusy',
    `The store is in use by ${who}. Wait until it ends; if no such process runs, delete ${file}.`,
    { path: file, pid: holder?.pid ?? null, host: holder?.host ?? null },
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
