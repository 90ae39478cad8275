import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { AppError, messageOf } from '../domain/appError.ts';
import { decodeModel, type OnnxModel, type OnnxTensor } from './onnxProto.ts';

export interface ModelFile {
  readonly model: OnnxModel;
  /** Of the file's bytes, followed by those of its external weights where it has any; hex. */
  readonly sha256: string;
  /** Of both. */
  readonly nBytes: number;
}

/**
 * Reads a model, external weights included: those come from files beside it that the model names, and stand in
 * the returned model as if they had been inside. Throws `AppError`: modelNotFound, modelNotOnnx, modelFailed.
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readModelBytes(path);
  const hash = createHash('sha256').update(bytes);
  const model = decodeModel(bytes, path);
  const { initializers } = model.graph;
  if (initializers.every(isInside)) return { model, sha256: hash.digest('hex'), nBytes: bytes.length };
  let nBytes = bytes.length;
  const inlined: OnnxTensor[] = [];
  for (const tensor of initializers) {
    if (isInside(tensor)) {
      inlined.push(tensor);
      continue;
    }
    const rawData = await readExternal(tensor, path);
    hash.update(rawData);
    nBytes += rawData.length;
    inlined.push({ ...tensor, rawData, external: [], other: tensor.other.filter(isNotLocation) });
  }
  checkTotal(inlined);
  return {
    model: { ...model, graph: { ...model.graph, initializers: inlined } },
    sha256: hash.digest('hex'),
    nBytes,
  };
}

async function readModelBytes(path: string): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (info.isFile()) return await readFile(path);
    throw new AppError('modelNotFound', `The model ${path} is no file.`, { path });
  } catch (error) {
    if (error instanceof AppError) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const message = missing
      ? `There is no model ${path}.`
      : `The model ${path} cannot be read: ${messageOf(error)}.`;
    throw new AppError('modelNotFound', message, { path }, error);
  }
}

function isInside(tensor: OnnxTensor): boolean {
  return tensor.external.length === 0;
}

/** TensorProto.data_location, which says «external». */
function isNotLocation(field: { readonly number: number }): boolean {
  return field.number !== 14;
}

async function readExternal(tensor: OnnxTensor, modelPath: string): Promise<Uint8Array> {
  const entry = (key: string) => tensor.external.find((candidate) => candidate.key === key)?.value;
  const location = entry('location') ?? '';
  const fail = (reason: string, cause?: unknown) =>
    new AppError(
      'modelFailed',
      `The weights «${tensor.name}» lie in «${location}» beside the model: ${reason}.`,
      { tensor: tensor.name, location, reason },
      cause,
    );
  // A model must not make us read any file of the disk.
  if (location === '' || isAbsolute(location) || normalize(location).startsWith('..'))
    throw fail('such a place is not allowed');
  const offset = Number(entry('offset') ?? 0);
  const file = await open(join(dirname(modelPath), location)).catch((error: unknown) => {
    throw fail(messageOf(error), error);
  });
  try {
    const { size } = await file.stat();
    const length = Number(entry('length') ?? size - offset);
    if (!(offset >= 0 && length >= 0 && offset + length <= size))
      throw fail(`bytes ${offset} to ${offset + length} of ${size}`);
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    if (bytesRead !== length) throw fail(`only ${bytesRead} of ${length} bytes could be read`);
    return bytes;
  } finally {
    await file.close();
  }
}

/** One protobuf message holds 2 GiB at most. */
const maxModelBytes = 2 ** 31 - 1;

function checkTotal(tensors: readonly OnnxTensor[]): void {
  const nBytes = tensors.reduce((sum, tensor) => sum + (tensor.rawData?.length ?? 0), 0);
  if (nBytes <= maxModelBytes) return;
  throw new AppError(
    'modelFailed',
    `The model's weights take ${nBytes} bytes; ${maxModelBytes} are the most.`,
    {
      nBytes,
    },
  );
}
