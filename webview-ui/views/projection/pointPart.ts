import { element, phraseNodes } from '../../dom.ts';
import { decimalsFor, formatFixed } from '../../format.ts';
import { phrase, t } from '../../l10n.ts';
import { attributeGroupNames, numberName } from '../../projection/projectionWording.ts';
import { neighboursOf, type ShownProjection } from '../../projection/projectionState.ts';
import type { Phrase } from '../../wording.ts';
import { button } from '../controls.ts';
import { createFaceGrid } from '../faceGrid.ts';
import type { Actions, View } from '../view.ts';

export interface PointContent {
  readonly shown: ShownProjection;
  readonly point: number;
}

/** One image: its face, who it is, what is known of it, and what the model finds most like it. */
export function createPointPart(
  actions: Actions,
  pick: (point: number | null) => void,
): View<PointContent> & { focus(): void } {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const face = createFaceGrid(actions);
  face.element.classList.add('one-face');
  const facts = element('dl', { class: 'provenance point-facts' });
  const neighboursTitle = element('h3');
  const neighboursNote = element('p', { class: 'muted' });
  const neighbours = createFaceGrid(actions);
  neighbours.element.classList.add('neighbour-faces');
  const attributesTitle = element('h3', { text: t('Attributes') });
  const attributes = element('dl', { class: 'provenance' });
  const root = element(
    'section',
    { class: 'picked-point', attributes: { 'aria-label': t('One image') } },
    element(
      'div',
      { class: 'point-title' },
      title,
      button(t('Close'), () => pick(null), true),
    ),
    element('div', { class: 'point-head' }, face.element, facts),
    neighboursTitle,
    neighboursNote,
    neighbours.element,
    attributesTitle,
    attributes,
  );
  return {
    element: root,
    focus: () => title.focus(),
    update({ shown, point }) {
      const { points } = shown.projection;
      const model = shown.model.model;
      const image = points.images[point]!;
      title.replaceChildren(...phraseNodes([{ name: image }]));
      face.show([{ image, caption: [] }], model);
      facts.replaceChildren(...factsOf(shown, point).flatMap(factElements));
      attributes.replaceChildren(...attributesOf(shown, point).flatMap(listElements));
      attributesTitle.hidden = attributes.childElementCount === 0;
      const near = neighboursOf(shown.model, point);
      neighboursTitle.textContent = t('Nearest neighbours');
      neighboursNote.textContent = neighboursInWords(shown);
      neighbours.show(
        near.map((one) => ({
          image: points.images[one.point]!,
          caption: neighbourCaption(shown, point, one),
          choose: { title: t('Show it on the map'), act: () => goTo(one.point) },
        })),
        model,
      );
    },
  };

  /** What was clicked is gone: the focus stays with what is read. */
  function goTo(point: number): void {
    pick(point);
    title.focus();
  }
}

function neighboursInWords({ model }: ShownProjection): string {
  return model.metric === 'cosine'
    ? t(
        'By cosine distance between embeddings, not by place on the map. A click below a face goes to its point.',
      )
    : t(
        'By Euclidean distance between embeddings, not by place on the map. A click below a face goes to its point.',
      );
}

function neighbourCaption(
  { projection: { points }, model, identitiesKnown }: ShownProjection,
  from: number,
  { point, distance }: { readonly point: number; readonly distance: number },
): Phrase {
  const decimals = model.metric === 'cosine' ? 3 : decimalsFor(Math.abs(distance) || 1);
  const number = { number: formatFixed(distance, decimals) };
  if (!identitiesKnown) return [number];
  return points.identities[point] === points.identities[from]
    ? phrase('{0} same person', number)
    : phrase('{0} {1}', number, { name: points.identityNames[points.identities[point]!]! });
}

interface Fact {
  readonly term: string;
  readonly value: Phrase;
}

function factsOf({ projection, identitiesKnown }: ShownProjection, point: number): readonly Fact[] {
  const { points, numbers } = projection;
  const person = { name: points.identityNames[points.identities[point]!]! };
  return [
    ...(identitiesKnown ? [{ term: t('Person'), value: [person] }] : []),
    ...numbers.map(({ name, values }) => ({
      term: numberName(name),
      value: [{ number: numberOf(values[point] ?? null) }],
    })),
  ];
}

interface NameList {
  readonly term: string;
  readonly names: readonly Phrase[];
}

function attributesOf(
  { projection: { attributes }, ruleOf }: ShownProjection,
  point: number,
): readonly NameList[] {
  const named = (code: string, nameOf: (name: string) => Phrase) =>
    attributes.flatMap(({ name, codes }) => (codes.charAt(point) === code ? [nameOf(name)] : []));
  return [
    { term: t('Shows'), names: named('+', (name) => shortName(name, 0, ruleOf)) },
    { term: t('Does not show'), names: named('-', (name) => shortName(name, 1, ruleOf)) },
    { term: t('Not known'), names: named('?', (name) => [{ name }]) },
  ].filter(({ names }) => names.length > 0);
}

/** The bare name where that says it; of a split, its side. */
function shortName(name: string, side: 0 | 1, ruleOf: ShownProjection['ruleOf']): Phrase {
  const { kind } = ruleOf(name);
  const isYesOrNo = kind === 'binary' || kind === 'oneVsRest' || kind === 'combination';
  return isYesOrNo ? [{ name }] : attributeGroupNames(name, ruleOf)[side];
}

function numberOf(value: number | null): string {
  if (value === null) return '—';
  return Number.isInteger(value) ? formatFixed(value, 0) : formatFixed(value, decimalsFor(Math.abs(value)));
}

function factElements({ term, value }: Fact): HTMLElement[] {
  return [element('dt', { text: term }), element('dd', {}, ...phraseNodes(value))];
}

function listElements({ term, names }: NameList): HTMLElement[] {
  const items = names.map((name) => element('li', {}, ...phraseNodes(name)));
  return [element('dt', { text: term }), element('dd', {}, element('ul', { class: 'name-list' }, ...items))];
}
