import type { Axis } from './charts/axis.ts';
import type { Phrase } from './wording.ts';

/** Attributes as circles between two numbers: what the scatter draws, whatever is on its axes. Pure. */
export interface ScatterView {
  /** The results that the numbers are from, and which of their numbers: the same in both is the same picture. */
  readonly sources: readonly object[];
  readonly variant: string;
  /** In the order in which keys go through them; the first have the first choice of room for their names. */
  readonly points: readonly ScatterPoint[];
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly xTitle: Phrase;
  readonly yTitle: Phrase;
  /** A modality, or neither. */
  readonly colour: 'plain' | 'positive' | 'negative';
  /** Whether both axes are of one kind, so that it says something to be on the diagonal. */
  readonly diagonal: boolean;
  /** What areas stand for; `null`: all are alike. */
  readonly sizeName: string | null;
  readonly selected: string | null;
  /** What keys go through, and in which order. */
  readonly listName: string;
  readonly inWords: Phrase;
}

export interface ScatterPoint {
  readonly attribute: string;
  readonly x: number;
  readonly y: number;
  /** Its area's; `null` where it is not known, or no area stands for anything. */
  readonly size: number | null;
  readonly inWords: Phrase;
}

export function isSamePicture(a: ScatterView, b: ScatterView): boolean {
  return (
    a.variant === b.variant &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, index) => source === b.sources[index])
  );
}
