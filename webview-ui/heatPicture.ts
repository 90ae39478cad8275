import type { FieldAlignment } from '../src/protocol/microscaleSchema.ts';
import type { AssociationView } from './associationState.ts';
import { formatPhi, mapInWords } from './associationWording.ts';
import { type HeatCell, heatCell, heatCells, scaleCells } from './charts/heatCells.ts';
import { alignmentInWords } from './fieldWording.ts';
import type { Theme } from './theme.ts';
import type { Phrase } from './wording.ts';

/** A map of cells, the same attributes down and across. Pure. */
export interface HeatPicture {
  readonly names: readonly string[];
  readonly inWords: Phrase;
  readonly cells: (theme: Theme) => readonly (readonly HeatCell[])[];
  /** From the lower end to the upper one; those with a label are named. */
  readonly scale: (theme: Theme) => readonly (HeatCell & { readonly label: string | null })[];
}

const scaleSteps = 4;

export function associationPicture(view: AssociationView): HeatPicture {
  const { map } = view;
  return {
    names: map.attributes,
    inWords: mapInWords(view),
    cells: (theme) => heatCells(map, theme),
    scale: (theme) =>
      scaleCells(map.end, scaleSteps, theme).map(({ value, ...cell }, i) => ({
        ...cell,
        label: i % scaleSteps === 0 ? formatPhi(value) : null,
      })),
  };
}

export function alignmentPicture(alignment: FieldAlignment): HeatPicture {
  const { attributes, values } = alignment;
  return {
    names: attributes,
    inWords: alignmentInWords(alignment),
    cells: (theme) =>
      attributes.map((_, i) =>
        attributes.map((__, j) => {
          const value = values[i]?.[j] ?? null;
          if (i === j && value !== null) return { colour: theme.noise, alpha: 1, mark: 'none' };
          return alignmentCell(value, theme);
        }),
      ),
    scale: (theme) =>
      scaleValues.map((value) => ({
        ...alignmentCell(value, theme),
        label: Number.isInteger(value) ? String(value) : null,
      })),
  };
}

const scaleValues = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** Blue where both move it the same way, orange where one undoes the other, nothing where they are unrelated. */
function alignmentCell(value: number | null, theme: Theme): HeatCell {
  return heatCell(value === null ? null : 1 - value, 1, theme);
}
