import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { AppError, cancelledError, messageOf } from '../../domain/appError.ts';
import { type GetOptions, httpGet } from './httpGet.ts';

export interface DownloadRequest extends GetOptions {
  readonly address: string;
  /** Hexadecimal. */
  readonly sha512: string;
  /** Appears whole and checked, or not at all. */
  readonly target: string;
  readonly onBytes: (done: number, total: number) => void;
}

/**
 * Fetches a file. What was fetched before a break is kept as `*.part` and gone on from. Throws `AppError`
 * downloadFailed, also where the checksum is another; `cancelled` keeps the part, too.
 */
export async function download(request: DownloadRequest): Promise<void> {
  const { address, target, sha512, signal } = request;
  const part = `${target}.part`;
  const before = await sizeOf(part);
  await fetchRest(request, part, before);
  const actual = await sha512Of(part, signal);
  if (actual === sha512) return rename(part, target);
  await rm(part, { force: true });
  // A part of an earlier run may be of another file: once more from the beginning.
  if (before > 0) return download(request);
  throw new AppError(
    'downloadFailed',
    `${address} is not what the registry says: its SHA-512 begins with ${actual.slice(0, 12)} instead of ${sha512.slice(0, 12)}. Nothing of it was kept. Try again; if that does not help, something on the way changes it, such as a proxy.`,
    { address, expected: sha512, actual },
  );
}

async function fetchRest(request: DownloadRequest, part: string, before: number): Promise<void> {
  const { address, signal, proxy, onBytes } = request;
  const headers = before > 0 ? { range: `bytes=${before}-` } : {};
  const answer = await httpGet(address, { proxy, signal, headers });
  const { statusCode } = answer;
  // The part is as long as the file, or longer: its checksum decides.
  if (statusCode === 416 && before > 0) return void answer.resume();
  if (statusCode !== 200 && statusCode !== 206) {
    answer.resume();
    throw new AppError('downloadFailed', `${address} answered with status ${statusCode}.`, {
      address,
      status: statusCode ?? null,
    });
  }
  const start = statusCode === 206 ? before : 0;
  const total = start + Number(answer.headers['content-length'] ?? 0);
  let done = start;
  // Written part by part, so that what has come is kept where the rest does not.
  const file = await open(part, start > 0 ? 'a' : 'w');
  try {
    for await (const bytes of answer as AsyncIterable<Buffer>) {
      await file.appendFile(bytes);
      done += bytes.length;
      onBytes(done, Math.max(done, total));
    }
  } catch (error) {
    if (signal.aborted) throw cancelledError();
    throw new AppError(
      'downloadFailed',
      `The download of ${address} broke off after ${inMegabytes(done)} of ${inMegabytes(Math.max(done, total))}: ${messageOf(error)}. What is there is kept: run it again to go on from there.`,
      { address, done, total },
      error,
    );
  } finally {
    await file.close();
  }
}

async function sha512Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha512');
  for await (const bytes of createReadStream(path)) {
    if (signal.aborted) throw cancelledError();
    hash.update(bytes as Buffer);
  }
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
