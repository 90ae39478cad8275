import { webviewProtocolVersion } from '../src/protocol/webviewProtocolVersion.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Messages that every page has in common. */
type CommonMessage =
  | { readonly type: 'ready'; readonly version: number }
  | { readonly type: 'pageError'; readonly message: string };

/** The extension, as a page sees it. */
export interface Host<Message, State> {
  post(message: Message): void;
  loadState(): State;
  saveState(state: State): void;
}

export interface HostOptions<Incoming extends { readonly type: string }, State> {
  /** Tags of the messages that the page understands. */
  readonly accepts: Readonly<Record<Incoming['type'], true>>;
  parseState(value: unknown): State;
  onMessage(message: Incoming): void;
}

/** Listens, then says `ready`: an answer cannot come before the page hears it. */
export function connectToHost<Incoming extends { readonly type: string }, Message, State>(
  options: HostOptions<Incoming, State>,
): Host<Message, State> {
  const api = acquireVsCodeApi();
  const post = (message: Message | CommonMessage) => api.postMessage(message);
  const report = (reason: unknown) =>
    post({ type: 'pageError', message: reason instanceof Error ? stackOf(reason) : String(reason) });
  window.addEventListener('error', (event) => report(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => report(event.reason));
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // By tag alone: the host has validated what it sends, and nobody else can post into the webview.
    if (isTagged(data, options.accepts)) options.onMessage(data as Incoming);
  });
  post({ type: 'ready', version: webviewProtocolVersion });
  return {
    post,
    loadState: () => options.parseState(api.getState()),
    saveState: (state) => api.setState(state),
  };
}

function isTagged(data: unknown, tags: Readonly<Record<string, true>>): data is { readonly type: string } {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return typeof data.type === 'string' && Object.hasOwn(tags, data.type);
}

function stackOf(error: Error): string {
  return error.stack ?? error.message;
}
