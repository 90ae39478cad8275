import './standalone.css';
import { openStandaloneHost } from './standaloneHost.ts';

/** Wiring only: what an exported page runs before the page's own script, in place of the editor. */
globalThis.attributeLensStandalone = true;

declare global {
  var acquireVsCodeApi: () => ReturnType<typeof openStandaloneHost>;
}

const host = openStandaloneHost();
globalThis.acquireVsCodeApi = () => host;
