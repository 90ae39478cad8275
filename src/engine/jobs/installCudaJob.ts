import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError, cancelledError } from '../../domain/appError.ts';
import type { JobContext } from '../../domain/progress.ts';
import { type Platform, thisPlatform } from '../../models/platformProviders.ts';
import type { CudaInstallation, HardwareJobResult, InstallCudaJob } from '../../protocol/hardwareJobs.ts';
import { makeCudaFolder } from '../cuda/cudaFolder.ts';
import { findCudaLibraries, fixOfMissing, type LibraryPlaces, linksOf } from '../cuda/cudaLibraries.ts';
import { download } from '../cuda/download.ts';
import { proxyOf } from '../cuda/httpGet.ts';
import { libraryPlaces, readCache } from '../cuda/libraryPlaces.ts';
import { findPackage, packageId, packagePage, registryIndex } from '../cuda/providerPackage.ts';
import { type RuntimePackage, runtimePackage } from '../cuda/runtimePackage.ts';

/** What a test stands in for. */
export interface InstallSurroundings {
  readonly platform: Platform;
  readonly places: (named: readonly string[]) => Promise<LibraryPlaces>;
  readonly runtime: () => RuntimePackage;
  readonly registryIndex: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds CUDA 12 and cuDNN 9, fetches the provider libraries that go with the runtime, and puts both into a folder
 * for an engine to be started with. Throws `AppError`: providerUnavailable where this machine cannot use CUDA or its
 * libraries are missing, downloadFailed; nothing is changed then, and other providers go on working.
 */
export async function runInstallCudaJob(
  job: InstallCudaJob,
  context: JobContext,
  surroundings: InstallSurroundings = thisMachine,
): Promise<Extract<HardwareJobResult, { kind: 'installCuda' }>> {
  assertSuitable(surroundings.platform);
  const scan = (done: number): void =>
    context.progress({ phase: 'scan', done, total: 1, item: 'CUDA 12, cuDNN 9' });
  scan(0);
  for (const folder of job.pythonEnvironments) {
    if (!existsSync(folder))
      throw new AppError('usage', `The folder ${folder} is not there; name a Python environment.`, {
        folder,
      });
  }
  const places = await surroundings.places(job.pythonEnvironments);
  const libraries = findCudaLibraries(places);
  const fix = fixOfMissing(libraries);
  if (fix !== null) {
    const missing = libraries.flatMap(({ name, path }) => (path === null ? [name] : [])).join(', ');
    throw new AppError(
      'providerUnavailable',
      `Libraries of CUDA 12 and cuDNN 9 are missing: ${missing}. Install them into a Python environment with «${fix}», then run this again and pick that environment; or install CUDA 12 and cuDNN 9 with your system's packages («apt install cuda-libraries-12-9 cudnn9-cuda-12» from NVIDIA's repository).`,
      { missing, fix },
    );
  }
  scan(1);
  const runtime = surroundings.runtime();
  await mkdir(job.cudaFolder, { recursive: true });
  const installation = await withArchive(job, runtime, context, surroundings, (archive, source) =>
    makeCudaFolder({
      cudaFolder: job.cudaFolder,
      runtime,
      archive,
      source,
      links: linksOf(libraries, places),
      signal: context.signal,
      onBytes: (done, total) => tellBytes(context, 'Unpacking', [fetchPercent, 100], done, total),
    }),
  );
  return { kind: 'installCuda', installation };
}

export const thisMachine: InstallSurroundings = {
  platform: thisPlatform(),
  places: async (named) =>
    libraryPlaces(
      { env: process.env, home: homedir(), root: '/', cacheText: await readCache(), arch: process.arch },
      named,
    ),
  runtime: runtimePackage,
  registryIndex,
  env: process.env,
};

function assertSuitable({ os, arch, hasNvidiaDevice }: Platform): void {
  if (os !== 'linux' || arch !== 'x64') {
    const instead =
      os === 'win32'
        ? 'On Windows DirectML and WebGPU are built in'
        : os === 'darwin'
          ? 'On a Mac CoreML and WebGPU are built in'
          : 'The CPU runs here';
    throw new AppError(
      'providerUnavailable',
      `ONNX Runtime has CUDA for Linux on x64 alone, and this is ${os}-${arch}. ${instead}: leave attributeLens.executionProvider at «auto».`,
      { platform: `${os}-${arch}` },
    );
  }
  if (!hasNvidiaDevice)
    throw new AppError(
      'providerUnavailable',
      'No NVIDIA device is visible here: /dev/nvidiactl is missing. With an NVIDIA card, install its driver and restart («nvidia-smi» must list it); in a container, start it with «--gpus all». With another card WebGPU is built in: leave attributeLens.executionProvider at «auto».',
      { device: '/dev/nvidiactl' },
    );
}

/** The picked file, or one that is fetched and goes away when it is unpacked. */
async function withArchive(
  { file, cudaFolder, proxy: asked }: InstallCudaJob,
  { version }: RuntimePackage,
  context: JobContext,
  { registryIndex: index, env }: InstallSurroundings,
  use: (archive: string, source: string) => Promise<CudaInstallation>,
): Promise<CudaInstallation> {
  const { signal, log } = context;
  if (file !== null) {
    if (!existsSync(file)) throw new AppError('usage', `The file ${file} is not there.`, { file });
    return use(file, file);
  }
  const proxy = asked ?? proxyOf(index, env);
  const target = join(cudaFolder, `${packageId.toLowerCase()}.${version}.nupkg`);
  try {
    const { address, sha512 } = await findPackage(version, index, { proxy, signal });
    log('info', `Fetching ${address}`);
    const onBytes = (done: number, total: number): void =>
      tellBytes(context, 'Fetching', [0, fetchPercent], done, total);
    await download({ address, sha512, target, proxy, signal, onBytes });
    if (signal.aborted) throw cancelledError();
    return await use(target, address);
  } catch (error) {
    throw withOtherWay(error, version);
  } finally {
    await rm(target, { force: true });
  }
}

/** Of the work, fetching takes about so much. */
const fetchPercent = 70;

/** In hundredths of the whole, since bytes fetched and bytes unpacked do not add up. */
function tellBytes(
  { progress }: JobContext,
  what: string,
  [from, to]: readonly [number, number],
  done: number,
  total: number,
): void {
  const percent = total > 0 ? from + ((to - from) * done) / total : from;
  const item = `${what} ${Math.floor(done / 1e6)} of ${Math.ceil(total / 1e6)} MB`;
  progress({ phase: 'write', done: Math.floor(percent), total: 100, item });
}

/** Without a network there is a way, too. */
function withOtherWay(error: unknown, version: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'downloadFailed') return error;
  return new AppError(
    'downloadFailed',
    `${error.message} Without a network: download ${packagePage(version)} elsewhere and pick that file. CPU and WebGPU go on working.`,
    error.data,
    error,
  );
}
