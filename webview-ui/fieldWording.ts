import type { FieldAlignment, FieldDrawing, Retention } from '../src/protocol/microscaleSchema.ts';
import type { Cell } from './associationState.ts';
import { alignedPairs, farthestSteps } from './fieldState.ts';
import { formatCount, formatFixed, formatShare } from './format.ts';
import type { DrawingsView } from './microscaleDrawingState.ts';
import type { Part, Phrase } from './wording.ts';

/** Energies and alignments: intervals over some ten identities are some hundredths wide. */
export function formatEnergy(energy: number | null): string {
  return formatFixed(energy, 2);
}

/** One sentence of what the matrix shows, with its most telling pairs; also its `aria-label`. */
export function alignmentInWords(alignment: FieldAlignment): Phrase {
  const known = alignedPairs(alignment).filter(({ value }) => value !== null);
  const [alike, opposite] = [known[0], known.at(-1)];
  const named = (text: string, { a, b, value }: (typeof known)[number]): Part[] => [
    text,
    { name: a },
    ' and ',
    { name: b },
    ' (',
    { number: formatEnergy(value) },
    ').',
  ];
  return [
    'Each cell is two attributes: whether they move the embedding of the same image the same way, from 0 (the same way) over 1 (unrelated) to 2 (opposite ways).',
    ...(alike && alike.value! < 1 ? named(' Most alike: ', alike) : []),
    ...(opposite && opposite.value! > 1 ? named(' Most opposite: ', opposite) : []),
  ];
}

export const alignmentCaveat =
  'Attributes that move an embedding the same way are the same to the model. The sign is that of the direction in which each of them was moved: with its ends exchanged, 0.6 becomes 1.4.';

/** «brightness and contrast: 0.42, 480 curves» */
export function alignmentCellInWords(
  { attributes, values, nCurves }: FieldAlignment,
  { row, column }: Cell,
): Phrase {
  const [a, b] = [{ name: attributes[row]! }, { name: attributes[column]! }];
  const value = values[row]?.[column] ?? null;
  if (value === null) {
    return row === column
      ? [a, ': does not move the embedding']
      : [a, ' and ', b, ': no number, since no image is moved by both'];
  }
  const n = nCurves[row]?.[column] ?? 0;
  const curves = `, ${formatCount(n)} ${n === 1 ? 'curve' : 'curves'}`;
  if (row === column) return [a, ` and itself${curves}`];
  return [a, ' and ', b, ': ', { number: formatEnergy(value) }, curves];
}

/** Distances of a matrix, with as many decimals as the largest needs for three digits. */
export function distanceDecimals({ distances }: Retention): number {
  const largest = Math.max(0, ...distances.flat().filter(Number.isFinite));
  return largest > 0 ? Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(largest)))) : 2;
}

/** What the distances say of a person along the segment. */
export function retentionInWords(retention: Retention): Phrase {
  const { attribute, nCurves, beyond, threshold, distances, steps } = retention;
  const decimals = distanceDecimals(retention);
  const ends = farthestSteps(retention);
  const far = ends ? distances[ends.row]![ends.column]! : 0;
  const segments = `${formatCount(nCurves)} ${nCurves === 1 ? 'segment' : 'segments'}`;
  if (!ends || far === 0)
    return ['Along ', segments, ' of ', { name: attribute }, ' the embedding stays where it is.'];
  const start: Part[] = [
    'How far a step lies from another, as a mean over ',
    `${segments} of `,
    { name: attribute },
    ': at most ',
    { number: formatFixed(far, decimals) },
    `, from ${steps[ends.row]!} to ${steps[ends.column]!}.`,
  ];
  if (threshold === null) {
    return [...start, ' The distance at which the model takes two images for two people is not known here.'];
  }
  const limit: Part[] = [{ number: formatFixed(threshold, Math.max(3, decimals)) }];
  const share = beyond?.[ends.row]?.[ends.column] ?? null;
  if (share === null) {
    return [...start, ' The model takes two images for two people beyond ', ...limit, '.'];
  }
  return [
    ...start,
    ' ',
    { number: share === 0 ? 'No' : shareInWords(share) },
    share === 0 ? ' segment ends' : ' of segments end',
    ' beyond the distance at which the model takes two images for two people, ',
    ...limit,
    '.',
  ];
}

/** Under each number where it is not nothing. */
export function shareInWords(share: number): string {
  return share > 0 && share < 0.001 ? `< ${formatShare(0.001)}` : formatShare(share);
}

/** What a reader is told of all drawings together; all lie in about the same plane. */
export function drawingsInWords({ identity, drawings }: DrawingsView): Phrase {
  const explained = drawings.map((one) => one.explained).sort((a, b) => a - b);
  const [low, high] = [formatShare(explained[0] ?? 0), formatShare(explained.at(-1) ?? 0)];
  const nMost = Math.max(0, ...drawings.map(({ arrows }) => arrows.length));
  return [
    'Each drawing is one attribute: ',
    `${formatCount(nMost)} base points, images of `,
    { name: identity },
    ', and the direction in which the attribute moves each of them. From the attribute whose arrows run most alike to the least. ',
    `The plane holds ${low === high ? low : `${low} to ${high}`} of the variance of these images; a short arrow points out of it.`,
  ];
}

/** As a screen reader hears a drawing. */
export function drawingInWords({ attribute, energy, arrows }: FieldDrawing): Phrase {
  return [
    'Field of ',
    { name: attribute },
    `: ${formatCount(arrows.length)} arrows, energy ${energy === null ? 'unknown' : formatEnergy(energy)}`,
  ];
}
