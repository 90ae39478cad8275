import { setImmediate } from 'node:timers/promises';
import { homedir } from 'node:os';
import { cancelledError } from '../../domain/appError.ts';
import type { ModelProfile } from '../../domain/preprocessing.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { Provider } from '../../domain/provider.ts';
import { version } from '../../domain/version.ts';
import { chooseHalf } from '../../models/chooseHalf.ts';
import { type CpuTrial, openOnCpu } from '../../models/cpuTrial.ts';
import { profileOf } from '../../models/inspectModel.ts';
import type { OnnxModel } from '../../models/onnxProto.ts';
import { type Platform, thisPlatform } from '../../models/platformProviders.ts';
import { identifyModel, type PreparedModel, prepareModel } from '../../models/prepareModel.ts';
import { probePixels, runBatch, tryProvider } from '../../models/providerTrial.ts';
import { type Clock, timeRuns } from '../../models/timeRuns.ts';
import type { CudaFacts, HardwareJob, HardwareJobResult, VulkanFacts } from '../../protocol/hardwareJobs.ts';
import { readCudaState } from '../cuda/cudaFolder.ts';
import { findCudaLibraries, pathOfLibrary } from '../cuda/cudaLibraries.ts';
import { libraryPlaces, readCache } from '../cuda/libraryPlaces.ts';
import { runtimePackage } from '../cuda/runtimePackage.ts';
import { explainProviders, providersToMeasure } from '../hardware/explainProvider.ts';
import { askProgram, machineFacts, nvidiaFacts, vulkanFacts } from '../hardware/machineFacts.ts';
import { fastestOf, type Measured, recommendSettings } from '../hardware/recommendSettings.ts';
import { smallNet } from '../hardware/smallNet.ts';
import { libraryVersions } from './libraryVersions.ts';
import { ModelBench } from './modelBench.ts';

const batchSizes = [1, 8, 32] as const;
const largestBatch = 32;

/**
 * What this machine has, which providers run here and why the others do not, and how fast they run the model, or a
 * small net. Throws `AppError` as `inspect` does where the model cannot be read.
 */
export async function runHardwareJob(
  job: HardwareJob,
  context: JobContext,
  platform: Platform = thisPlatform(),
  now: Clock = () => performance.now(),
): Promise<Extract<HardwareJobResult, { kind: 'hardware' }>> {
  context.progress({ phase: 'scan', done: 0, total: 1, item: 'devices, drivers, libraries' });
  const machine = machineFacts();
  const versions = {
    'attribute-lens': version,
    node: process.versions.node,
    ...(await libraryVersions()),
  };
  const nvidia = await nvidiaFacts(platform.hasNvidiaDevice, '/', askProgram);
  const { cuda, vulkan } = await libraryFacts(job, platform);
  context.progress({ phase: 'scan', done: 1, total: 1, item: '' });
  const surroundings = { platform, cuda, vulkan };
  const { name, model, profile } = await modelOf(job);
  const candidates = providersToMeasure(surroundings);
  const { speed, refused, half } = await measure({ name, model, profile }, candidates, context, now);
  const ran = new Set(speed.map(({ provider }) => provider));
  const reasons = new Map(refused.map(({ provider, reason }) => [provider, reason]));
  return {
    kind: 'hardware',
    hardware: {
      machine,
      versions,
      nvidia,
      cuda,
      vulkan,
      providers: explainProviders(surroundings, ran, reasons),
      model: job.model === null ? null : name,
      speed,
      recommended: recommendSettings({ speed, half }),
    },
  };
}

