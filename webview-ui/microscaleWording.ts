import type { LatticeInput, MicroscaleRow } from '../src/protocol/microscaleSchema.ts';
import { curvesInWords } from './fieldWording.ts';
import { decimalsFor, decimalsOfInterval, formatCount, formatFixed } from './format.ts';
import { rangeText } from './inference.ts';
import { phrase, t } from './l10n.ts';
import { latticeDescription, unitInWords } from './latticeStepWording.ts';
import type { AttributeLine, EnergyPart, MeasuredView } from './microscaleState.ts';
import { isolated, listed, paragraph, spaced } from './phrases.ts';
import type { Phrase } from './wording.ts';

/** Energies to three decimals, or as many as their interval supports. */
export function formatEnergy({ energy, ci }: Pick<MicroscaleRow, 'energy' | 'ci'>): string {
  return formatFixed(energy, ci === null ? 3 : decimalsOfInterval(ci));
}

export function formatEnergyInterval({ ci }: Pick<MicroscaleRow, 'ci'>): string {
  return ci === null ? '—' : rangeText(ci, decimalsOfInterval(ci));
}

/** Distances with as many decimals as the chart's axis supports. */
export function formatStep(step: number | null, { stepAxis }: Pick<MeasuredView, 'stepAxis'>): string {
  return formatFixed(step, decimalsFor(stepAxis.max));
}

/** «2.3 ×» */
export function formatRatio(ratio: number | null): string {
  return formatFixed(ratio, ratio !== null && ratio < 0.0995 ? 3 : 2);
}

/** «10 nearest neighbours» */
export function ruleInWords(rule: string): string {
  const [kind, value = ''] = rule.split(':');
  switch (kind) {
    case 'knn':
      return value === '1' ? t('the nearest neighbour') : t('{0} nearest neighbours', value);
    case 'ball':
      return t('a ball of {0} of the mean distance', value);
    case 'inverse':
      return t('all points by inverse distance');
    case undefined:
    default:
      return t('all pairs');
  }
}

/** Which stencils the fields are made of. */
export function latticeInWords(lattice: LatticeInput | null): string {
  switch (lattice?.kind) {
    case 'augmented': {
      const nAttributes = lattice.attributes.length;
      const [nPoints, nImages] = [lattice.pointsPerIdentity, lattice.nImages].map(formatCount);
      return nAttributes === 1
        ? t(
            'One attribute of the images themselves is moved, at {0} lattice points of each identity, from {1} images.',
            nPoints!,
            nImages!,
          )
        : t(
            '{0} attributes of the images themselves are moved, at {1} lattice points of each identity, from {2} images.',
            formatCount(nAttributes),
            nPoints!,
            nImages!,
          );
    }
    case 'table':
      return tableInWords(lattice);
    case 'stencils':
      return t('Stencils of ready embeddings: start, base and end.');
    case undefined:
      return '';
  }
}

function tableInWords({ nCurves, nIncomplete }: Extract<LatticeInput, { kind: 'table' }>): string {
  const curves = formatCount(nCurves);
  if (nIncomplete === 0) return t('{0} curves of a table.', curves);
  return nIncomplete === 1
    ? t('{0} curves of a table; 1 more was left out, because a step is missing.', curves)
    : t(
        '{0} curves of a table; {1} more were left out, because a step is missing.',
        curves,
        formatCount(nIncomplete),
      );
}

/** «step 20 grey levels: added to every channel»; empty where the report does not know it. */
export function stepOfAttribute(attribute: string, lattice: LatticeInput | null): string {
  const found =
    lattice?.kind === 'augmented' ? lattice.attributes.find(({ name }) => name === attribute) : undefined;
  if (!found) return '';
  const { unit, step, name } = found;
  const space = unit === '°' || unit.startsWith('%') ? '' : '\u202F';
  const number = Number.isInteger(step) ? formatCount(step) : String(step);
  return t('Step {0}: {1}.', `${number}${space}${unitInWords(unit)}`, latticeDescription(name));
}

/** Which attributes the model follows most and least, in the words of the numbers. */
export function energiesInWords({ ranking, result }: MeasuredView): Phrase {
  const known = ranking.filter(({ mean }) => mean.energy !== null);
  const still = ranking.filter(({ mean }) => !mean.moves);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [t('No attribute has an energy: none of the fields could be measured.')];
  const neighbours = ruleInWords(result.neighbours);
  const extremes =
    first === last
      ? phrase(
          '{0} has the energy {1}, among {2}.',
          { name: first.attribute },
          { number: formatEnergy(first.mean) },
          neighbours,
        )
      : phrase(
          'Most aligned: {0} (energy {1}); least: {2} ({3}), among {4}.',
          { name: first.attribute },
          { number: formatEnergy(first.mean) },
          { name: last.attribute },
          { number: formatEnergy(last.mean) },
          neighbours,
        );
  return spaced([extremes, stillInWords(still)]);
}

function stillInWords(still: readonly AttributeLine[]): Phrase {
  const names = still.map(({ attribute }): Phrase => [{ name: attribute }]);
  const last = names.at(-1);
  if (!last) return [];
  return names.length === 1
    ? phrase(
        '{0} does not move the embedding at all: the model does not see it, or the images do not change by it, as grey ones by hue.',
        last,
      )
    : phrase(
        '{0} and {1} do not move the embedding at all: the model does not see it, or the images do not change by it, as grey ones by hue.',
        listed(names.slice(0, -1)),
        last,
      );
}

