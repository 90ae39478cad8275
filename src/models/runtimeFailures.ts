import { AppError, isAppError } from '../domain/appError.ts';
import type { Provider } from '../domain/provider.ts';

/** Whether a run or a load failed because memory, the device's or the machine's, did not hold it. */
export function isOutOfMemory(error: unknown): boolean {
  return (
    (isAppError(error, 'modelFailed') || isAppError(error, 'providerUnavailable')) &&
    outOfMemory.test(error.message)
  );
}

/** In the words of ONNX Runtime's arenas, CUDA, Direct3D 12, Dawn and C++. */
const outOfMemory =
  /out of memory|failed to allocate|cannot allocate|bad[ _]alloc|CUDA_ERROR_OUT_OF_MEMORY|CUBLAS_STATUS_ALLOC_FAILED|CUDNN_STATUS_ALLOC_FAILED|E_OUTOFMEMORY|exceeds the max(imum)? buffer size/i;

/** What is told when a provider that had run fails in the middle of the work: a device lost, a driver reset. */
export function stoppedInTheMiddle(error: unknown, provider: Provider): unknown {
  if (provider === 'cpu' || !isAppError(error, 'modelFailed')) return error;
  return new AppError(
    'modelFailed',
    `The execution provider «${provider}» failed in the middle of the work: ${error.message} What was computed before is kept: run again to go on from there, or set attributeLens.executionProvider to «cpu» to go on without it.`,
    { ...error.data, provider },
    error,
  );
}
