import './lattice.css';
import type { LatticePreview } from '../src/protocol/microscaleJobs.ts';
import type { LatticeHostMessage, LatticePageMessage } from '../src/protocol/webviewMessages.ts';
import { connectToHost } from './host.ts';
import { currentTheme, onThemeChange } from './themeSource.ts';
import { createLatticePage } from './views/lattice/latticePage.ts';
import type { PreviewContent } from './views/previewFrame.ts';

/** Wiring of the lattice preview only, as main.ts is of the report. */

let content: PreviewContent<LatticePreview> = { kind: 'loading' };

const page = createLatticePage(() => host.post({ type: 'showLog' }));
document.body.append(page.element);
const host = connectToHost<LatticeHostMessage, LatticePageMessage, object>({
  accepts: { lattice: true, versionMismatch: true },
  parseState: () => ({}),
  onMessage: (message) => {
    content =
      message.type === 'lattice'
        ? { kind: 'preview', view: message.preview }
        : { kind: 'versionMismatch', hostVersion: message.hostVersion };
    render();
  },
});
render();
onThemeChange(render);

function render(): void {
  page.update(content, currentTheme());
}
