import { t } from '../l10n.ts';
import { element } from '../dom.ts';
import { failedPage, loadingPage, versionMismatchPage } from './messages.ts';
import type { View } from './view.ts';

export type PreviewContent<Shown> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'preview'; readonly view: Shown }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'versionMismatch'; readonly hostVersion: number };

/** A page that shows a preview, or why there is none. */
export function createPreviewFrame<Shown>(spec: {
  /** While it is being made. */
  readonly loading: string;
  readonly create: () => View<Shown>;
  readonly showLog: () => void;
}): View<PreviewContent<Shown>> {
  const root = element('div', { class: 'page' });
  let shown: View<Shown> | null = null;
  const messagePage = (content: Exclude<PreviewContent<Shown>, { kind: 'preview' }>): HTMLElement => {
    switch (content.kind) {
      case 'loading':
        return loadingPage(spec.loading);
      case 'failed':
        return failedPage(t('There is no preview'), content.message, [
          { text: t('Show Log'), action: spec.showLog },
        ]);
      case 'versionMismatch':
        return versionMismatchPage(content.hostVersion, spec.showLog);
    }
  };
  return {
    element: root,
    update(content, theme) {
      root.dataset['theme'] = theme.kind;
      if (content.kind !== 'preview') {
        shown = null;
        root.replaceChildren(messagePage(content));
        return;
      }
      if (!shown) {
        shown = spec.create();
        root.replaceChildren(shown.element);
      }
      shown.update(content.view, theme);
    },
  };
}
