import type { HostMessage, PageMessage } from '../src/protocol/webviewMessages.ts';
import { t } from './l10n.ts';
import { contentId } from './standaloneContent.ts';

/** What VS Code gives to a page. */
export interface StandaloneHost {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

type SavedFile = Extract<PageMessage, { type: 'saveFile' }>;

/** Answers the page from what was exported with it. Nothing is fetched, and nothing is kept. */
export function openStandaloneHost(): StandaloneHost {
  let state: unknown;
  followColourScheme();
  return {
    postMessage: perform,
    getState: () => state,
    setState: (value) => {
      state = value;
    },
  };
}

function perform(message: PageMessage): void {
  switch (message.type) {
    case 'ready':
      answer(() => JSON.parse(document.getElementById(contentId)?.textContent ?? '') as HostMessage);
      break;
    case 'requestThumbnails': {
      const { id, model } = message;
      const thumbnails = message.images.map((image) => ({ image, model, uri: null }));
      const failure = t('Images are not part of an exported page.');
      answer(() => ({ type: 'thumbnails', id, thumbnails, failure }));
      break;
    }
    case 'requestProjection':
      answer(() => ({ type: 'projection', projection: null, running: null, failure: null }));
      break;
    case 'copy':
      void copy(message.text);
      break;
    case 'saveFile':
      save(message);
      break;
    // The browser's console has it already.
    case 'pageError':
    // These need the editor, and have no controls here.
    case 'openAsText':
    case 'openDefinition':
    case 'openImage':
    case 'openRow':
    case 'showLog':
    case 'exportReport':
    case 'rerun':
    case 'compare':
      break;
  }
}

/** Later, as the editor does: the page is not yet listening when it asks. By event, so that no other page can. */
function answer(message: () => HostMessage): void {
  setTimeout(() => window.dispatchEvent(new MessageEvent('message', { data: message() })));
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Refused, as some browsers do for files of the disk.
    save({ name: 'copied.txt', encoding: 'utf8', content: text });
  }
}

function save({ name, encoding, content }: Omit<SavedFile, 'type'>): void {
  const bytes =
    encoding === 'utf8' ? content : Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  // Not at once: a browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The classes that VS Code has on `<body>`; colours are in the style sheet. */
function followColourScheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    document.body.classList.add('standalone');
    document.body.classList.toggle('vscode-dark', dark.matches);
    document.body.classList.toggle('vscode-light', !dark.matches);
  };
  show();
  dark.addEventListener('change', show);
}
