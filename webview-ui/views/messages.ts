import { webviewProtocolVersion } from '../../src/protocol/webviewProtocolVersion.ts';
import { element } from '../dom.ts';
import { button } from './controls.ts';
import type { Actions } from './view.ts';

/** Pages without a report: each says what is the case and what can be done. */

export function loadingPage(): HTMLElement {
  return element(
    'div',
    { class: 'message', attributes: { role: 'status' } },
    element('p', { class: 'muted', text: 'Reading the report…' }),
  );
}

export function failedPage(message: string, actions: Actions): HTMLElement {
  return element(
    'div',
    { class: 'message', attributes: { role: 'alert' } },
    element('h1', { text: 'This report cannot be shown' }),
    element('p', { text: message }),
    element(
      'p',
      { class: 'buttons' },
      button('Open as Text', () => actions.post({ type: 'openAsText' })),
      button('Show Log', () => actions.post({ type: 'showLog' }), true),
    ),
  );
}

export function versionMismatchPage(hostVersion: number, actions: Actions): HTMLElement {
  return element(
    'div',
    { class: 'message', attributes: { role: 'alert' } },
    element('h1', { text: 'The page and the extension are of different versions' }),
    element('p', {
      text:
        `The page speaks version ${webviewProtocolVersion} of their protocol, the extension version ${hostVersion}. ` +
        'Reload the window: «Developer: Reload Window» in the command palette.',
    }),
    element(
      'p',
      { class: 'buttons' },
      button('Show Log', () => actions.post({ type: 'showLog' }), true),
    ),
  );
}

/** A report that is whole but holds nothing to draw. */
export function emptyResults(): HTMLElement {
  return element(
    'div',
    { class: 'message' },
    element('h2', { text: 'No attribute was compared' }),
    element('p', {
      text:
        'The report holds no KS distances. An attribute needs at least two identities in each of its modalities; ' +
        'what was left out, and why, stands above.',
    }),
  );
}
