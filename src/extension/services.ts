import type * as vscode from 'vscode';
import type { EngineClient } from './engineClient.ts';

/** What commands and editors share; made once, by `activate`. */
export interface Services {
  /** Loaded with the first job. */
  readonly engine: () => Promise<EngineClient>;
  readonly log: vscode.LogOutputChannel;
  readonly extensionUri: vscode.Uri;
  /** Where provider libraries for CUDA are installed. */
  readonly cudaFolder: string;
}
