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
  const root = element(
    'section',
    { class: 'picked-point', attributes: { 'aria-label': t('One image') } },
    title,
    element('div', { class: 'point-head' }, face.element, facts),
    element(
      'p',
      { class: 'buttons' },
      button(t('Close'), () => pick(null), true),
    ),
    neighboursTitle,
    neighboursNote,
    neighbours.element,
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
      const near = neighboursOf(shown.model, point);
      neighboursTitle.textContent = t('Nearest neighbours');
      neighboursNote.textContent = neighboursInWords(shown);
      neighbours.show(
        near.map((one) => ({
          image: points.images[one.point]!,
          caption: neighbourCaption(shown, point, one),
          choose: { title: t('Show it on the map'), act: () => pick(one.point) },
        })),
        model,
      );
    },
  };
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

function factsOf({ projection, identitiesKnown, ruleOf }: ShownProjection, point: number): readonly Fact[] {
  const { points, attributes, numbers } = projection;
  const named = (code: string) =>
    attributes.filter(({ codes }) => codes.charAt(point) === code).map(({ name }) => name);
  const groups = (names: readonly string[], side: 0 | 1) =>
    listed(names.map((name) => shortName(name, side, ruleOf)));
  return [
    ...(identitiesKnown
      ? [{ term: t('Person'), value: [{ name: points.identityNames[points.identities[point]!]! }] }]
      : []),
    { term: t('Shows'), value: groups(named('+'), 0) },
    { term: t('Does not show'), value: groups(named('-'), 1) },
    { term: t('Not known'), value: listed(named('?').map((name) => [{ name }])) },
    ...numbers.map(({ name, values }) => ({
      term: numberName(name),
      value: [{ number: numberOf(values[point] ?? null) }],
    })),
  ].filter(({ value }) => value.length > 0);
}

/** The bare name where that says it; of a split, its side. */
function shortName(name: string, side: 0 | 1, ruleOf: ShownProjection['ruleOf']): Phrase {
  const { kind } = ruleOf(name);
  const isYesOrNo = kind === 'binary' || kind === 'oneVsRest' || kind === 'combination';
  return isYesOrNo ? [{ name }] : attributeGroupNames(name, ruleOf)[side];
}

function listed(phrases: readonly Phrase[]): Phrase {
  return phrases.flatMap((one, i) => (i === 0 ? one : [', ', ...one]));
}

function numberOf(value: number | null): string {
  if (value === null) return '—';
  return Number.isInteger(value) ? formatFixed(value, 0) : formatFixed(value, decimalsFor(Math.abs(value)));
}

function factElements({ term, value }: Fact): HTMLElement[] {
  return [element('dt', { text: term }), element('dd', {}, ...phraseNodes(value))];
}
