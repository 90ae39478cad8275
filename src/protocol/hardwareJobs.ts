import { z } from 'zod';
import type { Provider, RequestedProvider } from '../domain/provider.ts';
import type { ModelSpeed } from './jobs.ts';
import { modelOverrideSchema } from './settings.ts';

/** What this machine has to run models on, and how fast each provider is. Writes nothing. */
export const hardwareJobSchema = z.strictObject({
  kind: z.literal('hardware'),
  /** Measured on each provider; `null`: a small net of our own. */
  model: modelOverrideSchema.nullable(),
  /** Where `installCuda` puts provider libraries. */
  cudaFolder: z.string().min(1),
});

/** Provider libraries of ONNX Runtime for CUDA into a folder that an engine can be started with. */
export const installCudaJobSchema = z.strictObject({
  kind: z.literal('installCuda'),
  /** Holds one folder for each version of ONNX Runtime. */
  cudaFolder: z.string().min(1),
  /** A package that was downloaded elsewhere; `null`: from the registry. */
  file: z.string().min(1).nullable(),
  /** Address of the proxy; `null`: what the environment says. */
  proxy: z.string().min(1).nullable(),
  /** Python environments, or any folders, in which CUDA's libraries are looked for first. */
  pythonEnvironments: z.array(z.string().min(1)),
});

export type HardwareJob = z.infer<typeof hardwareJobSchema>;
export type InstallCudaJob = z.infer<typeof installCudaJobSchema>;

export type HardwareJobResult =
  | { readonly kind: 'hardware'; readonly hardware: HardwareReport }
  | { readonly kind: 'installCuda'; readonly installation: CudaInstallation };

/** What is in a finished folder, written last: a folder without it was never finished. */
export const cudaInstallationSchema = z.strictObject({
  /** Of ONNX Runtime. */
  version: z.string(),
  /** Where the provider libraries come from: an address, or a file. */
  source: z.string(),
  /** Absolute; the one folder that the engine's loader has to look in. */
  folder: z.string(),
  /** Of the runtime and its providers, copied. */
  files: z.array(z.string()),
  /** Of CUDA and cuDNN: linked, by the name the loader asks for. */
  links: z.record(z.string(), z.string()),
});
export type CudaInstallation = z.infer<typeof cudaInstallationSchema>;

/** Name of that file. */
export const cudaInstallationFile = 'installation.json';

/** Named by the version, so that libraries of another version are never loaded. */
export function cudaFolderName(version: string): string {
  return `onnxruntime-${version}`;
}

export type CudaState =
  | { readonly kind: 'none' }
  | { readonly kind: 'ready'; readonly installation: CudaInstallation }
  /** `reason`: a sentence. */
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * Whether an engine can be started with what was installed.
 * @param text of the file, `null` where there is none.
 */
export function cudaStateOf(
  text: string | null,
  version: string,
  exists: (path: string) => boolean,
): CudaState {
  if (text === null) return { kind: 'none' };
  const installation = parseInstallation(text);
  if (installation === null)
    return { kind: 'broken', reason: `${cudaInstallationFile} of the CUDA support is not understood.` };
  if (installation.version !== version)
    return {
      kind: 'broken',
      reason: `The CUDA support is of ONNX Runtime ${installation.version}, and this is ${version}.`,
    };
  const { folder, files, links } = installation;
  const missing = [
    ...files.map((file) => `${folder}/${file}`).filter((path) => !exists(path)),
    ...Object.values(links).filter((path) => !exists(path)),
  ];
  return missing.length === 0
    ? { kind: 'ready', installation }
    : { kind: 'broken', reason: `Files of the CUDA support are gone: ${missing.join(', ')}.` };
}

/** Environment of a process whose loader finds the provider libraries. */
export function cudaEnvironment(
  { folder }: Pick<CudaInstallation, 'folder'>,
  libraryPath: string | undefined,
): Readonly<Record<string, string>> {
  const others = (libraryPath ?? '').split(':').filter((part) => part !== '' && part !== folder);
  return { LD_LIBRARY_PATH: [folder, ...others].join(':') };
}

function parseInstallation(text: string): CudaInstallation | null {
  try {
    return cudaInstallationSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export interface HardwareReport {
  readonly machine: MachineFacts;
  /** attribute-lens, node, onnxruntime, sharp and libvips. */
  readonly versions: Readonly<Record<string, string>>;
  readonly nvidia: NvidiaFacts;
  /** `null` where this platform has no CUDA. */
  readonly cuda: CudaFacts | null;
  /** `null` where WebGPU does not go through Vulkan. */
  readonly vulkan: VulkanFacts | null;
  readonly providers: readonly ProviderFacts[];
  /** What was measured; `null`: the small net. */
  readonly model: string | null;
  readonly speed: readonly ModelSpeed[];
  readonly recommended: RecommendedSettings;
}

export interface MachineFacts {
  /** As in «linux-x64». */
  readonly platform: string;
  readonly system: string;
  readonly cpu: string;
  readonly nCores: number;
  readonly memoryBytes: number;
}

export interface NvidiaFacts {
  readonly hasDevice: boolean;
  /** Of the kernel's module; `null` where none is loaded. */
  readonly driver: string | null;
  readonly devices: readonly { readonly name: string; readonly memory: string; readonly driver: string }[];
  /** What could not be asked, and why. */
  readonly note: string | null;
}

export interface CudaFacts {
  readonly libraries: readonly FoundLibrary[];
  readonly installation:
    | { readonly state: 'none' }
    | { readonly state: 'ready'; readonly folder: string; readonly isUsed: boolean }
    | { readonly state: 'broken'; readonly reason: string };
}

export interface FoundLibrary {
  /** As the loader asks for it: «libcudnn.so.9». */
  readonly name: string;
  readonly path: string | null;
  /** The command that gets it. */
  readonly fix: string;
}

export interface VulkanFacts {
  readonly loader: string | null;
  /** Files that name a driver. */
  readonly drivers: readonly string[];
  readonly devices: readonly string[];
}

export const providerStates = ['available', 'missing', 'elsewhere', 'untried'] as const;

export interface ProviderFacts {
  readonly provider: Provider;
  /** `elsewhere`: not for this platform; `untried`: it has to be asked for. */
  readonly state: (typeof providerStates)[number];
  /** A sentence; empty where it is available. */
  readonly reason: string;
  /** A command, or a command of the editor; `null` where nothing is to be mended. */
  readonly fix: string | null;
}

export interface RecommendedSettings {
  readonly executionProvider: RequestedProvider;
  readonly batchSize: number;
  readonly halfPrecision: boolean;
  readonly reasons: readonly string[];
}
