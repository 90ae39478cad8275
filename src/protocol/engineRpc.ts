import { NotificationType, RequestType } from 'vscode-jsonrpc';
import { z } from 'zod';
import { errorCodes } from '../domain/appError.ts';
import { phases } from '../domain/progress.ts';
import type { Job, JobResult } from './jobs.ts';
import { throughputSchema } from './throughputSchema.ts';

/** Raised with every change of a message's shape; engine and client of different versions refuse each other. */
export const engineProtocolVersion = 1;

export const initializeParamsSchema = z.strictObject({ protocolVersion: z.int(), client: z.string() });
export type InitializeParams = z.infer<typeof initializeParamsSchema>;

export const initializeResultSchema = z.strictObject({
  protocolVersion: z.int(),
  version: z.string(),
  pid: z.int(),
  /** node, onnxruntime, sharp and libvips, with «(wasm)» behind sharp where that form runs. */
  libraries: z.record(z.string(), z.string()),
});
export type InitializeResult = z.infer<typeof initializeResultSchema>;

export const runJobParamsSchema = z.strictObject({ jobId: z.int(), job: z.unknown() });

export const jobEventSchema = z.discriminatedUnion('type', [
  /** Another job runs; `ahead` jobs come first. */
  z.strictObject({ type: z.literal('queued'), jobId: z.int(), ahead: z.int() }),
  z.strictObject({ type: z.literal('started'), jobId: z.int() }),
  z.strictObject({
    type: z.literal('progress'),
    jobId: z.int(),
    phase: z.enum(phases),
    done: z.number(),
    total: z.number(),
    item: z.string(),
    /** Lacks where an older engine speaks; `null` where nothing is embedded. */
    throughput: throughputSchema.nullish(),
  }),
]);
export type JobEvent = z.infer<typeof jobEventSchema>;

export const logMessageSchema = z.strictObject({
  level: z.enum(['debug', 'info', 'warning', 'error']),
  message: z.string(),
});
export type LogMessage = z.infer<typeof logMessageSchema>;

/** An `AppError` as `ResponseError.data`, so that a process boundary keeps its code. */
export const wireErrorSchema = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type WireError = z.infer<typeof wireErrorSchema>;

export const initializeRequest = new RequestType<InitializeParams, InitializeResult, WireError>('initialize');
export const runJobRequest = new RequestType<{ jobId: number; job: Job }, JobResult, WireError>('runJob');
export const jobEventNotification = new NotificationType<JobEvent>('jobEvent');
export const logNotification = new NotificationType<LogMessage>('log');
/** Asks the engine to end by itself once nothing runs. */
export const shutdownRequest = new RequestType<null, null, WireError>('shutdown');
