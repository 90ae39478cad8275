import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundLibrary } from '../../protocol/hardwareJobs.ts';

interface NeededLibrary {
  readonly name: string;
  /** Package of PyPI that holds it, as pip is asked for it. */
  readonly pip: string;
}

/** What ONNX Runtime's CUDA provider for CUDA 12 and cuDNN 9 loads, by the names its loader asks for. */
export const neededLibraries: readonly NeededLibrary[] = [
  { name: 'libcudart.so.12', pip: 'nvidia-cuda-runtime-cu12' },
  { name: 'libcublasLt.so.12', pip: 'nvidia-cublas-cu12' },
  { name: 'libcublas.so.12', pip: 'nvidia-cublas-cu12' },
  { name: 'libcufft.so.11', pip: 'nvidia-cufft-cu12' },
  { name: 'libcurand.so.10', pip: 'nvidia-curand-cu12' },
  { name: 'libcudnn.so.9', pip: 'nvidia-cudnn-cu12==9.*' },
];

/** Loaded by those, some only later: taken along where they are. */
const companions =
  /^(libcudnn_\w+\.so\.9|libnvrtc\.so\.12|libnvrtc-builtins\.so\.12(\.\d+)?|libnvJitLink\.so\.12|libnvinfer(_\w+)?\.so\.10|libnvonnxparser\.so\.10)$/;

export interface LibraryPlaces {
  /** Folders to look in, in this order. */
  readonly folders: readonly string[];
  /** What `ldconfig -p` knows: name → path. Looked at after the folders. */
  readonly cache: ReadonlyMap<string, string>;
}

/** Each library that CUDA needs, with its path, or how to get it. */
export function findCudaLibraries(places: LibraryPlaces): readonly FoundLibrary[] {
  return neededLibraries.map(({ name, pip }) => ({
    name,
    path: pathOfLibrary(name, places),
    fix: `pip install ${pip.includes('*') ? `'${pip}'` : pip}`,
  }));
}

/** One command for all that are missing; `null` where nothing is. */
export function fixOfMissing(libraries: readonly FoundLibrary[]): string | null {
  const missing = new Set(libraries.filter(({ path }) => path === null).map(({ fix }) => fix));
  if (missing.size === 0) return null;
  return `pip install ${[...missing].map((fix) => fix.slice('pip install '.length)).join(' ')}`;
}

/**
 * Links to be made for what was found, name → file: the libraries, and beside each what it loads itself. Their
 * folders are not put before the loader: that of a Python environment may hold another libstdc++ as well.
 */
export function linksOf(
  libraries: readonly FoundLibrary[],
  places: LibraryPlaces,
): Readonly<Record<string, string>> {
  const links: Record<string, string> = {};
  for (const { name, path } of libraries) if (path !== null) links[name] = realpathSync(path);
  const names = new Set([...places.cache.keys(), ...places.folders.flatMap(listed)]);
  for (const name of [...names].filter((one) => companions.test(one)).sort()) {
    const path = pathOfLibrary(name, places);
    if (path !== null) links[name] = realpathSync(path);
  }
  return links;
}

/** Where the loader would find a library; `null`: nowhere. */
export function pathOfLibrary(name: string, { folders, cache }: LibraryPlaces): string | null {
  const inFolder = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (inFolder !== undefined) return inFolder;
  // The cache is as old as the last ldconfig: what it names may have been removed since.
  const cached = cache.get(name);
  return cached !== undefined && existsSync(cached) ? cached : null;
}

/** Names in a folder; none where it is not there. */
function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
