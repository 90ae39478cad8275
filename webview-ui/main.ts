import './styles.css';
import type { Freshness } from '../src/protocol/reportJobs.ts';
import type { HostMessage, PageMessage, PageState } from '../src/protocol/webviewMessages.ts';
import { viewComparison } from './comparisonState.ts';
import { connectToHost } from './host.ts';
import { lazyThumbnails } from './lazyThumbnails.ts';
import { parsePageState } from './pageState.ts';
import type { ReceivedProjection } from './projection/projectionState.ts';
import { viewReport } from './state.ts';
import { currentTheme, onThemeChange } from './themeSource.ts';
import { ThumbnailLoader } from './thumbnails.ts';
import { createPage, type PageContent } from './views/page.ts';

/** Wiring only: messages and choices change what is known, and the page is drawn from it. */

let loaded: Extract<HostMessage, { type: 'report' | 'comparison' }> | null = null;
let projection: ReceivedProjection | null = null;
let freshness: Freshness | null = null;
let failure: Extract<HostMessage, { type: 'failed' | 'versionMismatch' }> | null = null;
let theme = currentTheme();

const post = (message: PageMessage) => host.post(message);
const thumbnails = new ThumbnailLoader(post, render);
const page = createPage({ change, post, thumbnails: lazyThumbnails(thumbnails) });
document.body.append(page.element);
const host = connectToHost<HostMessage, PageMessage, PageState>({
  accepts: {
    report: true,
    failed: true,
    versionMismatch: true,
    thumbnails: true,
    comparison: true,
    freshness: true,
    projection: true,
  },
  parseState: parsePageState,
  onMessage: receive,
});
let state = host.loadState();
render();

onThemeChange((changed) => {
  theme = changed;
  render();
});

function change(patch: PageState): void {
  state = { ...state, ...patch };
  host.saveState(state);
  render();
}

function receive(message: HostMessage): void {
  if (message.type === 'thumbnails') {
    thumbnails.receive(message.thumbnails, message.failure ?? null);
    return;
  }
  if (message.type === 'projection') {
    projection = message;
    render();
    return;
  }
  if (message.type === 'freshness') {
    freshness = message.freshness;
    render();
    return;
  }
  const receivedAt = performance.now();
  if (message.type === 'report') {
    loaded = message;
    failure = null;
    freshness = null;
    // Of other data it says nothing; the section asks anew.
    if (projection?.projection?.datasetDigest !== message.report.inputs.dataset.digest) projection = null;
    const { digest, annotationFile } = message.report.inputs.dataset;
    thumbnails.setSource({ digest, hasRows: annotationFile !== null });
  } else if (message.type === 'comparison') {
    loaded = message;
    failure = null;
  } else {
    failure = message;
  }
  render();
  measureFirstFrame(receivedAt);
}

function render(): void {
  page.update(content(), theme);
}

function content(): PageContent {
  if (failure?.type === 'versionMismatch') {
    return { kind: 'versionMismatch', hostVersion: failure.hostVersion };
  }
  if (loaded?.type === 'comparison') {
    const view = viewComparison(loaded.comparison, loaded.fileName, state);
    return { kind: 'comparison', view, stale: failure?.message ?? null };
  }
  if (loaded) {
    return {
      kind: 'report',
      view: viewReport(loaded.report, loaded.fileName, state, projection),
      stale: failure?.message ?? null,
      freshness,
    };
  }
  return failure ? { kind: 'failed', message: failure.message } : { kind: 'loading' };
}

/** From the message to the frame that shows it, for the bench: a task behind the frame's own callbacks. */
function measureFirstFrame(start: number): void {
  requestAnimationFrame(() => {
    setTimeout(() =>
      performance.measure('attribute-lens:message-to-frame', { start, end: performance.now() }),
    );
  });
}