async function libraryFacts(
  { cudaFolder }: HardwareJob,
  { os, arch }: Platform,
): Promise<{ readonly cuda: CudaFacts | null; readonly vulkan: VulkanFacts | null }> {
  if (os !== 'linux') return { cuda: null, vulkan: null };
  const { env } = process;
  const places = libraryPlaces({ env, home: homedir(), root: '/', cacheText: await readCache(), arch }, []);
  const vulkan = vulkanFacts('/', env, pathOfLibrary('libvulkan.so.1', places));
  if (arch !== 'x64') return { cuda: null, vulkan };
  const state = readCudaState(cudaFolder, runtimePackage().version);
  const installation: CudaFacts['installation'] =
    state.kind === 'ready'
      ? {
          state: 'ready',
          folder: state.installation.folder,
          isUsed: (env['LD_LIBRARY_PATH'] ?? '').split(':').includes(state.installation.folder),
        }
      : state.kind === 'broken'
        ? { state: 'broken', reason: state.reason }
        : { state: 'none' };
  return { cuda: { libraries: findCudaLibraries(places), installation }, vulkan };
}

interface HardwareModel {
  readonly name: string;
  readonly model: OnnxModel;
  readonly profile: ModelProfile;
}

async function modelOf({ model: override }: HardwareJob): Promise<HardwareModel> {
  if (override !== null) {
    const { name, file, profile } = await identifyModel(override, false);
    return { name, model: file.model, profile };
  }
  const model = smallNet();
  return { name: 'small net', model, profile: profileOf(model, 'small.onnx', { path: 'small.onnx' }) };
}

async function measure(
  { name, model, profile }: HardwareModel,
  candidates: readonly Provider[],
  context: JobContext,
  now: Clock,
): Promise<Measured & Pick<ModelBench, 'refused'>> {
  const order: readonly Provider[] = ['cpu', ...candidates];
  const total = 1 + (order.length + 1) * batchSizes.length;
  const begin = async (done: number, item: string): Promise<void> => {
    // A turn of the event loop, in which a cancel can come.
    await setImmediate();
    if (context.signal.aborted) throw cancelledError();
    context.progress({ phase: 'analyze', done, total, item });
  };
  await begin(0, name);
  const prepared = prepareModel(model, profile);
  const cpu = await openOnCpu(prepared, largestBatch, []);
  const isFree = cpu.batchSize === largestBatch && profile.fixedBatch === null;
  const sizes: readonly number[] = isFree ? batchSizes : [cpu.batchSize];
  const bench = new ModelBench({
    model: prepared,
    images: Array.from({ length: 4 }, (_, variant) => probePixels(profile.preprocessing, 2, variant)).map(
      // The first row is the same in all of them.
      (pixels) => pixels.subarray(pixels.length / 2),
    ),
    batchSizes: sizes,
    now,
    onMeasure: (provider, number) =>
      begin(
        1 + order.indexOf(provider) * batchSizes.length + number,
        `${provider}, batch size ${sizes[number]!}`,
      ),
  });
  try {
    await bench.measureCpu(cpu);
  } finally {
    await cpu.session.release();
  }
  for (const provider of candidates) await bench.measureOther(provider, cpu);
  const { speed, refused } = bench;
  const best = fastestOf(speed);
  await begin(1 + order.length * batchSizes.length, 'half precision');
  const half =
    best === null || best.provider === 'cpu' ? null : await tryHalf(model, prepared, best.provider, cpu, now);
  await begin(total, name);
  return { speed, refused, half };
}

async function tryHalf(
  model: OnnxModel,
  prepared: PreparedModel,
  provider: Provider,
  cpu: CpuTrial,
  now: Clock,
): Promise<Measured['half']> {
  const rows = cpu.batchSize;
  const pixels = probePixels(prepared.profile.preprocessing, rows, 1);
  const trial = await tryProvider(prepared, provider, pixels, rows);
  const chosen = await chooseHalf({
    model,
    single: { prepared, trial },
    provider,
    cpu,
    attempt: (other) => tryProvider(other, provider, pixels, rows),
    speed: async (one, { session }) =>
      (await timeRuns(() => runBatch(session, one, pixels, rows), rows, now)).imagesPerSecond,
  });
  await chosen.trial.session.release();
  return {
    isTaken: chosen.precision === 'half',
    reason:
      chosen.precision === 'half'
        ? `In half precision it is faster, and its embeddings agree (smallest cosine ${chosen.agreement!.toFixed(6)}).`
        : `Single precision stays: ${chosen.note.text.replace(/^.*?asked for: /, '')}`,
  };
}
