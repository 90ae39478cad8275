import { existsSync } from 'node:fs';
import type { Provider, RequestedProvider } from '../domain/provider.ts';

export interface Platform {
  readonly os: NodeJS.Platform;
  readonly arch: string;
  readonly hasNvidiaDevice: boolean;
  /** Whether a graphics device is there that WebGPU could use, as far as that is known without asking it. */
  readonly hasGraphicsDevice: boolean;
}

/**
 * Providers to try, in this order, the CPU last. `auto` takes what onnxruntime-node has inside for the platform,
 * and CUDA, whose libraries a user can add, where an NVIDIA device is there. TensorRT, which builds engines for minutes, has to be asked for.
 */
export function providersToTry(requested: RequestedProvider, platform: Platform): readonly Provider[] {
  if (requested !== 'auto') return requested === 'cpu' ? ['cpu'] : [requested, 'cpu'];
  switch (`${platform.os}-${platform.arch}`) {
    case 'linux-x64':
      return [
        ...(platform.hasNvidiaDevice ? ['cuda' as const] : []),
        ...(platform.hasGraphicsDevice ? ['webgpu' as const] : []),
        'cpu',
      ];
    case 'win32-x64':
    case 'win32-arm64':
      return ['dml', 'webgpu', 'cpu'];
    case 'darwin-arm64':
      return ['coreml', 'webgpu', 'cpu'];
    default:
      return ['cpu'];
  }
}

export function thisPlatform(): Platform {
  return {
    os: process.platform,
    arch: process.arch,
    hasNvidiaDevice: nvidiaDevices.some((path) => existsSync(path)),
    hasGraphicsDevice: hasGraphicsDevice(),
  };
}

/** Of the driver on Linux, and of Windows' subsystem for Linux. */
const nvidiaDevices = ['/dev/nvidiactl', '/dev/dxg'];

/** On Linux WebGPU writes to stderr where there is no Vulkan at all; a device file shows before. */
function hasGraphicsDevice(): boolean {
  if (process.platform !== 'linux') return true;
  const namesDriver = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES'].some((name) => process.env[name]);
  return namesDriver || ['/dev/dri', ...nvidiaDevices].some((path) => existsSync(path));
}
