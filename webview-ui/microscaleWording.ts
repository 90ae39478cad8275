import { latticeAxes } from '../src/domain/latticeAttribute.ts';
import type { LatticeInput, MicroscaleRow } from '../src/protocol/microscaleSchema.ts';
import { decimalsFor, decimalsOfInterval, formatCount, formatFixed } from './format.ts';
import { rangeText } from './inference.ts';
import type { AttributeLine, EnergyPart, MeasuredView } from './microscaleState.ts';
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
  const [kind, value] = rule.split(':');
  switch (kind) {
    case 'knn':
      return value === '1' ? 'the nearest neighbour' : `${value} nearest neighbours`;
    case 'ball':
      return `a ball of ${value} of the mean distance`;
    case 'inverse':
      return 'all points by inverse distance';
    case undefined:
    default:
      return 'all pairs';
  }
}

/** Which stencils the fields are made of. */
export function latticeInWords(lattice: LatticeInput | null): string {
  switch (lattice?.kind) {
    case 'augmented':
      return (
        (lattice.attributes.length === 1
          ? 'One attribute of the images themselves is'
          : `${formatCount(lattice.attributes.length)} attributes of the images themselves are`) +
        ' moved, at ' +
        `${formatCount(lattice.pointsPerIdentity)} lattice points of each identity, from ${formatCount(lattice.nImages)} images.`
      );
    case 'table':
      return (
        `${formatCount(lattice.nCurves)} curves of a table` +
        (lattice.nIncomplete > 0
          ? `; ${formatCount(lattice.nIncomplete)} more were left out, because a step is missing.`
          : '.')
      );
    case 'stencils':
      return 'Stencils of ready embeddings: start, base and end.';
    case undefined:
      return '';
  }
}

/** «step 20 grey levels: added to every channel»; empty where the report does not know it. */
export function stepOfAttribute(attribute: string, lattice: LatticeInput | null): string {
  const found =
    lattice?.kind === 'augmented' ? lattice.attributes.find(({ name }) => name === attribute) : undefined;
  if (!found) return '';
  const { unit, step, name } = found;
  const space = unit === '°' || unit.startsWith('%') ? '' : '\u202F';
  const number = Number.isInteger(step) ? formatCount(step) : String(step);
  return `Step ${number}${space}${unit}: ${latticeAxes[name].description}.`;
}

/** Which attributes the model follows most and least, in the words of the numbers. */
export function energiesInWords({ ranking, result }: MeasuredView): Phrase {
  const known = ranking.filter(({ mean }) => mean.energy !== null);
  const still = ranking.filter(({ mean }) => !mean.moves);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return ['No attribute has an energy: none of the fields could be measured.'];
  const among = `, among ${ruleInWords(result.neighbours)}`;
  const extremes: Phrase =
    first === last
      ? [{ name: first.attribute }, ' has the energy ', { number: formatEnergy(first.mean) }, among, '.']
      : [
          'Most aligned: ',
          { name: first.attribute },
          ' (energy ',
          { number: formatEnergy(first.mean) },
          '); least: ',
          { name: last.attribute },
          ' (',
          { number: formatEnergy(last.mean) },
          `)${among}.`,
        ];
  return [...extremes, ...stillInWords(still)];
}

function stillInWords(still: readonly AttributeLine[]): Phrase {
  if (still.length === 0) return [];
  const names = still.flatMap(({ attribute }, i): Phrase => [
    i === 0 ? ' ' : i === still.length - 1 ? ' and ' : ', ',
    { name: attribute },
  ]);
  return [
    ...names,
    `${still.length === 1 ? ' does' : ' do'} not move the embedding at all: the model does not see it, or the images do not change by it, as grey ones by hue.`,
  ];
}

/** One sentence of what the chart shows; also its `aria-label`. */
export function energyChartInWords({ byModel, ranking }: MeasuredView): string {
  const parts = ranking.flatMap((line) => line.parts);
  const boxes = parts.some(({ box }) => box !== null)
    ? ', the box its quartiles, the line across it the median, whiskers within 1.5 box lengths'
    : ' (too few of them for a box)';
  return (
    `One line for each attribute${byModel ? ' and model' : ''}. Left, its energy: 0 aligned, 1 no common direction; ` +
    `each small dot is one identity${boxes}; the large dot is the mean with its 95 % interval. ` +
    'Right, how far a step moves the embedding.'
  );
}

