import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { AppError, messageOf } from '../../domain/appError.ts';
import { type GetOptions, httpGet } from './httpGet.ts';

/** The package that onnxruntime-node's own installation takes the providers for CUDA 12 from. */
export const packageId = 'Microsoft.ML.OnnxRuntime.Gpu.Linux';

/** Of NuGet, as its protocol begins. */
export const registryIndex = 'https://api.nuget.org/v3/index.json';

/** In the package; TensorRT's is small, and does nothing where TensorRT is not there. */
export const providerFiles = [
  { name: 'libonnxruntime_providers_shared.so', isNeeded: true },
  { name: 'libonnxruntime_providers_cuda.so', isNeeded: true },
  { name: 'libonnxruntime_providers_tensorrt.so', isNeeded: false },
] as const;

export interface PublishedPackage {
  readonly address: string;
  /** Hexadecimal SHA-512 by the registry's metadata. */
  readonly sha512: string;
}

/**
 * Where the package of a version is, and the checksum that the registry has of it. Throws `AppError` downloadFailed
 * where the registry is not reached, does not have that version, or names no checksum.
 */
export async function findPackage(
  version: string,
  index: string,
  options: GetOptions,
): Promise<PublishedPackage> {
  const services = await readJson(index, indexSchema, options);
  const addressOf = (type: string): string => {
    const found = services.resources.find((resource) => resource['@type'] === type);
    if (found) return found['@id'].replace(/\/?$/, '/');
    throw new AppError('downloadFailed', `${index} names no ${type}.`, { index, type });
  };
  const id = packageId.toLowerCase();
  const leaf = await readJson(
    `${addressOf('RegistrationsBaseUrl')}${id}/${version}.json`,
    leafSchema,
    options,
    `${packageId} ${version}, which goes with ONNX Runtime ${version}, is not in the registry. Install a version of Attribute Lens whose ONNX Runtime is.`,
  );
  const entry =
    typeof leaf.catalogEntry === 'string'
      ? await readJson(leaf.catalogEntry, entrySchema, options)
      : entrySchema.parse(leaf.catalogEntry);
  if (entry.packageHashAlgorithm.toUpperCase() !== 'SHA512')
    throw new AppError(
      'downloadFailed',
      `The registry has a checksum by ${entry.packageHashAlgorithm}, and not by SHA-512, of ${packageId} ${version}.`,
    );
  return {
    address: `${addressOf('PackageBaseAddress/3.0.0')}${id}/${version}/${id}.${version}.nupkg`,
    sha512: Buffer.from(entry.packageHash, 'base64').toString('hex'),
  };
}

/** Page of the package for people who download it by themselves. */
export function packagePage(version: string): string {
  return `https://www.nuget.org/api/v2/package/${packageId}/${version}`;
}

const indexSchema = z.object({ resources: z.array(z.object({ '@id': z.string(), '@type': z.string() })) });
const entrySchema = z.object({ packageHash: z.string(), packageHashAlgorithm: z.string() });
const leafSchema = z.object({ catalogEntry: z.union([z.string(), z.looseObject({})]) });

async function readJson<T>(
  address: string,
  schema: z.ZodType<T>,
  options: GetOptions,
  whereMissing?: string,
): Promise<T> {
  const answer = await httpGet(address, options);
  if (answer.statusCode === 404 && whereMissing !== undefined) {
    answer.resume();
    throw new AppError('downloadFailed', whereMissing, { address });
  }
  if (answer.statusCode !== 200) {
    answer.resume();
    throw new AppError('downloadFailed', `${address} answered with status ${answer.statusCode}.`, {
      address,
      status: answer.statusCode ?? null,
    });
  }
  const body = answer.headers['content-encoding'] === 'gzip' ? answer.pipe(createGunzip()) : answer;
  const parts: Buffer[] = [];
  try {
    for await (const part of body) parts.push(part as Buffer);
    return schema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
  } catch (error) {
    throw new AppError(
      'downloadFailed',
      `${address} did not answer as a registry does: ${messageOf(error).split('\n')[0]!}. A proxy may have answered in its place.`,
      { address },
      error,
    );
  }
}
