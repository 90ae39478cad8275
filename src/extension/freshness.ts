import { stat } from 'node:fs/promises';
import type { Freshness } from '../protocol/reportJobs.ts';

interface Known {
  readonly freshness: Freshness;
  readonly mtimeMs: number;
  readonly atMs: number;
}

/** What is known of reports' inputs, as long as the report's file stays the same. */
export class KnownFreshness {
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<(file: string) => void>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  async remember(file: string, freshness: Freshness): Promise<void> {
    const mtimeMs = await changeTime(file);
    if (mtimeMs === null) return;
    this.#known.set(file, { freshness, mtimeMs, atMs: this.#nowMs() });
    for (const listener of this.#listeners) listener(file);
  }

  /** `undefined` where nothing is known of the file as it is now, or it is known for longer than `maxAgeMs`. */
  async of(file: string, maxAgeMs = Infinity): Promise<Freshness | undefined> {
    const known = this.#known.get(file);
    if (!known || this.#nowMs() - known.atMs > maxAgeMs) return undefined;
    return (await changeTime(file)) === known.mtimeMs ? known.freshness : undefined;
  }

  onChange(listener: (file: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** Of the reports that this window has shown, written or checked. */
export const knownFreshness = new KnownFreshness(() => Date.now());

async function changeTime(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return null;
  }
}
