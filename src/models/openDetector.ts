import { basename } from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { DetectedFace } from '../domain/face.ts';
import type { LogLevel } from '../domain/progress.ts';
import type { Provider, ProviderRecord, RequestedProvider } from '../domain/provider.ts';
import type { RgbImage } from '../numerics/geometry/rgbImage.ts';
import { chooseProvider, type ProviderMemory } from './chooseProvider.ts';
import type { DetectorRule } from './detectors/detectorRule.ts';
import { type DetectorKind, type DetectorProfile, inspectDetector } from './detectors/inspectDetector.ts';
import { letterboxTensor, type Placement, toImageScale } from './detectors/letterbox.ts';
import { levelMaps } from './detectors/levelMaps.ts';
import { suppressOverlaps } from './detectors/nonMaximumSuppression.ts';
import { scrfdRule } from './detectors/scrfd.ts';
import { yunetRule } from './detectors/yunet.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { readModelFile } from './modelFile.ts';
import { encodeModel } from './onnxProto.ts';
import { OnnxSession, runtimeVersion, type Tensor } from './onnxRuntime.ts';
import { providersToTry, thisPlatform } from './platformProviders.ts';
import { nodeShares, sharesInWords } from './providerProfile.ts';
import { cosine, probePixels, type ProvenSession } from './providerTrial.ts';
import { stoppedInTheMiddle } from './runtimeFailures.ts';
import { timeRuns } from './timeRuns.ts';

export interface DetectorRequest {
  readonly path: string;
  readonly provider: RequestedProvider;
  /** 0..1; `null` for the one that the detector's authors use. */
  readonly scoreThreshold: number | null;
  /** What is known of providers, by all that their speed depends on. */
  readonly memory: (of: Readonly<Record<string, unknown>>) => ProviderMemory;
  log(level: LogLevel, message: string): void;
}

/** A face detector, open and proven to run. */
export interface Detector {
  readonly name: string;
  readonly sha256: string;
  readonly kind: DetectorKind;
  readonly hasLandmarks: boolean;
  /** The one that applies. */
  readonly scoreThreshold: number;
  readonly provider: ProviderRecord;
  /** What the report should say about opening it. */
  readonly notes: readonly EmbedderNote[];
  /** Faces by falling score, in pixels of the image. Throws `AppError` modelFailed. */
  detect(image: RgbImage): Promise<readonly DetectedFace[]>;
  release(): Promise<void>;
}

const detectorRules = { scrfd: scrfdRule, yunet: yunetRule } as const satisfies Record<
  DetectorKind,
  DetectorRule
>;

/**
 * Opens a face detector, whose kind its graph tells, and proves how it runs: the CPU first, then each provider with
 * one attempt, as for embedders; what is compared are all outputs for a probe. Throws `AppError`: modelNotFound,
 * modelNotOnnx, modelNotDetector, settingInvalid, modelFailed, nativeModuleMissing.
 */
export async function openDetector(request: DetectorRequest): Promise<Detector> {
  const { model, sha256 } = await readModelFile(request.path);
  const profile = inspectDetector(model);
  const name = basename(request.path).replace(/\.onnx$/i, '');
  const rule = detectorRules[profile.kind];
  const scoreThreshold = checkedThreshold(request.scoreThreshold) ?? rule.scoreThreshold;
  const bytes = encodeModel(model);
  const probe = probeImage(profile);
  const cpu = await tryDetector(bytes, profile, probe, 'cpu');
  const { trial, record, notes } = await chooseProvider({
    requested: request.provider,
    candidates: providersToTry(request.provider, thisPlatform()),
    cpu,
    attempt: (provider) => tryDetector(bytes, profile, probe, provider),
    agreement: smallestCosine,
    compared: 'outputs',
    speed: async ({ session }) => {
      const run = () => runDetector(session, profile, probe, rule.place(probe, profile.size));
      return (await timeRuns(run, 1, () => performance.now())).imagesPerSecond;
    },
    memory: request.memory({ model: sha256, runtime: await runtimeVersion() }),
  });
  for (const note of notes) request.log('warning', `${name}: ${note.text}`);
  request.log(
    'info',
    `${name}, a detector of kind ${profile.kind}, runs on ${record.ran}, ${sharesInWords(trial)}.`,
  );
  const { session } = trial;
  return {
    name,
    sha256,
    kind: profile.kind,
    hasLandmarks: profile.hasLandmarks,
    scoreThreshold,
    provider: record,
    notes,
    async detect(image) {
      const placement = rule.place(image, profile.size);
      const outputs = await runDetector(session, profile, image, placement).catch((error: unknown) => {
        throw stoppedInTheMiddle(error, record.ran);
      });
      const candidates = levelMaps(outputs, profile.levels, rule.anchors, placement).flatMap((level) =>
        rule.decode(level, scoreThreshold),
      );
      const scale = toImageScale(image, placement);
      return suppressOverlaps(candidates, rule.overlap).map((face) => scaled(face, scale));
    },
    release: () => session.release(),
  };
}

interface DetectorTrial extends ProvenSession {
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** Side of the probe where the model fixes none: what both kinds run at. */
const probeSide = 640;

function probeImage({ size }: DetectorProfile): RgbImage {
  const width = size.width ?? probeSide;
  const height = size.height ?? probeSide;
  return { pixels: probePixels({ width, height }, 1, 1), width, height };
}

async function tryDetector(
  bytes: Uint8Array,
  profile: DetectorProfile,
  probe: RgbImage,
  provider: Provider,
): Promise<DetectorTrial> {
  const rule = detectorRules[profile.kind];
  const placement = rule.place(probe, profile.size);
  const session = await OnnxSession.open(bytes, { provider, profile: true });
  try {
    const outputs = await runDetector(session, profile, probe, placement);
    // Refuses a model that only has the right number of outputs.
    levelMaps(outputs, profile.levels, rule.anchors, placement);
    return { session, ...nodeShares(await session.endProfile(), provider), outputs };
  } catch (error) {
    await session.release();
    throw error;
  }
}

function runDetector(
  session: ProvenSession['session'],
  { kind, input }: DetectorProfile,
  image: RgbImage,
  placement: Placement,
): Promise<Readonly<Record<string, Tensor>>> {
  const data = letterboxTensor(image, placement, detectorRules[kind].normalisation);
  return session.run({ [input]: { data, shape: [1, 3, placement.height, placement.width] } });
}

/** Over the outputs, each taken whole; NaN where one is missing or not finite. */
function smallestCosine(cpu: DetectorTrial, other: DetectorTrial): number {
  return Object.entries(cpu.outputs).reduce((least, [name, { data }]) => {
    const theirs = other.outputs[name]?.data;
    const isComparable = data instanceof Float32Array && theirs instanceof Float32Array;
    return Math.min(least, isComparable && data.length === theirs.length ? cosine(data, theirs) : NaN);
  }, 1);
}

function scaled(
  { score, box, landmarks }: DetectedFace,
  { x, y }: { readonly x: number; readonly y: number },
): DetectedFace {
  return {
    score,
    box: { x: box.x * x, y: box.y * y, width: box.width * x, height: box.height * y },
    landmarks: landmarks?.map((place, i) => place * (i % 2 === 0 ? x : y)) ?? null,
  };
}

function checkedThreshold(threshold: number | null): number | null {
  if (threshold === null || (threshold >= 0 && threshold <= 1)) return threshold;
  throw new AppError(
    'settingInvalid',
    `The score threshold of the face detector is ${threshold}; it must lie in 0 to 1.`,
    { setting: 'scoreThreshold', value: threshold },
  );
}
