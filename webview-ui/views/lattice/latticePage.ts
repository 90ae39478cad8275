import { phrase, t } from '../../l10n.ts';
import type { LatticePreview } from '../../../src/protocol/microscaleJobs.ts';
import { element, phraseNodes, setText } from '../../dom.ts';
import { cropInWords, latticeSummary, signedValue, stepInWords } from '../../latticeWording.ts';
import { noPicture } from '../picture.ts';
import { createPreviewFrame, type PreviewContent } from '../previewFrame.ts';
import type { View } from '../view.ts';

type PreviewedAttribute = LatticePreview['attributes'][number];

/** What each step of the lattice does to a few images: three crops along a segment of each attribute. */
export function createLatticePage(showLog: () => void): View<PreviewContent<LatticePreview>> {
  return createPreviewFrame({ loading: t('Moving images…'), create: createLattice, showLog });
}

function createLattice(): View<LatticePreview> {
  const title = element('h1');
  const summary = element('p', { class: 'summary' });
  const hint = element('p', {
    class: 'muted',
    text: t(
      'The three in a row differ in that attribute alone: the others have values drawn at random, the same on all three. What is moved, and how far, is in the settings attributeLens.latticeAttributes and attributeLens.latticeSteps.',
    ),
  });
  const attributes = element('main', { class: 'lattice-attributes' });
  const root = element(
    'div',
    { class: 'lattice' },
    element('header', { class: 'page-header' }, title, summary, hint),
    attributes,
  );
  let drawn: LatticePreview | null = null;
  return {
    element: root,
    update(preview) {
      if (drawn === preview) return;
      drawn = preview;
      title.replaceChildren(...phraseNodes(phrase('Lattice of {0}', { name: preview.dataset })));
      setText(summary, latticeSummary(preview));
      const aspect = String(preview.width / preview.height);
      attributes.replaceChildren(
        ...preview.attributes.map((attribute) => attributeElement(attribute, aspect)),
      );
    },
  };
}

function attributeElement(attribute: PreviewedAttribute, aspect: string): HTMLElement {
  return element(
    'section',
    { attributes: { 'aria-label': attribute.name } },
    element('h2', { text: attribute.name }),
    element('p', { class: 'muted', text: stepInWords(attribute) }),
    attribute.rows.length === 0
      ? element('p', { text: t('None of the images could be moved along it.') })
      : element('ul', { class: 'segments' }, ...attribute.rows.map((row) => segment(attribute, row, aspect))),
  );
}

function segment(
  attribute: PreviewedAttribute,
  { image, values, crops }: PreviewedAttribute['rows'][number],
  aspect: string,
): HTMLElement {
  return element(
    'li',
    { class: 'segment' },
    element(
      'div',
      { class: 'steps' },
      ...crops.map((uri, i) => {
        const value = values[i] ?? Number.NaN;
        return element(
          'figure',
          {},
          cropElement(uri, cropInWords(image, attribute, value), aspect),
          element('figcaption', { text: signedValue(value), attributes: { 'aria-hidden': true } }),
        );
      }),
    ),
    element('p', { class: 'muted segment-name' }, ...phraseNodes([{ name: image }])),
  );
}

function cropElement(uri: string, alt: string, aspect: string): HTMLElement {
  const picture = element('img', { attributes: { alt, draggable: false } });
  const frame = element('div', { class: 'step-crop' }, picture);
  frame.style.aspectRatio = aspect;
  picture.addEventListener('error', () => picture.replaceWith(noPicture()));
  picture.src = uri;
  return frame;
}
