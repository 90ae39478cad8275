import { fewIdentities } from '../../../src/domain/fewIdentities.ts';
import { element, phraseNodes, setText } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { t } from '../../l10n.ts';
import { mixedNumbers } from '../../projection/mixedNumbers.ts';
import { nPeopleOf, profileOf, type ProfileRow } from '../../projection/profile.ts';
import { profileAsCsv, selectionAsCsv, selectionFileName } from '../../projection/projectionCsv.ts';
import { selectedInWords } from '../../projection/projectionWording.ts';
import type { ShownProjection } from '../../projection/projectionState.ts';
import { button } from '../controls.ts';
import { definitionLink } from '../definitionLink.ts';
import { createFaceGrid } from '../faceGrid.ts';
import type { Actions, View } from '../view.ts';
import { profileTable } from './profileTable.ts';

export interface SelectionContent {
  readonly shown: ShownProjection;
  readonly fileName: string;
  /** Not empty. */
  readonly selected: Int32Array;
}

/** So many at first; of thousands, a part drawn by chance is looked at as well as all. */
const firstFaces = 24;
const mostFaces = 960;
/** The host takes no longer text into the clipboard: it goes to a file. */
const longestCopy = 10_000_000;

/** What is selected: how much, what it has and the rest has not, its faces, and a way out to a file. */
export function createSelectionPart(actions: Actions, clear: () => void): View<SelectionContent> {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const profile = element('div', { class: 'table-frame' });
  const profileTitle = element('h3', { text: t('Attributes inside against outside') });
  const words = element(
    'p',
    { class: 'muted' },
    t(
      'How often each attribute is positive inside and among all other points, and the difference in percentage points. Intervals allow for images of one person not being independent; a selection made by eye differs because it was made so, and some of many differ by chance.',
    ),
    ' ',
    definitionLink(actions, 'selection-profile', t('Profile and interval')),
  );
  const fewNote = element('p', { class: 'strip note', attributes: { role: 'note' } });
  const profileSaver = button(t('Profile as CSV'), () => save('profile', profileAsCsv(rows)), true);
  const faces = createFaceGrid(actions, firstFaces);
  const facesNote = element('p', { class: 'muted' });
  const root = element(
    'section',
    { class: 'selection', attributes: { 'aria-label': t('Selection') } },
    title,
    element(
      'p',
      { class: 'buttons' },
      button(t('Export selection as CSV'), () => save('selection', csv())),
      button(t('Copy'), copy, true),
      profileSaver,
      button(t('Clear'), clear, true),
    ),
    profileTitle,
    words,
    fewNote,
    profile,
    element('h3', { text: t('Faces') }),
    facesNote,
    faces.element,
  );
  let content: SelectionContent | null = null;
  let rows: readonly ProfileRow[] = [];
  let facesFrame = 0;
  let drawn: { readonly selected: Int32Array; readonly model: string; readonly hasRows: boolean } | null =
    null;

  return {
    element: root,
    update(next) {
      content = next;
      const { selected, shown } = next;
      const { hasRows } = actions.thumbnails;
      const model = shown.model.model;
      const isSame = drawn?.selected === selected && drawn.model === model && drawn.hasRows === hasRows;
      if (isSame) return;
      const isNewSelection = drawn?.selected !== selected;
      drawn = { selected, model, hasRows };
      if (isNewSelection) drawProfile(next);
      // Below everything else, and in a frame of its own, so that none is long where thousands are selected.
      cancelAnimationFrame(facesFrame);
      facesFrame = requestAnimationFrame(() => drawFaces(next));
    },
  };

  function drawProfile({ selected, shown }: SelectionContent): void {
    const { projection, identitiesKnown } = shown;
    const nPeople = nPeopleOf(projection, selected);
    title.replaceChildren(...phraseNodes(selectedInWords(selected.length, nPeople, identitiesKnown)));
    rows = profileOf(projection, selected);
    fewNote.hidden = !identitiesKnown || nPeople >= fewIdentities || rows.length === 0;
    setText(
      fewNote,
      t('Fewer than {0} people: the intervals are rough, and likely too narrow.', fewIdentities),
    );
    for (const node of [profileTitle, words, profile, profileSaver]) node.hidden = rows.length === 0;
    profile.replaceChildren(
      profileTable(rows, (attribute) => actions.change({ projectionColour: `attribute:${attribute}` })),
    );
  }

  function drawFaces({ selected, shown }: SelectionContent): void {
    const { images, identities, identityNames } = shown.projection.points;
    const mixed = mixedNumbers(selected.length).slice(0, mostFaces);
    const items = Array.from(mixed, (i) => {
      const point = selected[i]!;
      return {
        image: images[point]!,
        caption: shown.identitiesKnown ? [{ name: identityNames[identities[point]!]! }] : [],
      };
    });
    setText(
      facesNote,
      selected.length > mostFaces
        ? t('{0} of {1}, in mixed order.', formatCount(mostFaces), formatCount(selected.length))
        : t('In mixed order.'),
    );
    faces.show(items, shown.model.model);
  }

  function csv(): string {
    return content ? selectionAsCsv(content.shown.projection, content.shown.points, content.selected) : '';
  }

  function copy(): void {
    const text = csv();
    if (text.length > longestCopy) save('selection', text);
    else actions.post({ type: 'copy', text });
  }

  function save(what: 'selection' | 'profile', text: string): void {
    if (!content) return;
    const name = selectionFileName(content.fileName, content.shown.method, what);
    actions.post({ type: 'saveFile', name, encoding: 'utf8', content: text });
  }
}
