import { decoderVersion } from '../../models/decoder.ts';
import { runtimeVersion } from '../../models/onnxRuntime.ts';

/** Versions of what computes pixels and vectors: reports name them, and stores of other versions are not mixed in. */
export async function libraryVersions(): Promise<Readonly<Record<string, string>>> {
  const { sharp, libvips } = await decoderVersion();
  return { libvips, onnxruntime: await runtimeVersion(), sharp };
}
