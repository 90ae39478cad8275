import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import { AppError, isAppError, messageOf } from '../domain/appError.ts';
import { type WireError, wireErrorSchema } from './engineRpc.ts';

/** The number JSON-RPC wants of an error; which error it is stands in the data. Outside the reserved range. */
const applicationErrorNumber = 1;

/** Any thrown value as the error of a response. What is no `AppError` is a defect and crosses as `internal`. */
export function toWireError(error: unknown): ResponseError<WireError> {
  const { code, message, data } = isAppError(error) ? error : new AppError('internal', messageOf(error));
  return new ResponseError(applicationErrorNumber, message, { code, message, data });
}

/**
 * The `AppError` behind a rejected request. A rejection that holds none came from the connection itself, closed
 * or disposed while the request was pending: `engineCrashed`.
 */
export function fromWireError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const data = error instanceof Error && 'data' in error ? error.data : undefined;
  const wire = wireErrorSchema.safeParse(data);
  if (wire.success) return new AppError(wire.data.code, wire.data.message, wire.data.data, error);
  if (error instanceof ResponseError && !connectionLost.has(error.code))
    return new AppError('internal', `The engine did not understand a request: ${error.message}`, {}, error);
  return new AppError('engineCrashed', `The engine ended before it answered: ${messageOf(error)}`, {}, error);
}

const connectionLost: ReadonlySet<number> = new Set([
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.ConnectionInactive,
]);
