import { decimalsFor, formatCount, formatFixed, formatShare } from '../format.ts';
import { phrase, t } from '../l10n.ts';
import { groupName, type Phrase, plainText } from '../wording.ts';
import type { ColourChoice, Colouring } from './colouring.ts';
import type { ShownProjection } from './projectionState.ts';

/** «UMAP», «PCA»: names that are the same in all languages. */
export const methodNames = { umap: 'UMAP', pca: 'PCA' } as const;

/** What the map shows; also its `aria-label`. */
export function mapInWords({ projection, model, method }: ShownProjection): Phrase {
  const n = { number: formatCount(projection.points.images.length) };
  const name = { name: model.model };
  if (method === 'umap') {
    return phrase(
      'Each of {0} points is an image, laid by UMAP so that images whose embeddings by {1} are nearest neighbours lie together.',
      n,
      name,
    );
  }
  const [first, second] = model.pca.explained;
  return phrase(
    'Each of {0} points is an image, on the plane along which its embedding by {1} varies most: {2} of the variance.',
    n,
    name,
    { number: formatShare(first + second) },
  );
}

/** What it does not show. */
export function mapCaveat({ method }: ShownProjection): string {
  return method === 'umap'
    ? t(
        'Which images form a group is worth a look; how far apart groups lie, how large and how dense they are mean little, and another seed draws another map.',
      )
    : t('What varies along other directions is not seen: points that lie on each other may be far apart.');
}

/** `null` where all images are points. */
export function thinnedInWords({ projection: { nImages, points, options } }: ShownProjection): string | null {
  const n = points.images.length;
  if (n >= nImages) return null;
  return t(
    '{0} of {1} images, drawn by chance (seed {2}).',
    formatCount(n),
    formatCount(nImages),
    options.seed,
  );
}

export function axisTitles({ method, model }: ShownProjection): readonly [x: Phrase, y: Phrase] {
  if (method === 'umap') return [phrase('UMAP 1 (no unit)'), phrase('UMAP 2 (no unit)')];
  const [first, second] = model.pca.explained;
  return [
    phrase('Principal component 1: {0} of the variance', formatShare(first)),
    phrase('Principal component 2: {0} of the variance', formatShare(second)),
  ];
}

export function colourName(choice: ColourChoice): string {
  switch (choice.kind) {
    case 'none':
      return t('one colour');
    case 'attribute':
      return choice.name;
    case 'number':
      return numberName(choice.name);
  }
}

/** The names of measured numbers in words; those of annotated ones as they are. */
export function numberName(name: string): string {
  switch (name) {
    case 'brightness':
      return t('brightness');
    case 'contrast':
      return t('contrast');
    case 'saturation':
      return t('saturation');
    case 'hue':
      return t('hue');
    case 'sharpness':
      return t('sharpness');
    case 'embeddingNorm':
      return t('norm of the embedding');
    case 'imagesOfPerson':
      return t('images of the person');
    default:
      return name;
  }
}

/** One entry for each group of an attribute's colouring: with it, without it, not known. */
export function attributeGroupNames(
  name: string,
  ruleOf: ShownProjection['ruleOf'],
): readonly [positive: Phrase, negative: Phrase, unknown: Phrase] {
  const rule = ruleOf(name);
  return [groupName(name, rule, 'positive'), groupName(name, rule, 'negative'), phrase('not known')];
}

/** The least and the greatest colour of a number's ramp, as far as its digits matter. */
export function rampEnds({ range }: Colouring): readonly [low: string, high: string] | null {
  if (!range) return null;
  const decimals = decimalsFor(range.high - range.low);
  const [low, high] = [formatFixed(range.low, decimals), formatFixed(range.high, decimals)];
  return [range.least < range.low ? `≤ ${low}` : low, range.greatest > range.high ? `≥ ${high}` : high];
}

/** What a point is coloured by: «with Eyeglasses», «brightness 0.512». */
export function pointColourInWords(shown: ShownProjection, point: number): Phrase | null {
  const { choice, groupOf } = shown.colouring;
  switch (choice.kind) {
    case 'none':
      return null;
    case 'attribute': {
      const group = groupOf[point]!;
      return group === 2
        ? phrase('{0} not known', { name: choice.name })
        : attributeGroupNames(choice.name, shown.ruleOf)[group]!;
    }
    case 'number': {
      const value = shown.projection.numbers.find(({ name }) => name === choice.name)?.values[point] ?? null;
      const name = { name: numberName(choice.name) };
      if (value === null) return phrase('{0} not known', name);
      return phrase('{0} {1}', name, { number: numberText(value, shown.colouring) });
    }
  }
}

export function numberText(value: number, { range }: Colouring): string {
  return formatFixed(value, range ? decimalsFor(range.high - range.low) : 3);
}

/** One point, as a pointer over it or the cursor at it says. */
export function pointInWords(shown: ShownProjection, point: number): Phrase {
  const { images, identities, identityNames } = shown.projection.points;
  const image = { name: images[point]! };
  const person = { name: identityNames[identities[point]!]! };
  const colour = pointColourInWords(shown, point);
  if (!shown.identitiesKnown) return colour ? phrase('{0}, {1}', image, colour) : [image];
  return colour ? phrase('{0} of {1}, {2}', image, person, colour) : phrase('{0} of {1}', image, person);
}

export function selectedInWords(nImages: number, nPeople: number, identitiesKnown: boolean): Phrase {
  const images = { number: formatCount(nImages) };
  const one = { number: '1' };
  if (!identitiesKnown) {
    return nImages === 1 ? phrase('{0} image selected', one) : phrase('{0} images selected', images);
  }
  if (nImages === 1) return phrase('{0} image of {1} person selected', one, one);
  if (nPeople === 1) return phrase('{0} images of {1} person selected', images, one);
  return phrase('{0} images of {1} people selected', images, { number: formatCount(nPeople) });
}

/** What a screen reader says at the end of a lasso or a rectangle. */
export function selectionSpoken(nImages: number): string {
  switch (nImages) {
    case 0:
      return t('No image in there.');
    case 1:
      return t('1 image selected.');
    default:
      return t('{0} images selected.', formatCount(nImages));
  }
}

/** Everything that a screen reader needs to know on the way in. */
export function plotLabel(shown: ShownProjection): string {
  return t(
    '{0} Arrow keys move a cursor, Enter sets two corners of a rectangle that selects, Space picks the nearest point, + and − zoom, 0 shows all, T shows a table.',
    plainText(mapInWords(shown)),
  );
}
