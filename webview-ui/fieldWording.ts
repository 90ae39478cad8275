import type { FieldAlignment, FieldDrawing, Retention } from '../src/protocol/microscaleSchema.ts';
import type { Cell } from './associationState.ts';
import { alignedPairs, farthestSteps } from './fieldState.ts';
import { formatCount, formatFixed, formatShare } from './format.ts';
import { phrase, t } from './l10n.ts';
import type { DrawingsView } from './microscaleDrawingState.ts';
import { spaced } from './phrases.ts';
import type { Phrase } from './wording.ts';

/** Energies and alignments: intervals over some ten identities are some hundredths wide. */
export function formatEnergy(energy: number | null): string {
  return formatFixed(energy, 2);
}

/** One sentence of what the matrix shows, with its most telling pairs; also its `aria-label`. */
export function alignmentInWords(alignment: FieldAlignment): Phrase {
  const known = alignedPairs(alignment).filter(({ value }) => value !== null);
  const [alike, opposite] = [known[0], known.at(-1)];
  const named = ({ a, b, value }: (typeof known)[number]) =>
    phrase('{0} and {1} ({2})', { name: a }, { name: b }, { number: formatEnergy(value) });
  return spaced([
    [
      t(
        'Each cell is two attributes: whether they move the embedding of the same image the same way, from 0 (the same way) over 1 (unrelated) to 2 (opposite ways).',
      ),
    ],
    alike && alike.value! < 1 ? phrase('Most alike: {0}.', named(alike)) : [],
    opposite && opposite.value! > 1 ? phrase('Most opposite: {0}.', named(opposite)) : [],
  ]);
}

export function alignmentCaveat(): string {
  return t(
    'Attributes that move an embedding the same way are the same to the model. The sign is that of the direction in which each of them was moved: with its ends exchanged, 0.6 becomes 1.4.',
  );
}

/** «brightness and contrast: 0.42, 480 curves» */
export function alignmentCellInWords(
  { attributes, values, nCurves }: FieldAlignment,
  { row, column }: Cell,
): Phrase {
  const [a, b] = [{ name: attributes[row]! }, { name: attributes[column]! }];
  const value = values[row]?.[column] ?? null;
  if (value === null) {
    return row === column
      ? phrase('{0}: does not move the embedding', a)
      : phrase('{0} and {1}: no number, since no image is moved by both', a, b);
  }
  const curves = curvesInWords(nCurves[row]?.[column] ?? 0);
  if (row === column) return phrase('{0} and itself, {1}', a, curves);
  return phrase('{0} and {1}: {2}, {3}', a, b, { number: formatEnergy(value) }, curves);
}

export function curvesInWords(n: number): string {
  return n === 1 ? t('1 curve') : t('{0} curves', formatCount(n));
}

function segmentsInWords(n: number): string {
  return n === 1 ? t('1 segment') : t('{0} segments', formatCount(n));
}

/** Distances of a matrix, with as many decimals as the largest needs for three digits. */
export function distanceDecimals({ distances }: Retention): number {
  const largest = Math.max(0, ...distances.flat().filter(Number.isFinite));
  return largest > 0 ? Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(largest)))) : 2;
}

/** What the distances say of a person along the segment. */
export function retentionInWords(retention: Retention): Phrase {
  const { attribute, nCurves, distances, steps } = retention;
  const ends = farthestSteps(retention);
  const far = ends ? distances[ends.row]![ends.column]! : 0;
  const segments = segmentsInWords(nCurves);
  const name = { name: attribute };
  if (!ends || far === 0) return phrase('Along {0} of {1} the embedding stays where it is.', segments, name);
  return spaced([
    phrase(
      'How far a step lies from another, as a mean over {0} of {1}: at most {2}, from {3} to {4}.',
      segments,
      name,
      { number: formatFixed(far, distanceDecimals(retention)) },
      steps[ends.row]!,
      steps[ends.column]!,
    ),
    beyondInWords(retention, ends),
  ]);
}

function beyondInWords(retention: Retention, ends: Cell): Phrase {
  const { threshold, beyond } = retention;
  if (threshold === null) {
    return [t('The distance at which the model takes two images for two people is not known here.')];
  }
  const limit = { number: formatFixed(threshold, Math.max(3, distanceDecimals(retention))) };
  const share = beyond?.[ends.row]?.[ends.column] ?? null;
  if (share === null) return phrase('The model takes two images for two people beyond {0}.', limit);
  return share === 0
    ? phrase(
        'No segment ends beyond the distance at which the model takes two images for two people, {0}.',
        limit,
      )
    : phrase(
        '{0} of segments end beyond the distance at which the model takes two images for two people, {1}.',
        { number: shareInWords(share) },
        limit,
      );
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
  return spaced([
    phrase(
      'Each drawing is one attribute: {0} base points, images of {1}, and the direction in which the attribute moves each of them. From the attribute whose arrows run most alike to the least.',
      formatCount(nMost),
      { name: identity },
    ),
    [
      low === high
        ? t('The plane holds {0} of the variance of these images; a short arrow points out of it.', low)
        : t(
            'The plane holds {0} to {1} of the variance of these images; a short arrow points out of it.',
            low,
            high,
          ),
    ],
  ]);
}

/** As a screen reader hears a drawing. */
export function drawingInWords({ attribute, energy, arrows }: FieldDrawing): Phrase {
  const [name, n] = [{ name: attribute }, formatCount(arrows.length)];
  return energy === null
    ? phrase('Field of {0}: {1} arrows, energy unknown', name, n)
    : phrase('Field of {0}: {1} arrows, energy {2}', name, n, formatEnergy(energy));
}
