import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { cpus, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { type Provider, providers } from '../domain/provider.ts';
import type { ProviderMemory } from './chooseProvider.ts';

/** Entries that the file keeps; the oldest go first. */
const mostEntries = 200;

/**
 * What was found out of providers, by machine, model and versions, in a file of the store's folder. A file that is
 * broken, or that cannot be written, is as if it were empty: then providers are measured again.
 * @param of what it depends on besides the machine: the model, its preprocessing, the batch size, versions.
 */
export function openProviderMemory(file: string, of: Readonly<Record<string, unknown>>): ProviderMemory {
  const key = createHash('sha256')
    .update(JSON.stringify({ ...thisMachine(), ...of }))
    .digest('hex');
  const own = (): Entry =>
    entriesOf(file).find((entry) => entry.key === key) ?? { key, speeds: null, rows: {} };
  const { speeds, rows } = own();
  return {
    speeds,
    rows,
    rememberSpeeds: (measured) => writeEntry(file, { ...own(), speeds: measured }),
    rememberRows: (provider, held) =>
      writeEntry(file, { ...own(), rows: { ...own().rows, [provider]: held } }),
  };
}

/** Where the store's folder keeps it. */
export function providerMemoryFile(storeFolder: string): string {
  return join(storeFolder, 'providers.json');
}

/** Knows nothing and keeps nothing. */
export const noProviderMemory: ProviderMemory = {
  speeds: null,
  rows: {},
  rememberSpeeds: () => Promise.resolve(),
  rememberRows: () => Promise.resolve(),
};

async function writeEntry(file: string, entry: Entry): Promise<void> {
  const entries = [...entriesOf(file).filter(({ key }) => key !== entry.key), entry];
  const temporary = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, JSON.stringify(entries.slice(-mostEntries)));
    await rename(temporary, file);
  } catch {
    // Costs a second measurement, no result.
  }
}

/** What of a machine decides which provider is the fastest. */
function thisMachine(): Readonly<Record<string, string>> {
  return {
    host: hostname(),
    platform: `${process.platform}-${process.arch}`,
    cpu: `${cpus()[0]?.model ?? ''} × ${cpus().length}`,
    driver: driverVersion(),
  };
}

/** Of the NVIDIA driver on Linux; empty where there is none. */
function driverVersion(): string {
  try {
    return readFileSync('/proc/driver/nvidia/version', 'utf8').split('\n')[0]!;
  } catch {
    return '';
  }
}

interface Entry extends Pick<ProviderMemory, 'speeds' | 'rows'> {
  readonly key: string;
}

function entriesOf(file: string): readonly Entry[] {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(json) ? json.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { key, speeds, rows } = value as Partial<Record<keyof Entry, unknown>>;
  return typeof key === 'string' && (speeds === null || isByProvider(speeds)) && isByProvider(rows);
}

function isByProvider(value: unknown): value is Readonly<Partial<Record<Provider, number>>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([provider, number]) => (providers as readonly string[]).includes(provider) && number > 0,
    )
  );
}
