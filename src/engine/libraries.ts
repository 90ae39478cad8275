import { decoderVersion } from '../models/decoder.ts';
import { runtimeVersion } from '../models/onnxRuntime.ts';

/** Versions of what computes pixels and vectors, for the handshake, the report and the stores' descriptions. */
export async function libraryVersions(): Promise<Readonly<Record<string, string>>> {
  return {
    node: process.versions.node,
    onnxruntime: await runtimeVersion(),
    ...(await decoderVersion()),
  };
}
