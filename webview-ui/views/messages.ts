import { webviewProtocolVersion } from '../../src/protocol/webviewProtocolVersion.ts';
import { element } from '../dom.ts';
import { button } from './controls.ts';
import { t } from '../l10n.ts';

/** Pages without content: each says what is the case and what can be done. */

export function loadingPage(text: string): HTMLElement {
  return element(
    'div',
    { class: 'message', attributes: { role: 'status' } },
    element('p', { class: 'muted', text }),
  );
}

export interface WayOut {
  readonly text: string;
  readonly action: () => void;
}

/** The first way out is the one to try. */
export function failedPage(title: string, message: string, waysOut: readonly WayOut[]): HTMLElement {
  const buttons = waysOut.map(({ text, action }, i) => button(text, action, i > 0));
  return alertPage(title, message, buttons);
}

function alertPage(title: string, message: string, buttons: readonly HTMLElement[]): HTMLElement {
  return element(
    'main',
    {},
    element(
      'div',
      { class: 'message', attributes: { role: 'alert' } },
      element('h1', { text: title }),
      element('p', { text: message }),
      element('p', { class: 'buttons' }, ...buttons),
    ),
  );
}

export function versionMismatchPage(hostVersion: number, showLog: () => void): HTMLElement {
  return alertPage(
    t('The page and the extension are of different versions'),
    t(
      'The page speaks version {0} of their protocol, the extension version {1}. Reload the window: «Developer: Reload Window» in the command palette.',
      webviewProtocolVersion,
      hostVersion,
    ),
    [button(t('Show Log'), showLog, true)],
  );
}

/** A report that is whole but holds nothing to draw. */
export function emptyResults(): HTMLElement {
  return element(
    'div',
    { class: 'message' },
    element('h2', { text: t('No attribute was compared') }),
    element('p', {
      text: t(
        'The report holds no KS distances. An attribute needs at least two identities in each of its modalities; what was left out, and why, stands above.',
      ),
    }),
  );
}
