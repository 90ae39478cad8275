/** Every reason for which a job can end without a result. Closed: a new reason is a new code here. */
export const errorCodes = [
  'usage',
  'cancelled',
  'protocolMismatch',
  'engineCrashed',
  'engineUnavailable',
  'nativeModuleMissing',
  'settingInvalid',
  'dataSetNotFound',
  'dataSetEmpty',
  'dataSetInvalid',
  'annotationsInvalid',
  'imageUnreadable',
  'modelNotFound',
  'modelNotOnnx',
  'modelNotEmbedder',
  'modelNotDetector',
  'modelFailed',
  'providerUnavailable',
  'downloadFailed',
  'embeddingsInvalid',
  'storeInvalid',
  'storeBusy',
  'reportInvalid',
  'reportVersion',
  'notEnoughIdentities',
  'notEnoughCurves',
  'numericsInvalid',
  'writeFailed',
  'workspaceUntrusted',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorData = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The one exception of the product. `message` is a sentence for a person that holds the offending value
 * and says what to do; `data` holds the same values apart, so that another process can phrase them anew.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
  }
}

export function isAppError(value: unknown, code?: ErrorCode): value is AppError {
  return value instanceof AppError && (code === undefined || value.code === code);
}

export function cancelledError(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

/** What any thrown value says, in one line. */
export function messageOf(value: unknown): string {
  return value instanceof Error ? value.message : String(value);
}
