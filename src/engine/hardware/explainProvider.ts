import { type Provider, providers } from '../../domain/provider.ts';
import type { Platform } from '../../models/platformProviders.ts';
import type { CudaFacts, ProviderFacts, VulkanFacts } from '../../protocol/hardwareJobs.ts';
import { fixOfMissing } from '../cuda/cudaLibraries.ts';

export interface ProviderSurroundings {
  readonly platform: Platform;
  readonly cuda: CudaFacts | null;
  readonly vulkan: VulkanFacts | null;
}

export const installCommand = 'Attribute Lens: Install CUDA Support…, or attribute-lens install-cuda';

/** Those that are worth an attempt here; the CPU runs in any case. */
export function providersToMeasure({ platform, cuda }: ProviderSurroundings): readonly Provider[] {
  const { os, arch, hasNvidiaDevice, hasGraphicsDevice } = platform;
  if (os === 'linux' && arch === 'x64') {
    return [
      ...(hasNvidiaDevice && cuda?.installation.state !== 'broken' ? (['cuda'] as const) : []),
      ...(hasGraphicsDevice ? (['webgpu'] as const) : []),
    ];
  }
  if (os === 'win32') return ['dml', 'webgpu'];
  return os === 'darwin' && arch === 'arm64' ? ['coreml', 'webgpu'] : [];
}

/**
 * Each provider of the product: whether it ran, or why not and what mends it.
 * @param ran providers that were measured.
 * @param refused what the runtime said of the others that were tried.
 */
export function explainProviders(
  surroundings: ProviderSurroundings,
  ran: ReadonlySet<Provider>,
  refused: ReadonlyMap<Provider, string>,
): readonly ProviderFacts[] {
  return providers.map((provider) => {
    if (ran.has(provider)) return { provider, state: 'available', reason: '', fix: null };
    const { os, arch } = surroundings.platform;
    if (!isFor(provider, os, arch)) {
      const reason = `It is for ${homes[provider]}; this is ${os}-${arch}.`;
      return { provider, state: 'elsewhere', reason, fix: null };
    }
    if (provider === 'tensorrt')
      return {
        provider,
        state: 'untried',
        reason:
          'It builds its engines for minutes and is tried only where it is asked for; it needs what CUDA needs, and TensorRT 10.',
        fix: 'Set attributeLens.executionProvider to «tensorrt».',
      };
    const why = provider === 'cuda' ? whyNoCuda(surroundings) : whyNoDevice(provider, surroundings);
    const told = refused.get(provider);
    return {
      provider,
      state: 'missing',
      reason: [why?.reason, told].filter((part) => part).join(' ') || 'It was not tried.',
      fix: why?.fix ?? null,
    };
  });
}

const homes: Readonly<Record<Provider, string>> = {
  cpu: 'every machine',
  cuda: 'Linux on x64 with an NVIDIA device',
  tensorrt: 'Linux on x64 with an NVIDIA device',
  webgpu: 'Linux on x64, Windows and Macs with Apple silicon',
  dml: 'Windows',
  coreml: 'Macs with Apple silicon',
};

function isFor(provider: Provider, os: string, arch: string): boolean {
  switch (provider) {
    case 'cpu':
      return true;
    case 'cuda':
    case 'tensorrt':
      return os === 'linux' && arch === 'x64';
    case 'dml':
      return os === 'win32';
    case 'coreml':
      return os === 'darwin' && arch === 'arm64';
    case 'webgpu':
      return os === 'win32' || (os === 'linux' && arch === 'x64') || (os === 'darwin' && arch === 'arm64');
  }
}

interface Explanation {
  readonly reason: string;
  readonly fix: string | null;
}

/** In the order in which they have to be mended. */
function whyNoCuda({ platform, cuda }: ProviderSurroundings): Explanation | null {
  if (!platform.hasNvidiaDevice)
    return {
      reason: 'No NVIDIA device is visible: /dev/nvidiactl is missing.',
      fix: 'With an NVIDIA card: install its driver, restart, and see that nvidia-smi lists it; a container needs --gpus all.',
    };
  if (cuda === null) return null;
  const missing = fixOfMissing(cuda.libraries);
  if (missing !== null) {
    const names = cuda.libraries.flatMap(({ name, path }) => (path === null ? [name] : []));
    return { reason: `Libraries of CUDA 12 and cuDNN 9 were not found: ${names.join(', ')}.`, fix: missing };
  }
  switch (cuda.installation.state) {
    case 'none':
      return {
        reason: 'CUDA is there, but the provider libraries of ONNX Runtime are not installed.',
        fix: installCommand,
      };
    case 'broken':
      return { reason: cuda.installation.reason, fix: installCommand };
    case 'ready':
      return cuda.installation.isUsed
        ? null
        : {
            reason: 'CUDA support is installed, but this engine was started without it.',
            fix: 'Attribute Lens: Restart Engine',
          };
  }
}

function whyNoDevice(provider: Provider, { platform, vulkan }: ProviderSurroundings): Explanation | null {
  if (provider !== 'webgpu' || platform.os !== 'linux' || vulkan === null) return null;
  if (vulkan.loader === null)
    return {
      reason: 'WebGPU goes through Vulkan, whose loader libvulkan.so.1 was not found.',
      fix: 'apt install libvulkan1 mesa-vulkan-drivers',
    };
  if (vulkan.drivers.length === 0)
    return { reason: 'No Vulkan driver is installed.', fix: 'apt install mesa-vulkan-drivers' };
  if (!platform.hasGraphicsDevice)
    return {
      reason: 'No graphics device is visible: /dev/dri is missing.',
      fix: 'A container needs --device /dev/dri.',
    };
  return null;
}
