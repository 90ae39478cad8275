import { modalities, type Modality } from '../../src/domain/attributeColumn.ts';
import type { ExtremePairs, PairExample } from '../../src/protocol/exampleSchema.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { decimalsFor, formatCount, formatFixed } from '../format.ts';
import { phrase, t } from '../l10n.ts';
import type { PairsView, ShowMeView } from '../showMeState.ts';
import { groupName, type Phrase } from '../wording.ts';
import { createFaceGrid } from './faceGrid.ts';
import { createPairList } from './pairList.ts';
import { createPictureNotice } from './pictureNotice.ts';
import type { Actions } from './view.ts';

export interface ShowMe {
  readonly element: HTMLElement;
  update(view: ShowMeView): void;
}

/** Faces of both modalities of the chosen attribute, and the pairs at the ends of its distributions. */
export function createShowMe(actions: Actions): ShowMe {
  const notice = createPictureNotice(actions);
  const faces = createFaces(actions);
  const pairs = createPairs(actions);
  const keys = element('p', { class: 'muted' });
  const root = element('div', { class: 'show-me' }, notice.element, faces.element, pairs.element, keys);
  return {
    element: root,
    update(view) {
      notice.update();
      faces.update(view);
      pairs.update(view);
      keys.hidden = view.faces === null && view.pairs.kind !== 'pairs';
      setText(keys, actions.thumbnails.hasRows ? opensAndShowsRow() : opens());
    },
  };
}

function opens(): string {
  return t('A click or Enter opens the image; arrow keys go from one to the next.');
}

function opensAndShowsRow(): string {
  return t(
    'A click or Enter opens the image, with Shift its row in the annotation file; arrow keys go from one to the next.',
  );
}

function createFaces(actions: Actions): ShowMe {
  const heading = element('h3');
  const note = element('p', { class: 'muted' });
  const sides = modalities.map((modality) => createSide(modality, actions));
  const grids = element('div', { class: 'face-sides' }, ...sides.map((side) => side.element));
  return {
    element: element('section', {}, heading, note, grids),
    update(view) {
      setText(heading, t('Faces'));
      grids.hidden = view.faces === null;
      setText(note, facesInWords(view));
      if (view.faces !== null) for (const side of sides) side.update(view);
    },
  };
}

function facesInWords({ faces, noun }: ShowMeView): string {
  if (faces === null) {
    return t(
      'The report names no faces: it was written by an earlier version. Run the analysis again to see some of each side.',
    );
  }
  return noun === 'people'
    ? t('Drawn by seed, each of another person. Examples, not proof.')
    : t('Drawn by seed. Examples, not proof.');
}

function createSide(modality: Modality, actions: Actions): ShowMe {
  const title = element('span');
  const nobody = element('p', { class: 'muted' });
  const grid = createFaceGrid(actions);
  return {
    element: element(
      'div',
      { class: 'face-side' },
      element(
        'h4',
        {},
        element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
        title,
      ),
      nobody,
      grid.element,
    ),
    update(view) {
      const images = view.faces?.[modality] ?? [];
      title.replaceChildren(...phraseNodes(peopleOf(view, modality)));
      nobody.hidden = images.length > 0;
      setText(nobody, t('None.'));
      grid.show(
        images.map((image) => ({ image, caption: [] })),
        view.model,
      );
    },
  };
}

function createPairs(actions: Actions): ShowMe {
  const heading = element('h3');
  const note = element('p', { class: 'muted' });
  const groups = pairGroups.map(({ pick, title }) => createGroup(pick, title, actions));
  const lists = element('div', { class: 'pair-groups' }, ...groups.map((group) => group.element));
  return {
    element: element('section', {}, heading, note, lists),
    update(view) {
      setText(heading, t('Pairs at the ends'));
      setText(note, pairsInWords(view.pairs));
      lists.hidden = view.pairs.kind !== 'pairs';
      if (view.pairs.kind === 'pairs') for (const group of groups) group.update(view);
    },
  };
}

function pairsInWords(pairs: PairsView): string {
  switch (pairs.kind) {
    case 'centroids':
      return t('Each person was compared by the mean of all their images, of which there is no picture.');
    case 'none':
      return t('The report names no pairs of this attribute.');
    case 'pairs':
      return pairs.among === 'all'
        ? t(
            'Pairs of two people at the ends of the distributions above; no image is in more than two of a list. They are the extremes, not the rule, and often errors of the data set.',
          )
        : t(
            'Pairs of two people at the ends of the distributions above, among at most {0} of the points, drawn by seed; no image is in more than two of a list. They are the extremes, not the rule, and often errors of the data set.',
            formatCount(mostPoints),
          );
  }
}

/** `maxExtremePoints` of the analysis. */
const mostPoints = 2_000;

type PickPairs = (pairs: Extract<PairsView, { kind: 'pairs' }>['extremes']) => readonly PairExample[];

const pairGroups: readonly {
  readonly pick: PickPairs;
  readonly title: (view: ShowMeView) => Phrase;
}[] = [
  {
    pick: ({ closestCross }) => closestCross,
    title: (view) =>
      phrase('Closest, one {0} and one {1}', groupOf(view, 'positive'), groupOf(view, 'negative')),
  },
  {
    pick: ({ farthestPositive }) => farthestPositive,
    title: (view) => phrase('Farthest, both {0}', groupOf(view, 'positive')),
  },
  {
    pick: ({ farthestNegative }) => farthestNegative,
    title: (view) => phrase('Farthest, both {0}', groupOf(view, 'negative')),
  },
];

function createGroup(pick: PickPairs, titleOf: (view: ShowMeView) => Phrase, actions: Actions): ShowMe {
  const title = element('span');
  const nothing = element('p', { class: 'muted' });
  const list = createPairList(actions);
  return {
    element: element('div', {}, element('h4', {}, title), nothing, list.element),
    update(view) {
      const { pairs, metric, model } = view;
      const shown = pairs.kind === 'pairs' ? pick(pairs.extremes) : [];
      title.replaceChildren(...phraseNodes(titleOf(view)));
      nothing.hidden = shown.length > 0;
      setText(nothing, t('None.'));
      const decimals = pairs.kind === 'pairs' ? decimalsOf(pairs.extremes) : 0;
      list.show({
        pairs: shown,
        model,
        caption: ({ distance }) => {
          const number = { number: formatFixed(distance, decimals) };
          return metric === 'cosine'
            ? phrase('cosine distance {0}', number)
            : phrase('euclidean distance {0}', number);
        },
      });
    },
  };
}

/** As many as the whole range supports, the same in all lists. */
function decimalsOf({ closestCross, farthestPositive, farthestNegative }: ExtremePairs): number {
  const distances = [closestCross, farthestPositive, farthestNegative].flat().map(({ distance }) => distance);
  return decimalsFor(Math.max(...distances) - Math.min(...distances));
}

function peopleOf(view: ShowMeView, modality: Modality): Phrase {
  const group = groupOf(view, modality);
  return view.noun === 'people' ? phrase('People {0}', group) : phrase('Images {0}', group);
}

function groupOf({ attribute, rule }: ShowMeView, modality: Modality): Phrase {
  return groupName(attribute, rule, modality);
}
