import type { Comparison } from '../../../src/protocol/comparisonSchema.ts';
import type { ComparisonView } from '../../comparisonState.ts';
import { findings, noteText } from '../../comparisonWording.ts';
import { element, phraseNodes, setText } from '../../dom.ts';
import { formatCount } from '../../format.ts';
import { phrase, t } from '../../l10n.ts';
import type { Phrase } from '../../wording.ts';
import { select } from '../controls.ts';
import { fileButtons } from '../editorButtons.ts';
import type { Actions, View } from '../view.ts';

const mostOpenNotes = 2;

/** What was compared with what, what was found first, and what to know before believing it. */
export function createComparisonHeader(actions: Actions): View<ComparisonView> {
  const title = element('h1');
  const fileName = element('bdi', { class: 'muted file' });
  const sides = element('div', { class: 'compared-sides muted' });
  const before = select(t('Model before'), (modelX) => choose({ modelX }));
  const after = select(t('Model after'), (modelY) => choose({ modelY }));
  for (const one of [before, after]) one.element.classList.add('compared-model');
  const models = element(
    'div',
    { class: 'between', attributes: { role: 'group', 'aria-label': t('Models') } },
    before.element,
    element('span', { text: '→', attributes: { 'aria-hidden': true } }),
    after.element,
  );
  const list = element('ul', {
    class: 'overview-findings',
    attributes: { 'aria-label': t('What was found') },
  });
  const notesTitle = element('summary');
  const notes = element('details', { class: 'compared-notes' }, notesTitle);
  let shown: ComparisonView | null = null;
  const root = element(
    'header',
    { class: 'page-header' },
    element(
      'div',
      { class: 'title-line' },
      element('div', { class: 'title' }, title, fileName),
      element('div', { class: 'title-actions' }, models, ...fileButtons(actions)),
    ),
    sides,
    element('div', { class: 'overview' }, list),
    notes,
  );

  return {
    element: root,
    update(view) {
      const previous = shown;
      shown = view;
      const isNew = previous?.comparison !== view.comparison || previous.fileName !== view.fileName;
      if (isNew) drawReports(view);
      if (isNew || previous.pair !== view.pair) drawPair(view);
    },
  };

  function drawReports({ comparison, fileName: name }: ComparisonView): void {
    const [one, other] = comparison.sides;
    title.replaceChildren(
      ...phraseNodes(phrase('{0} → {1}', { name: stem(one.file) }, { name: stem(other.file) })),
    );
    setText(fileName, name);
    sides.replaceChildren(
      element('p', {}, ...phraseNodes(sideInWords(one, t('Before')))),
      element('p', {}, ...phraseNodes(sideInWords(other, t('After')))),
    );
    notes.hidden = comparison.notes.length === 0;
    notes.open = comparison.notes.length <= mostOpenNotes;
    setText(
      notesTitle,
      t('To know before believing a difference: {0}', formatCount(comparison.notes.length)),
    );
    notes.replaceChildren(
      notesTitle,
      element(
        'ul',
        {},
        ...comparison.notes.map((note) =>
          element('li', { class: 'strip note', attributes: { dir: 'ltr' }, text: noteText(note) }),
        ),
      ),
    );
  }

  function drawPair(view: ComparisonView): void {
    const { models: names, pair } = view;
    models.hidden = pair === null;
    const choices = (labels: readonly string[]) => labels.map((value) => ({ value, label: value }));
    before.set(choices(names.before), pair?.before ?? '');
    after.set(choices(names.after), pair?.after ?? '');
    list.replaceChildren(
      ...findings(view).map(({ words, section }) => {
        const show = element('button', { class: 'link', text: t('Show'), attributes: { type: 'button' } });
        show.addEventListener('click', () => actions.change({ section }));
        return element('li', {}, element('span', {}, ...phraseNodes(words)), ' ', show);
      }),
    );
  }

  function choose(chosen: { readonly modelX?: string; readonly modelY?: string }): void {
    if (shown?.pair) actions.change({ modelX: shown.pair.before, modelY: shown.pair.after, ...chosen });
  }
}

function sideInWords({ file, inputs, finished }: Comparison['sides'][number], side: string): Phrase {
  const { dataset } = inputs;
  const when = finished.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC');
  return dataset.identitiesKnown
    ? phrase(
        '{0}: {1}, data set {2}, {3} images of {4} people, {5}',
        side,
        { name: file },
        { name: dataset.name },
        formatCount(dataset.nImages),
        formatCount(dataset.nIdentities),
        when,
      )
    : phrase(
        '{0}: {1}, data set {2}, {3} images, {4}',
        side,
        { name: file },
        { name: dataset.name },
        formatCount(dataset.nImages),
        when,
      );
}

function stem(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.attrlens\.json$/, '');
}
