import type { AppError, ErrorCode } from '../domain/appError.ts';

/** What a person can do about an error right away. */
export type ErrorAction = 'showLog' | 'restartEngine' | 'openSettings' | 'manageTrust';

export interface PresentedError {
  readonly severity: 'error' | 'warning';
  readonly sentence: string;
  /** Two at most. */
  readonly actions: readonly ErrorAction[];
}

/** How an error is told; `null` for a cancel, which whoever cancelled knows. */
export function presentError(error: AppError): PresentedError | null {
  const actions = actionsFor(error.code);
  if (actions === null) return null;
  return {
    severity: isForUserToMend(error.code) ? 'warning' : 'error',
    sentence: error.message,
    actions,
  };
}

function actionsFor(code: ErrorCode): readonly ErrorAction[] | null {
  switch (code) {
    case 'cancelled':
      return null;
    case 'engineCrashed':
    case 'engineUnavailable':
    case 'protocolMismatch':
      return ['showLog', 'restartEngine'];
    case 'nativeModuleMissing':
    case 'providerUnavailable':
    case 'embeddingsInvalid':
      return ['openSettings', 'showLog'];
    case 'settingInvalid':
    case 'notEnoughIdentities':
    case 'notEnoughCurves':
      return ['openSettings'];
    case 'workspaceUntrusted':
      return ['manageTrust'];
    case 'usage':
    case 'dataSetNotFound':
    case 'dataSetEmpty':
    case 'modelNotFound':
    case 'modelNotOnnx':
    case 'modelNotEmbedder':
    case 'modelNotDetector':
      return ['openSettings'];
    case 'dataSetInvalid':
    case 'annotationsInvalid':
    case 'imageUnreadable':
    case 'modelFailed':
    case 'storeInvalid':
    case 'storeBusy':
    case 'reportInvalid':
    case 'reportVersion':
    case 'numericsInvalid':
    case 'writeFailed':
    case 'internal':
      return ['showLog'];
  }
}

/** Something in the request rather than in the product. */
function isForUserToMend(code: ErrorCode): boolean {
  return code === 'usage' || code === 'workspaceUntrusted';
}
