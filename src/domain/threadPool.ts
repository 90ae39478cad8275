/** The variable that Node reads when its thread pool starts: once. */
export const threadPoolVariable = 'UV_THREADPOOL_SIZE';

/**
 * Threads of Node's pool, on which images are decoded: one for each core. Node's own four would be what decoding is
 * limited by on larger machines; on smaller ones the others are for the file system.
 */
export function threadPoolSize(cores: number): number {
  return Math.min(16, Math.max(4, cores));
}
