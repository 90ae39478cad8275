/** An engine without native modules, whose jobs do what their first model's path says. Forked by engineClient.test.ts. */
import process from 'node:process';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { z } from 'zod';
import type { ErrorCode } from '../../../src/domain/appError.ts';
import {
  engineProtocolVersion,
  initializeRequest,
  jobEventNotification,
  logNotification,
  runJobRequest,
  shutdownRequest,
  type WireError,
} from '../../../src/protocol/engineRpc.ts';

const { FAKE_ENGINE = '' } = process.env;
if (FAKE_ENGINE === 'dieAtStart') {
  console.error('the library libx.so is missing');
  process.exit(3);
}

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

connection.onRequest(initializeRequest, () => ({
  protocolVersion: FAKE_ENGINE === 'otherVersion' ? engineProtocolVersion + 1 : engineProtocolVersion,
  version: '0.0.0',
  pid: process.pid,
  libraries: {},
}));

connection.onRequest(runJobRequest, async ({ jobId, job }, token) => {
  const model = z.object({ models: z.array(z.object({ path: z.string() })) }).parse(job).models[0]!.path;
  void connection.sendNotification(jobEventNotification, { type: 'started', jobId });
  void connection.sendNotification(logNotification, { level: 'info', message: `job ${jobId}` });
  switch (model) {
    case '/crash':
      console.error('first line');
      console.error('out of memory');
      return process.exit(7);
    case '/wait':
      return new Promise((_, reject) => {
        token.onCancellationRequested(() => reject(wireError('cancelled', 'Cancelled.', {})));
      });
    case '/fail':
      throw wireError('modelNotEmbedder', 'The model x.onnx has two image inputs.', { nInputs: 2 });
    case '/bug':
      throw new Error('undefined is not a function');
    default:
      return { kind: 'analyze' as const, report: `${process.pid}` };
  }
});

connection.onRequest(shutdownRequest, () => {
  setImmediate(() => process.exit(0));
  return null;
});
process.on('disconnect', () => process.exit(0));
connection.listen();

function wireError(code: ErrorCode, message: string, data: WireError['data']): ResponseError<WireError> {
  return new ResponseError(-32000, message, { code, message, data });
}
