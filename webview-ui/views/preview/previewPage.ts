import type { PreviewPageMessage, PreviewPageState } from '../../../src/protocol/webviewMessages.ts';
import { element, phraseNodes, setText } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { detectionInWords } from '../../faceWording.ts';
import { type PreviewGroup, previewSummary, type PreviewView } from '../../previewState.ts';
import { checkbox } from '../checkbox.ts';
import { createPreviewFrame, type PreviewContent } from '../previewFrame.ts';
import type { View } from '../view.ts';
import { createCard } from './card.ts';
import { phrase, t } from '../../l10n.ts';

export interface PreviewActions {
  change(patch: PreviewPageState): void;
  post(message: PreviewPageMessage): void;
}

/** Originals with what was found in them beside what the model will see of them, those left out first. */
export function createPreviewPage(actions: PreviewActions): View<PreviewContent<PreviewView>> {
  return createPreviewFrame({
    loading: t('Aligning images…'),
    create: () => createPreview(actions),
    showLog: () => actions.post({ type: 'showLog' }),
  });
}

function createPreview(actions: PreviewActions): View<PreviewView> {
  const title = element('h1');
  const summary = element('p', { class: 'summary' });
  const detection = element('p', { class: 'muted' });
  const failuresOnly = checkbox(t('Failures only'), t('Hide the images that are aligned'), (checked) =>
    actions.change({ failuresOnly: checked }),
  );
  const count = element('span', { class: 'count muted', attributes: { role: 'status' } });
  const groups = element('main', { class: 'groups' });
  const nothing = element('p', { class: 'nothing muted' });
  const root = element(
    'div',
    { class: 'preview' },
    element(
      'header',
      { class: 'page-header' },
      title,
      summary,
      detection,
      element('div', { class: 'toolbar' }, failuresOnly.element, legend(), count),
    ),
    groups,
    nothing,
  );
  let drawn: PreviewView['preview'] | null = null;
  let cards = new Map<object, HTMLElement>();
  return {
    element: root,
    update(view) {
      const { preview } = view;
      if (drawn !== preview) {
        drawn = preview;
        cards = new Map(preview.images.map((image) => [image, createCard(image, preview, actions)]));
        title.replaceChildren(...phraseNodes(phrase('Alignment of {0}', { name: preview.dataset })));
        setText(summary, previewSummary(preview));
        setText(detection, detectionInWords(preview.alignment) ?? '');
        detection.hidden = detection.textContent === '';
      }
      failuresOnly.set(view.failuresOnly);
      groups.replaceChildren(...view.groups.map((group) => groupElement(group, cards)));
      const nShown = view.groups.reduce((n, { images }) => n + images.length, 0);
      setText(count, t('{0} of {1} shown', formatCount(nShown), formatCount(preview.images.length)));
      setText(nothing, nothingToShow(view));
      nothing.hidden = view.groups.length > 0;
    },
  };
}

function groupElement({ title, images }: PreviewGroup, cards: ReadonlyMap<object, HTMLElement>): HTMLElement {
  return element(
    'section',
    { attributes: { 'aria-label': title } },
    element('h2', { text: title }),
    element('ul', { class: 'cards' }, ...images.map((image) => cards.get(image)!)),
  );
}

function nothingToShow({ preview, failuresOnly }: PreviewView): string {
  if (preview.images.length === 0) return t('The data set has no images.');
  return failuresOnly ? t('None of {0} images is left out.', formatCount(preview.images.length)) : '';
}

function legend(): HTMLElement {
  const entry = (kind: string, text: string) =>
    element('span', {}, element('span', { class: `box-sign ${kind}` }), text);
  return element(
    'div',
    { class: 'legend', attributes: { 'aria-hidden': true } },
    entry('chosen', t('face that is taken')),
    entry('other', t('other faces')),
  );
}
