import type * as vscode from 'vscode';
import { isAppError, messageOf } from '../domain/appError.ts';
import type { HostMessage } from '../protocol/webviewMessages.ts';
import { checkReport } from './checkReport.ts';
import type { Services } from './services.ts';

export interface FreshnessTeller {
  /** Looks, and tells the page; one look at a time, an earlier one is given up. */
  readonly tell: () => void;
}

/** Tells a report's page whether its inputs are still what they were. `closed` ends it. */
export function freshnessTeller(
  services: Services,
  uri: vscode.Uri,
  post: (message: HostMessage) => Promise<void>,
  closed: AbortSignal,
): FreshnessTeller {
  let current = new AbortController();
  const look = async (abort: AbortController) => {
    try {
      const freshness = await checkReport(services, uri, AbortSignal.any([abort.signal, closed]));
      if (freshness && !abort.signal.aborted) await post({ type: 'freshness', freshness });
    } catch (error) {
      // The page says nothing then: nobody asked for the look.
      if (!isAppError(error, 'cancelled')) services.log.warn(`${uri.fsPath}: ${messageOf(error)}`);
    }
  };
  return {
    tell: () => {
      current.abort();
      current = new AbortController();
      void look(current);
    },
  };
}
