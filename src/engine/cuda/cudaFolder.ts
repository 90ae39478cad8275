import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/appError.ts';
import {
  cudaFolderName,
  type CudaInstallation,
  cudaInstallationFile,
  type CudaState,
  cudaStateOf,
} from '../../protocol/hardwareJobs.ts';
import { packageId, packagePage, providerFiles } from './providerPackage.ts';
import { runtimeLibrary, type RuntimePackage } from './runtimePackage.ts';
import { ZipFile, type ZipEntry } from './zipFile.ts';

export interface FolderRequest {
  readonly cudaFolder: string;
  readonly runtime: RuntimePackage;
  /** A NuGet package, or a wheel of onnxruntime-gpu. */
  readonly archive: string;
  /** What the installation says of where it came from. */
  readonly source: string;
  readonly links: Readonly<Record<string, string>>;
  readonly onBytes: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/**
 * One folder in which the loader finds all of it: ONNX Runtime, which looks for its providers beside itself, the
 * providers, and links to CUDA's libraries. It gets its name when it is whole; older versions go away then.
 */
export async function makeCudaFolder(request: FolderRequest): Promise<CudaInstallation> {
  const { cudaFolder, runtime, archive, source, links, signal } = request;
  const folder = join(cudaFolder, cudaFolderName(runtime.version));
  const temporary = `${folder}.${process.pid}.part`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    const unpacked = await unpack(request, archive, temporary, signal);
    await copyFile(runtime.library, join(temporary, runtimeLibrary));
    for (const [name, path] of Object.entries(links)) await symlink(path, join(temporary, name));
    const files = [runtimeLibrary, ...unpacked];
    const installation = { version: runtime.version, source, folder, files, links };
    await writeFile(join(temporary, cudaInstallationFile), JSON.stringify(installation, null, 2));
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
    await removeOthers(cudaFolder, cudaFolderName(runtime.version));
    return installation;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** What there is for this version. */
export function readCudaState(cudaFolder: string, version: string): CudaState {
  const file = join(cudaFolder, cudaFolderName(version), cudaInstallationFile);
  return cudaStateOf(existsSync(file) ? readFileSync(file, 'utf8') : null, version, existsSync);
}

async function unpack(
  { runtime, onBytes }: FolderRequest,
  archive: string,
  target: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const zip = await ZipFile.open(archive);
  try {
    const found = await versionOf(zip);
    if (found !== runtime.version) throw wrongVersion(archive, found, runtime.version);
    const wanted: { readonly name: string; readonly entry: ZipEntry }[] = [];
    for (const { name, isNeeded } of providerFiles) {
      const entry = zip.entries.find((one) =>
        placesInArchives.some((place) => one.name === `${place}${name}`),
      );
      if (entry) wanted.push({ name, entry });
      else if (isNeeded)
        throw new AppError(
          'downloadFailed',
          `${archive} does not hold ${name}: it is no package of ONNX Runtime for CUDA on Linux x64. ${whatToPick(runtime.version)}`,
          { archive, name },
        );
    }
    const total = wanted.reduce((sum, { entry }) => sum + entry.bytes, 0);
    let done = 0;
    for (const { name, entry } of wanted) {
      const onPart = (bytes: number): void => onBytes((done += bytes), total);
      await zip.extract(entry, join(target, name), onPart, signal);
    }
    return wanted.map(({ name }) => name);
  } finally {
    await zip.close();
  }
}

/** In a NuGet package, and in a wheel. */
const placesInArchives = ['runtimes/linux-x64/native/', 'onnxruntime/capi/'];

/** By the package's own description; `null` where it has none. */
async function versionOf(zip: ZipFile): Promise<string | null> {
  const nuspec = zip.entries.find(({ name }) => /^[^/]+\.nuspec$/.test(name));
  if (nuspec) return /<version>\s*([^<\s]+)\s*<\/version>/.exec(await zip.text(nuspec))?.[1] ?? null;
  const metadata = zip.entries.find(({ name }) => /^[^/]+\.dist-info\/METADATA$/.test(name));
  return metadata ? (/^Version:\s*(\S+)/m.exec(await zip.text(metadata))?.[1] ?? null) : null;
}

function wrongVersion(archive: string, found: string | null, version: string): AppError {
  const what = found === null ? 'does not say which version it is' : `is version ${found}`;
  return new AppError(
    'downloadFailed',
    `${archive} ${what}, and ONNX Runtime here is ${version}: other versions do not go together. ${whatToPick(version)}`,
    { archive, found, version },
  );
}

function whatToPick(version: string): string {
  return `Pick ${packageId} ${version} from ${packagePage(version)}.`;
}

async function removeOthers(cudaFolder: string, kept: string): Promise<void> {
  for (const name of await readdir(cudaFolder)) {
    if (name !== kept && /^onnxruntime-[\d.]+$/.test(name))
      await rm(join(cudaFolder, name), { recursive: true, force: true });
  }
}
