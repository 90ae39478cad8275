import './preview.css';
import type { AlignmentPreview } from '../src/protocol/jobs.ts';
import type {
  PreviewHostMessage,
  PreviewPageMessage,
  PreviewPageState,
} from '../src/protocol/webviewMessages.ts';
import { connectToHost } from './host.ts';
import { parsePreviewState, type PreviewView, viewPreview } from './previewState.ts';
import { currentTheme, onThemeChange } from './themeSource.ts';
import { createPreviewPage } from './views/preview/previewPage.ts';
import type { PreviewContent } from './views/previewFrame.ts';

/** Wiring of the alignment preview only, as main.ts is of the report. */

let preview: AlignmentPreview | null = null;
let failure: Exclude<PreviewHostMessage, { type: 'preview' }> | null = null;

const page = createPreviewPage({ change, post: (message) => host.post(message) });
document.body.append(page.element);
const host = connectToHost<PreviewHostMessage, PreviewPageMessage, PreviewPageState>({
  accepts: { preview: true, failed: true, versionMismatch: true },
  parseState: parsePreviewState,
  onMessage: receive,
});
let state = host.loadState();
render();
onThemeChange(render);

function change(patch: PreviewPageState): void {
  state = { ...state, ...patch };
  host.saveState(state);
  render();
}

function receive(message: PreviewHostMessage): void {
  if (message.type === 'preview') {
    preview = message.preview;
    failure = null;
  } else {
    failure = message;
  }
  render();
}

function render(): void {
  page.update(content(), currentTheme());
}

function content(): PreviewContent<PreviewView> {
  if (failure?.type === 'versionMismatch') {
    return { kind: 'versionMismatch', hostVersion: failure.hostVersion };
  }
  if (failure) return { kind: 'failed', message: failure.message };
  return preview ? { kind: 'preview', view: viewPreview(preview, state) } : { kind: 'loading' };
}