export const energyChartCaveat =
  'An energy near 1 does not by itself say that the model is invariant: with a step length near 0 the model hardly sees the ' +
  'attribute; with a long one it moves every image somewhere else. Both depend on the step size.';

/** «does not move», or why there is no energy. */
export function withoutEnergy({ moves, reason }: MicroscaleRow): string {
  if (!moves) return 'does not move';
  return reason === null ? 'no energy' : lowerFirst(reason).replace(/\.$/, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What a screen reader says of a line. */
export function energyLineInWords(line: AttributeLine, view: MeasuredView): string {
  const parts = line.parts.map((part) =>
    view.byModel ? `\u2068${part.label}\u2069 ${partInWords(part, view)}` : partInWords(part, view),
  );
  return `\u2068${line.attribute}\u2069: ${parts.join('; ')}`;
}

function partInWords({ mean }: EnergyPart, view: MeasuredView): string {
  const { within, between } = ratiosInWords(mean);
  const ratios = [within, between].filter((text) => text !== '').join(', ');
  const step = `step length ${formatStep(mean.stepLength, view)}${ratios === '' ? '' : ` (${ratios})`}`;
  if (mean.energy === null) return mean.moves ? `${withoutEnergy(mean)}, ${step}` : withoutEnergy(mean);
  const interval = mean.ci ? `, interval ${formatEnergyInterval(mean)}` : '';
  return `energy ${formatEnergy(mean)}${interval}, ${step}`;
}

function ratiosInWords({ stepOverWithin, stepOverBetween }: MicroscaleRow) {
  return {
    within:
      stepOverWithin === null ? '' : `${formatRatio(stepOverWithin)} of the distance of one person’s images`,
    between:
      stepOverBetween === null ? '' : `${formatRatio(stepOverBetween)} of the distance of two people’s`,
  };
}

/** What the chosen attribute's two numbers say together. */
export function selectedInWords({ selected }: MeasuredView): string {
  if (!selected) return '';
  const { energy, moves, stepOverWithin, reason, nIsolated, nStill, nCurves } = selected.mean;
  if (!moves)
    return 'It does not move the embedding: start and end of every segment are the same to the model. It has no energy.';
  const reach =
    stepOverWithin === null
      ? ''
      : ` One step is ${formatRatio(stepOverWithin)} of the mean distance of two images of one person` +
        (stepOverWithin < smallStep ? ': the model hardly sees it.' : '.');
  if (energy === null) return `${reason ?? 'It has no energy.'}${reach}`;
  const direction =
    energy < 0.1
      ? 'Neighbours move in nearly the same direction.'
      : energy < 0.9
        ? 'Neighbours share a part of their direction.'
        : energy <= 1.1
          ? 'Neighbours have hardly a common direction.'
          : 'Neighbours move against each other.';
  const left = [
    ...(nStill > 0 ? [`${formatCount(nStill)} that do not move`] : []),
    ...(nIsolated > 0 ? [`${formatCount(nIsolated)} without a neighbour`] : []),
  ];
  return (
    `${direction}${reach} ${formatCount(nCurves)} curves` +
    (left.length > 0 ? `, ${left.join(' and ')} left out.` : '.')
  );
}

/** Of the within-identity distance; shorter steps are lost among the images of one person. */
const smallStep = 0.1;

/** How many of the pairs of attributes differ beyond chance. */
export function testsInWords({ tests, selected }: MeasuredView): string {
  if (!selected || tests.length === 0) return '';
  const sure = tests.filter(({ pAdjusted }) => pAdjusted < 0.05).length;
  return (
    `Mann-Whitney over identities, p adjusted over all pairs of attributes: the energy differs from that of ` +
    `${formatCount(sure)} of ${formatCount(tests.length)}. «Larger»: share of pairs of identities in which ` +
    'this attribute has the larger energy. It does not show that the other attribute was moved as far.'
  );
}

/** How the shown model was measured, for who wants to do it again. */
export function measuredInWords({ result }: MeasuredView): string {
  const { metric, neighbours, precision, bootstraps, seed } = result;
  return (
    `Neighbours by ${metric} distance of base points: ${ruleInWords(neighbours)}. Intervals of 95 % from ` +
    `${formatCount(bootstraps)} bootstraps of identities, each identity counting once; ${precision} precision, seed ${seed}.`
  );
}
