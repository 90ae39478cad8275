import type { AppError, ErrorCode } from '../domain/appError.ts';
import type { Translate } from './jobProgress.ts';

/** What a person can do about an error right away. */
export type ErrorAction = 'showLog' | 'restartEngine' | 'openSettings' | 'manageTrust';

export interface PresentedError {
  readonly severity: 'error' | 'warning';
  readonly sentence: string;
  /** Two at most. */
  readonly actions: readonly ErrorAction[];
}

/**
 * How an error is told; `null` for a cancel, which whoever cancelled knows. Messages of errors are
 * English, with the values that are wrong; in another language, what kind of trouble this is stands before them.
 */
export function presentError(error: AppError, translate: Translate): PresentedError | null {
  const actions = actionsFor(error.code);
  if (actions === null) return null;
  return {
    severity: isForUserToMend(error.code) ? 'warning' : 'error',
    sentence: sentenceOf(error, translate),
    actions,
  };
}

function sentenceOf({ code, message }: AppError, translate: Translate): string {
  if (code === 'internal') return translate('Something unexpected went wrong: {0}', message);
  const head = headOf(code, translate);
  const english = headOf(code, (text) => text);
  if (message === english) return head;
  return head === english ? message : `${head} ${message}`;
}

/** What every error of a code has in common. */
function headOf(code: Exclude<ErrorCode, 'internal'>, translate: Translate): string {
  switch (code) {
    case 'usage':
      return translate('Something is missing, or does not go together.');
    case 'cancelled':
      return translate('Cancelled.');
    case 'protocolMismatch':
      return translate('The engine and the extension are of different versions.');
    case 'engineCrashed':
      return translate('The engine stopped unexpectedly.');
    case 'engineUnavailable':
      return translate('The engine is not running.');
    case 'nativeModuleMissing':
      return translate('A part of the engine does not load on this machine.');
    case 'settingInvalid':
      return translate('A setting has a value that is not allowed.');
    case 'dataSetNotFound':
      return translate('The data set was not found.');
    case 'dataSetEmpty':
      return translate('The data set holds nothing that can be used.');
    case 'dataSetInvalid':
      return translate('The data set cannot be used in this way.');
    case 'annotationsInvalid':
      return translate('The annotations cannot be used.');
    case 'imageUnreadable':
      return translate('An image cannot be read.');
    case 'modelNotFound':
      return translate('The model was not found.');
    case 'modelNotOnnx':
      return translate('The model is no ONNX file.');
    case 'modelNotEmbedder':
      return translate('The model is no model of face recognition.');
    case 'modelNotDetector':
      return translate('The model is no face detector.');
    case 'modelFailed':
      return translate('The model does not run.');
    case 'providerUnavailable':
      return translate('The execution provider does not work here.');
    case 'downloadFailed':
      return translate('A download failed.');
    case 'embeddingsInvalid':
      return translate('The embeddings cannot be used.');
    case 'storeInvalid':
      return translate('The store of embeddings cannot be used.');
    case 'storeBusy':
      return translate('The store of embeddings is in use.');
    case 'reportInvalid':
      return translate('The report cannot be read.');
    case 'reportVersion':
      return translate('The report is of a version that is not known.');
    case 'notEnoughIdentities':
      return translate('There are too few identities.');
    case 'notEnoughCurves':
      return translate('There are too few curves.');
    case 'numericsInvalid':
      return translate('A computation went wrong.');
    case 'writeFailed':
      return translate('A file could not be written.');
    case 'workspaceUntrusted':
      return translate('Analyses load models and start a process: trust this workspace to run them.');
  }
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
    case 'downloadFailed':
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