/** What the chart shows; also its `aria-label`. */
export function energyChartInWords({ byModel, ranking }: MeasuredView): string {
  const parts = ranking.flatMap((line) => line.parts);
  return paragraph(
    byModel ? t('One line for each attribute and model.') : t('One line for each attribute.'),
    parts.some(({ box }) => box !== null)
      ? t(
          'Left, its energy: 0 aligned, 1 no common direction; each small dot is one identity, the box its quartiles, the line across it the median, whiskers within 1.5 box lengths; the large dot is the mean with its 95 % interval.',
        )
      : t(
          'Left, its energy: 0 aligned, 1 no common direction; each small dot is one identity (too few of them for a box); the large dot is the mean with its 95 % interval.',
        ),
    t('Right, how far a step moves the embedding.'),
  );
}

export function energyChartCaveat(): string {
  return t(
    'An energy near 1 does not by itself say that the model is invariant: with a step length near 0 the model hardly sees the attribute; with a long one it moves every image somewhere else. Both depend on the step size.',
  );
}

/** «does not move», or why there is no energy. */
export function withoutEnergy({ moves, reason }: MicroscaleRow): string {
  if (!moves) return t('does not move');
  return reason === null ? t('no energy') : lowerFirst(reason).replace(/\.$/, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What a screen reader says of a line. */
export function energyLineInWords(line: AttributeLine, view: MeasuredView): string {
  const parts = line.parts.map((part) =>
    view.byModel ? `${isolated(part.label)} ${partInWords(part, view)}` : partInWords(part, view),
  );
  return t('{0}: {1}', isolated(line.attribute), parts.join('; '));
}

function partInWords({ mean }: EnergyPart, view: MeasuredView): string {
  const step = stepInWords(mean, view);
  if (mean.energy === null) return mean.moves ? `${withoutEnergy(mean)}, ${step}` : withoutEnergy(mean);
  const energy = formatEnergy(mean);
  return mean.ci
    ? t('energy {0}, interval {1}, {2}', energy, formatEnergyInterval(mean), step)
    : t('energy {0}, {1}', energy, step);
}

function stepInWords({ stepLength, stepOverWithin, stepOverBetween }: MicroscaleRow, view: MeasuredView) {
  const step = formatStep(stepLength, view);
  const [within, between] = [formatRatio(stepOverWithin), formatRatio(stepOverBetween)];
  if (stepOverWithin === null) {
    return stepOverBetween === null
      ? t('step length {0}', step)
      : t('step length {0} ({1} of the distance of two people’s)', step, between);
  }
  return stepOverBetween === null
    ? t('step length {0} ({1} of the distance of one person’s images)', step, within)
    : t(
        'step length {0} ({1} of the distance of one person’s images, {2} of the distance of two people’s)',
        step,
        within,
        between,
      );
}

/** What the chosen attribute's two numbers say together. */
export function selectedInWords({ selected }: MeasuredView): string {
  if (!selected) return '';
  const { energy, moves, stepOverWithin, reason } = selected.mean;
  if (!moves) {
    return t(
      'It does not move the embedding: start and end of every segment are the same to the model. It has no energy.',
    );
  }
  const reach = reachInWords(stepOverWithin);
  return energy === null
    ? paragraph(reason ?? t('It has no energy.'), reach)
    : paragraph(directionInWords(energy), reach, measuredCurves(selected.mean));
}

function reachInWords(stepOverWithin: number | null): string {
  if (stepOverWithin === null) return '';
  const ratio = formatRatio(stepOverWithin);
  return stepOverWithin < smallStep
    ? t('One step is {0} of the mean distance of two images of one person: the model hardly sees it.', ratio)
    : t('One step is {0} of the mean distance of two images of one person.', ratio);
}

function directionInWords(energy: number): string {
  if (energy < 0.1) return t('Neighbours move in nearly the same direction.');
  if (energy < 0.9) return t('Neighbours share a part of their direction.');
  return energy <= 1.1
    ? t('Neighbours have hardly a common direction.')
    : t('Neighbours move against each other.');
}

function measuredCurves({ nCurves, nStill, nIsolated }: MicroscaleRow): string {
  const [curves, still, alone] = [curvesInWords(nCurves), formatCount(nStill), formatCount(nIsolated)];
  if (nStill > 0 && nIsolated > 0) {
    return t('{0}, {1} that do not move and {2} without a neighbour left out.', curves, still, alone);
  }
  if (nStill > 0) return t('{0}, {1} that do not move left out.', curves, still);
  if (nIsolated > 0) return t('{0}, {1} without a neighbour left out.', curves, alone);
  return `${curves}.`;
}

/** Of the within-identity distance; shorter steps are lost among the images of one person. */
const smallStep = 0.1;

/** How many of the pairs of attributes differ beyond chance. */
export function testsInWords({ tests, selected }: MeasuredView): string {
  if (!selected || tests.length === 0) return '';
  return t(
    'Mann-Whitney over identities, p adjusted over all pairs of attributes: the energy differs from that of {0} of {1}. «Larger»: share of pairs of identities in which this attribute has the larger energy. It does not show that the other attribute was moved as far.',
    formatCount(tests.filter(({ pAdjusted }) => pAdjusted < 0.05).length),
    formatCount(tests.length),
  );
}

/** How the shown model was measured, for who wants to do it again. */
export function measuredInWords({ result }: MeasuredView): string {
  const { metric, precision, bootstraps, seed } = result;
  const neighbours = ruleInWords(result.neighbours);
  const n = formatCount(bootstraps);
  return paragraph(
    metric === 'cosine'
      ? t('Neighbours by cosine distance of base points: {0}.', neighbours)
      : t('Neighbours by euclidean distance of base points: {0}.', neighbours),
    precision === 'double'
      ? t(
          'Intervals of 95 % from {0} bootstraps of identities, each identity counting once; double precision, seed {1}.',
          n,
          seed,
        )
      : t(
          'Intervals of 95 % from {0} bootstraps of identities, each identity counting once; single precision, seed {1}.',
          n,
          seed,
        ),
  );
}
