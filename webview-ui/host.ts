import { webviewProtocolVersion } from '../src/protocol/webviewProtocolVersion.ts';
import type { HostMessage, PageMessage, PageState } from '../src/protocol/webviewMessages.ts';
import { parsePageState } from './pageState.ts';

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the page sees it. */
export interface Host {
  post(message: PageMessage): void;
  loadState(): PageState;
  saveState(state: PageState): void;
}

/** Listens, then says `ready`: an answer cannot come before the page hears it. */
export function connectToHost(onMessage: (message: HostMessage) => void): Host {
  const api = acquireVsCodeApi();
  const report = (reason: unknown) =>
    api.postMessage({
      type: 'pageError',
      message: reason instanceof Error ? stackOf(reason) : String(reason),
    });
  window.addEventListener('error', (event) => report(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => report(event.reason));
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isHostMessage(data)) onMessage(data);
  });
  api.postMessage({ type: 'ready', version: webviewProtocolVersion });
  return {
    post: (message) => api.postMessage(message),
    loadState: () => parsePageState(api.getState()),
    saveState: (state) => api.setState(state),
  };
}

/** By tag alone: the host has validated the report, and nobody else can post into the webview. */
function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  const { type } = data;
  return type === 'report' || type === 'failed' || type === 'versionMismatch';
}

function stackOf(error: Error): string {
  return error.stack ?? error.message;
}
